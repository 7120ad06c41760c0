package dev.migrator.core.canonical;

import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/** A JSON value with one canonical form: objects are sorted by key, numbers carry no superfluous digits. Immutable. */
public sealed interface Value {
    Value NULL = new Nil();

    record Nil() implements Value {}

    record Bool(boolean value) implements Value {}

    /**
     * Numbers compare by value: {@code 1.0} and {@code 1} are the same. Only those with at most 64 characters in plain
     * form, so that a written number is never larger than its reader allows.
     */
    record Num(BigDecimal value) implements Value {
        static final int MAX_LENGTH = 64;

        /** @throws ProblemException with code {@code JSN-LIMIT} for a number that is longer */
        public Num {
            Objects.requireNonNull(value);
            value = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
            if (plainLength(value) > MAX_LENGTH) {
                throw new ProblemException(Problem.of("JSN-LIMIT", "a number goes past a limit")
                        .expected("at most " + MAX_LENGTH + " characters without an exponent")
                        .found("a number of " + plainLength(value) + " characters"));
            }
        }

        /** Without writing it, as an absurd exponent stands for more digits than there is memory. */
        private static long plainLength(BigDecimal value) {
            long scale = value.scale();
            long digits = value.precision();
            long unsigned = scale <= 0 ? digits - scale : digits > scale ? digits + 1 : scale + 2;
            return value.signum() < 0 ? unsigned + 1 : unsigned;
        }
    }

    record Text(String value) implements Value {
        public Text {
            Objects.requireNonNull(value);
        }
    }

    record Arr(List<Value> items) implements Value {
        public Arr {
            items = List.copyOf(items);
        }
    }

    record Obj(SortedMap<String, Value> fields) implements Value {
        public Obj {
            fields = SortedFields.copyOf(fields);
        }

        /** The value of a field, {@link Value#NULL} when it is not there. */
        public Value get(String name) {
            return fields.getOrDefault(name, NULL);
        }
    }

    static Value of(String text) {
        return text == null ? NULL : new Text(text);
    }

    static Value of(long number) {
        return new Num(BigDecimal.valueOf(number));
    }

    static Value of(boolean value) {
        return new Bool(value);
    }

    static Arr array(List<? extends Value> items) {
        return new Arr(List.copyOf(items));
    }

    static Obj object(Map<String, ? extends Value> fields) {
        return new Obj(SortedFields.copyOf(fields));
    }

    /** Pairs of name and value, e.g. {@code object("kind", Value.of("topic"), "partitions", Value.of(3))}. */
    static Obj object(Object... namesAndValues) {
        var fields = new TreeMap<String, Value>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.put((String) namesAndValues[i], (Value) namesAndValues[i + 1]);
        }
        return new Obj(fields);
    }

    default boolean isNull() {
        return this instanceof Nil;
    }
}
