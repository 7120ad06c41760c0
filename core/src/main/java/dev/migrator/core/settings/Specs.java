package dev.migrator.core.settings;

import dev.migrator.core.canonical.Value;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** Reading a document whose shape was checked. */
final class Specs {
    private Specs() {}

    static Optional<String> text(Value.Obj object, String name) {
        return object.get(name) instanceof Value.Text(var text) ? Optional.of(text) : Optional.empty();
    }

    static Optional<Integer> whole(Value.Obj object, String name) {
        return object.get(name) instanceof Value.Num(BigDecimal number)
                ? Optional.of(number.intValueExact())
                : Optional.empty();
    }

    static List<Value> items(Value.Obj object, String name) {
        return object.get(name) instanceof Value.Arr(var items) ? items : List.of();
    }

    static Value.Obj object(Value.Obj object, String name) {
        return object.get(name) instanceof Value.Obj inner ? inner : Value.object();
    }
}
