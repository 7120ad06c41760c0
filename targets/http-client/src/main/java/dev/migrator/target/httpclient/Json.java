package dev.migrator.target.httpclient;

import dev.migrator.core.canonical.Value;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads fields of answers, whatever they hold. */
public final class Json {
    private Json() {}

    public static Optional<String> text(Value.Obj object, String field) {
        return object.get(field) instanceof Value.Text(var text) ? Optional.of(text) : Optional.empty();
    }

    /** A whole number that fits; empty for anything else. */
    public static Optional<Long> number(Value.Obj object, String field) {
        try {
            return object.get(field) instanceof Value.Num(var number)
                    ? Optional.of(number.longValueExact())
                    : Optional.empty();
        } catch (ArithmeticException e) {
            return Optional.empty();
        }
    }

    public static boolean isTrue(Value.Obj object, String field) {
        return object.get(field) instanceof Value.Bool(var yes) && yes;
    }

    /** Names and texts; what is no text comes out as an empty one. */
    public static Map<String, String> texts(Value.Obj object, String field) {
        var texts = new TreeMap<String, String>();
        if (object.get(field) instanceof Value.Obj(var fields)) {
            fields.forEach((name, value) -> texts.put(name, value instanceof Value.Text(var text) ? text : ""));
        }
        return texts;
    }

    public static Value.Obj texts(Map<String, String> texts) {
        var fields = new TreeMap<String, Value>();
        texts.forEach((name, text) -> fields.put(name, Value.of(text)));
        return new Value.Obj(fields);
    }
}
