package dev.migrator.core.settings;

import dev.migrator.core.canonical.Value;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;

/** What a variable may hold. */
public enum VariableType {
    INTEGER("a whole number"),
    NUMBER("a number"),
    BOOLEAN("true or false"),
    STRING("text");

    private final String like;

    VariableType(String like) {
        this.like = like;
    }

    /** For people. */
    String like() {
        return like;
    }

    static VariableType of(String written) {
        return valueOf(written.toUpperCase(Locale.ROOT));
    }

    static SortedSet<String> names() {
        return new TreeSet<>(Arrays.stream(values())
                .map(type -> type.name().toLowerCase(Locale.ROOT))
                .toList());
    }

    boolean holds(Value value) {
        return switch (this) {
            case INTEGER -> value instanceof Value.Num(BigDecimal number) && number.scale() <= 0;
            case NUMBER -> value instanceof Value.Num;
            case BOOLEAN -> value instanceof Value.Bool;
            case STRING -> value instanceof Value.Text;
        };
    }
}
