package dev.migrator.core.model;

import dev.migrator.core.canonical.Value;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Field values of an entry by field path, e.g. {@code config.retention.ms}. {@link Value#NULL} means "not set": for a
 * topic config, inherited from the broker. A field that is missing here is not spoken of at all.
 */
public record Content(SortedMap<String, Value> fields) {
    public static final Content EMPTY = new Content(new TreeMap<>());

    public Content {
        fields = Collections.unmodifiableSortedMap(new TreeMap<>(fields));
    }

    public static Content of(Map<String, Value> fields) {
        return new Content(new TreeMap<>(fields));
    }

    public static Content of(String field, Value value) {
        return of(Map.of(field, value));
    }

    /** The field's value, {@link Value#NULL} when it is not set or not spoken of. */
    public Value get(String field) {
        return fields.getOrDefault(field, Value.NULL);
    }

    /** Only the named fields; one that is missing here comes out as "not set". */
    public Content only(Iterable<String> names) {
        var kept = new TreeMap<String, Value>();
        for (String name : names) {
            kept.put(name, get(name));
        }
        return new Content(kept);
    }

    /** Whether {@code actual} holds every field that this speaks of with the same value. */
    public boolean holdsIn(Content actual) {
        return fields.entrySet().stream()
                .allMatch(field -> actual.get(field.getKey()).equals(field.getValue()));
    }

    public Value toValue() {
        return new Value.Obj(fields);
    }
}
