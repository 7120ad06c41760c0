package dev.migrator.manifests.yaml;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Writes values as YAML that people like to read and that {@link YamlReader} reads back to the same value. */
public final class YamlText {
    /** Decides in which order the fields of an object are written; {@code path} is where the object stands. */
    public interface FieldOrder {
        List<Map.Entry<String, Value>> of(List<String> path, Value.Obj object);
    }

    private static final Pattern WORD = Pattern.compile("[A-Za-z][A-Za-z0-9_]*");
    private static final int LONGEST_FLOW = 80;

    private final FieldOrder order;
    private final StringBuilder out = new StringBuilder();

    public YamlText(FieldOrder order) {
        this.order = order;
    }

    /** The value as one document, ending with a line break. */
    public String document(Value value) {
        out.setLength(0);
        block(value, 0, List.of());
        return out.toString();
    }

    private void block(Value value, int indent, List<String> path) {
        switch (value) {
            case Value.Obj object
            when !object.fields().isEmpty() -> {
                for (Map.Entry<String, Value> field : order.of(path, object)) {
                    out.repeat(' ', indent)
                            .append(YamlScalars.inline(field.getKey(), false))
                            .append(':');
                    after(field.getValue(), indent + 2, with(path, field.getKey()));
                }
            }
            case Value.Arr(var items)
            when !items.isEmpty() -> {
                for (Value item : items) {
                    item(item, indent, path);
                }
            }
            default -> out.append(scalar(value, indent)).append('\n');
        }
    }

    /** What follows {@code key:}, on the same line or below. */
    private void after(Value value, int indent, List<String> path) {
        switch (value) {
            case Value.Obj object
            when !object.fields().isEmpty() -> {
                out.append('\n');
                block(value, indent, path);
            }
            case Value.Arr(var items)
            when !items.isEmpty() && !fitsFlow(items) -> {
                out.append('\n');
                block(value, indent, path);
            }
            default -> out.append(' ').append(scalar(value, indent)).append('\n');
        }
    }

    private void item(Value item, int indent, List<String> path) {
        out.repeat(' ', indent).append("- ");
        int start = out.length();
        block(item, indent + 2, path);
        // the first field of a mapping stands beside its dash
        int spaces = 0;
        while (spaces < indent + 2 && isCollection(item) && out.charAt(start + spaces) == ' ') {
            spaces++;
        }
        out.delete(start, start + spaces);
    }

    private static boolean isCollection(Value value) {
        return value instanceof Value.Obj object && !object.fields().isEmpty()
                || value instanceof Value.Arr(var items) && !items.isEmpty();
    }

    private static boolean fitsFlow(List<Value> items) {
        int length = 0;
        for (Value item : items) {
            if (!(item instanceof Value.Text(var text)) || !WORD.matcher(text).matches()) {
                return false;
            }
            length += text.length() + 2;
        }
        return length <= LONGEST_FLOW;
    }

    private static String scalar(Value value, int indent) {
        return switch (value) {
            case Value.Text(var text)
            when YamlScalars.isLiteral(text) -> YamlScalars.literal(text, Math.max(indent, 2));
            case Value.Text(var text) -> YamlScalars.inline(text, false);
            case Value.Arr(var items) ->
                "["
                        + String.join(
                                ", ",
                                items.stream()
                                        .map(item -> YamlScalars.inline(((Value.Text) item).value(), true))
                                        .toList())
                        + "]";
            default -> CanonicalJson.text(value);
        };
    }

    private static List<String> with(List<String> path, String name) {
        var longer = new ArrayList<>(path);
        longer.add(name);
        return longer;
    }
}
