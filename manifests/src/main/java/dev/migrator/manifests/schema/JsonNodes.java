package dev.migrator.manifests.schema;

import dev.migrator.core.canonical.Value;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The core's values as the tree that the JSON Schema validator reads. */
final class JsonNodes {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private JsonNodes() {}

    static JsonNode of(Value value) {
        return switch (value) {
            case Value.Nil _ -> NODES.nullNode();
            case Value.Bool(var b) -> NODES.booleanNode(b);
            case Value.Num(var number) ->
                number.scale() <= 0 ? NODES.numberNode(number.toBigInteger()) : NODES.numberNode(number);
            case Value.Text(var text) -> NODES.stringNode(text);
            case Value.Arr(var items) -> {
                var array = NODES.arrayNode(items.size());
                items.forEach(item -> array.add(of(item)));
                yield array;
            }
            case Value.Obj(var fields) -> {
                var object = NODES.objectNode();
                fields.forEach((name, field) -> object.set(name, of(field)));
                yield object;
            }
        };
    }
}
