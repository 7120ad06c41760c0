package dev.migrator.core.kinds;

import dev.migrator.core.canonical.Value;
import java.math.BigDecimal;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.regex.Pattern;

/**
 * A real name or a setting in a resource that can be another one in another environment.
 *
 * @param field which of {@link #ADDRESS} and the others here it is
 * @param kind whose name it is: the topic that an ACL speaks of is a name of kind {@code Topic}
 * @param pointer where it stands in the manifest, or would stand
 * @param value what it is before any mapping, as text
 * @param write gives a spec with another value in its place
 */
public record Mappable(
        String field, String kind, String pointer, String value, BiFunction<Value.Obj, String, Value.Obj> write) {
    public static final String ADDRESS = "address";
    public static final String PRINCIPAL = "principal";
    public static final String HOST = "host";
    public static final String SECRET = "secret";

    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,18}");

    /** A field of the spec that holds this value as text. */
    static Mappable text(String field, String kind, String name, String value) {
        return new Mappable(
                field, kind, Notes.under("/spec", name), value, (spec, to) -> with(spec, name, Value.of(to)));
    }

    /** A field of the spec that holds a number; what is none stays text, and the kind's shape refuses it. */
    static Mappable number(String field, String kind, String name, Value value) {
        return new Mappable(
                field,
                kind,
                Notes.under("/spec", name),
                Specs.shown(value),
                (spec, to) -> with(
                        spec, name, NUMBER.matcher(to).matches() ? new Value.Num(new BigDecimal(to)) : Value.of(to)));
    }

    static Value.Obj with(Value.Obj object, String name, Value value) {
        var fields = new TreeMap<>(object.fields());
        fields.put(name, value);
        return Value.object(fields);
    }
}
