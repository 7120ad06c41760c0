package dev.migrator.manifests.schema;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which fields a schema knows at the place where it refused one. */
final class KnownFields {
    private final Map<String, Value> schemas = new HashMap<>();

    KnownFields(Map<String, String> texts) {
        texts.forEach((iri, text) -> schemas.put(iri, CanonicalJson.parse(text)));
    }

    /**
     * @param iri of the schema document
     * @param pointer of the keyword {@code additionalProperties} in it
     * @return the names under {@code properties} beside it, ascending
     */
    List<String> beside(String iri, String pointer) {
        var at = schemas.getOrDefault(iri, Value.NULL);
        var steps = pointer.split("/", -1);
        for (int i = 1; i < steps.length - 1; i++) {
            at = step(at, steps[i].replace("~1", "/").replace("~0", "~"));
        }
        return at instanceof Value.Obj object && object.get("properties") instanceof Value.Obj properties
                ? List.copyOf(properties.fields().keySet())
                : List.of();
    }

    private static Value step(Value at, String name) {
        return switch (at) {
            case Value.Obj object -> object.get(name);
            case Value.Arr(var items)
            when name.matches("[0-9]{1,6}") && Integer.parseInt(name) < items.size() ->
                items.get(Integer.parseInt(name));
            default -> Value.NULL;
        };
    }
}
