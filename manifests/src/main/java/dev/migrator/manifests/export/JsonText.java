package dev.migrator.manifests.export;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import java.util.Iterator;

/** JSON for people: two spaces, one field or item in a line, ending with a line break. */
final class JsonText {
    private JsonText() {}

    static String indented(Value value) {
        var out = new StringBuilder();
        write(value, 0, out);
        return out.append('\n').toString();
    }

    private static void write(Value value, int indent, StringBuilder out) {
        switch (value) {
            case Value.Obj(var fields)
            when !fields.isEmpty() -> {
                out.append("{\n");
                for (var field = fields.entrySet().iterator(); field.hasNext(); ) {
                    var next = field.next();
                    out.repeat(' ', indent + 2)
                            .append(CanonicalJson.text(Value.of(next.getKey())))
                            .append(": ");
                    write(next.getValue(), indent + 2, out);
                    lineEnd(field, out);
                }
                out.repeat(' ', indent).append('}');
            }
            case Value.Arr(var items)
            when !items.isEmpty() -> {
                out.append("[\n");
                for (var item = items.iterator(); item.hasNext(); ) {
                    var next = item.next();
                    out.repeat(' ', indent + 2);
                    write(next, indent + 2, out);
                    lineEnd(item, out);
                }
                out.repeat(' ', indent).append(']');
            }
            default -> out.append(CanonicalJson.text(value));
        }
    }

    private static void lineEnd(Iterator<?> rest, StringBuilder out) {
        out.append(rest.hasNext() ? ",\n" : "\n");
    }
}
