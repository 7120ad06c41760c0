package dev.migrator.deploy;

import dev.migrator.core.canonical.Value;
import dev.migrator.manifests.yaml.YamlDocument;
import dev.migrator.manifests.yaml.YamlReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reading YAML trees in checks: what is not there is empty. */
final class Tree {
    private Tree() {}

    /** @throws IllegalArgumentException if the text is not YAML, or a key stands twice */
    static List<Value.Obj> documents(String yaml) {
        var content = YamlReader.standard().read(yaml.getBytes(StandardCharsets.UTF_8), "yaml");
        if (!content.findings().isEmpty()) {
            throw new IllegalArgumentException(content.findings().toString());
        }
        return content.documents().stream()
                .map(YamlDocument::value)
                .map(Value.Obj.class::cast)
                .toList();
    }

    static Value.Obj object(Value parent, String name) {
        return parent instanceof Value.Obj object && object.get(name) instanceof Value.Obj child
                ? child
                : Value.object();
    }

    static List<Value> items(Value parent, String name) {
        return parent instanceof Value.Obj object && object.get(name) instanceof Value.Arr(var items)
                ? items
                : List.of();
    }

    static Optional<String> text(Value parent, String name) {
        return parent instanceof Value.Obj object && object.get(name) instanceof Value.Text(var text)
                ? Optional.of(text)
                : Optional.empty();
    }

    static List<String> texts(Value parent, String name) {
        return items(parent, name).stream()
                .filter(Value.Text.class::isInstance)
                .map(item -> ((Value.Text) item).value())
                .toList();
    }

    /** With {@code <<} resolved: fields of the object itself come before those that are merged in. */
    static Value merged(Value value) {
        return switch (value) {
            case Value.Obj(var fields) -> {
                var all = new TreeMap<String, Value>();
                if (fields.get("<<") instanceof Value.Obj base) {
                    all.putAll(((Value.Obj) merged(base)).fields());
                }
                for (Map.Entry<String, Value> field : fields.entrySet()) {
                    if (!field.getKey().equals("<<")) {
                        all.put(field.getKey(), merged(field.getValue()));
                    }
                }
                yield Value.object(all);
            }
            case Value.Arr(var items) ->
                Value.array(items.stream().map(Tree::merged).toList());
            default -> value;
        };
    }
}
