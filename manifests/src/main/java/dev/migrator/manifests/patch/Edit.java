package dev.migrator.manifests.patch;

import dev.migrator.core.canonical.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** One change of a document. */
sealed interface Edit {
    /**
     * The field has that value afterwards, whether it was there before or not; mappings around it are made.
     *
     * @param pointer JSON pointer of a field, without items of lists
     * @param value a text, a number, true or false
     */
    record Set(String pointer, Value value) implements Edit {}

    /** The field is not there afterwards, and a mapping that held nothing else is not there either. */
    record Remove(String pointer) implements Edit {}

    /** What the document says afterwards: the judge of every change of its text. */
    default Value.Obj of(Value.Obj document) {
        return switch (this) {
            case Set(var pointer, var value) -> set(document, names(pointer), value);
            case Remove(var pointer) -> remove(document, names(pointer));
        };
    }

    private static Value.Obj set(Value.Obj object, List<String> names, Value value) {
        var fields = new TreeMap<>(object.fields());
        var name = names.getFirst();
        var below = names.subList(1, names.size());
        fields.put(
                name,
                below.isEmpty()
                        ? value
                        : set(fields.get(name) instanceof Value.Obj inner ? inner : Value.object(), below, value));
        return Value.object(fields);
    }

    private static Value.Obj remove(Value.Obj object, List<String> names) {
        var fields = new TreeMap<>(object.fields());
        var name = names.getFirst();
        var below = names.subList(1, names.size());
        if (below.isEmpty()) {
            fields.remove(name);
        } else if (fields.get(name) instanceof Value.Obj inner) {
            var rest = remove(inner, below);
            if (rest.fields().isEmpty() && !inner.fields().isEmpty()) {
                fields.remove(name);
            } else {
                fields.put(name, rest);
            }
        }
        return Value.object(fields);
    }

    /** @throws IllegalArgumentException if the pointer names nothing inside */
    static List<String> names(String pointer) {
        if (!pointer.startsWith("/")) {
            throw new IllegalArgumentException(pointer);
        }
        var names = new ArrayList<String>();
        for (var step : pointer.substring(1).split("/", -1)) {
            names.add(step.replace("~1", "/").replace("~0", "~"));
        }
        return names;
    }
}
