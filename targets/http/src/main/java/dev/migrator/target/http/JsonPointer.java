package dev.migrator.target.http;

import dev.migrator.core.canonical.Value;
import java.util.Optional;

/** A place within a JSON value (RFC 6901). */
final class JsonPointer {
    private JsonPointer() {}

    /** @param pointer empty, or beginning with a slash. @return empty if there is no such place */
    static Optional<Value> at(Value value, String pointer) {
        var found = Optional.of(value);
        var names = pointer.split("/", -1);
        for (int i = 1; i < names.length; i++) {
            var name = names[i].replace("~1", "/").replace("~0", "~");
            found = found.flatMap(inner -> step(inner, name));
        }
        return found;
    }

    private static Optional<Value> step(Value value, String name) {
        return switch (value) {
            case Value.Obj(var fields) -> Optional.ofNullable(fields.get(name));
            case Value.Arr(var items)
            when name.matches("0|[1-9][0-9]{0,8}") && Integer.parseInt(name) < items.size() ->
                Optional.of(items.get(Integer.parseInt(name)));
            default -> Optional.empty();
        };
    }
}
