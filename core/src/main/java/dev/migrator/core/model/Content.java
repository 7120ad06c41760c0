package dev.migrator.core.model;

import dev.migrator.core.canonical.SortedFields;
import dev.migrator.core.canonical.Value;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Field values of an entry by field path, e.g. {@code config.retention.ms}. {@link Value#NULL} means "not set": for a
 * topic config, inherited from the broker. A field that is missing here is not spoken of at all.
 *
 * <p>A field whose name begins with {@value #SECRET} is write-only: its value is a reference to a secret, which the
 * executor alone follows, and no target ever shows what it holds there. Nothing is concluded from its absence.
 */
public record Content(SortedMap<String, Value> fields) {
    /** Beginning of the name of a write-only field. */
    public static final String SECRET = "secret.";

    public static final Content EMPTY = new Content(new TreeMap<>());

    public Content {
        fields = SortedFields.copyOf(fields);
    }

    public static Content of(Map<String, Value> fields) {
        return new Content(SortedFields.copyOf(fields));
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

    public static boolean isSecret(String field) {
        return field.startsWith(SECRET);
    }

    /** Only the fields that targets show. */
    public Content readable() {
        var kept = new TreeMap<>(fields);
        kept.keySet().removeIf(Content::isSecret);
        return kept.size() == fields.size() ? this : new Content(kept);
    }

    /** Only the write-only fields. */
    public Content secrets() {
        var kept = new TreeMap<>(fields);
        kept.keySet().removeIf(field -> !isSecret(field));
        return kept.size() == fields.size() ? this : new Content(kept);
    }

    /** With the other's fields as well; where both speak of one, the other's counts. */
    public Content and(Content other) {
        var all = new TreeMap<>(fields);
        all.putAll(other.fields);
        return new Content(all);
    }

    /** Whether {@code actual} holds every readable field that this speaks of with the same value. */
    public boolean holdsIn(Content actual) {
        return fields.entrySet().stream()
                .filter(field -> !isSecret(field.getKey()))
                .allMatch(field -> actual.get(field.getKey()).equals(field.getValue()));
    }

    public Value toValue() {
        return new Value.Obj(fields);
    }
}
