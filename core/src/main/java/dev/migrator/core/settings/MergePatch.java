package dev.migrator.core.settings;

import dev.migrator.core.canonical.Value;
import java.util.TreeMap;

/** JSON Merge Patch (RFC 7396): an object changes the fields that it names, null removes one, all else replaces. */
final class MergePatch {
    private MergePatch() {}

    static Value.Obj apply(Value.Obj target, Value.Obj patch) {
        var fields = new TreeMap<>(target.fields());
        patch.fields().forEach((name, change) -> {
            switch (change) {
                case Value.Nil _ -> fields.remove(name);
                case Value.Obj inner ->
                    fields.put(
                            name, apply(fields.get(name) instanceof Value.Obj there ? there : Value.object(), inner));
                default -> fields.put(name, change);
            }
        });
        return Value.object(fields);
    }

    /** The object with one field as given. */
    static Value.Obj with(Value.Obj object, String name, Value value) {
        var fields = new TreeMap<>(object.fields());
        fields.put(name, value);
        return Value.object(fields);
    }
}
