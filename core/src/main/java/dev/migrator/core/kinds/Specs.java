package dev.migrator.core.kinds;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** Reading the spec of a resource whose shape was checked. */
final class Specs {
    private Specs() {}

    static Optional<String> text(Value.Obj object, String name) {
        return object.get(name) instanceof Value.Text(var text) ? Optional.of(text) : Optional.empty();
    }

    static List<Value> items(Value.Obj object, String name) {
        return object.get(name) instanceof Value.Arr(var items) ? items : List.of();
    }

    static Value.Obj object(Value.Obj object, String name) {
        return object.get(name) instanceof Value.Obj inner ? inner : Value.object();
    }

    /** A setting as targets hold it: text, or null for "inherited". */
    static Value setting(Value value) {
        return switch (value) {
            case Value.Num(BigDecimal number) -> Value.of(number.toPlainString());
            case Value.Bool(var bool) -> Value.of(String.valueOf(bool));
            default -> value;
        };
    }

    /** For people: text without quotes, null as {@code (not set)}. */
    static String shown(Value value) {
        return switch (value) {
            case Value.Text(var text) -> text;
            case Value.Nil _ -> "(not set)";
            default -> CanonicalJson.text(value);
        };
    }
}
