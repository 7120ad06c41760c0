package dev.migrator.policy;

import dev.cel.common.values.NullValue;
import dev.migrator.core.canonical.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The core's values as expressions see them: whole numbers as int, others as double. */
final class CelValues {
    private CelValues() {}

    static Object of(Value value) {
        return switch (value) {
            case Value.Nil _ -> NullValue.NULL_VALUE;
            case Value.Bool(var truth) -> truth;
            case Value.Num(var number) -> of(number);
            case Value.Text(var text) -> text;
            case Value.Arr(var items) -> {
                var list = new ArrayList<>(items.size());
                items.forEach(item -> list.add(of(item)));
                yield list;
            }
            case Value.Obj(var fields) -> of(fields);
        };
    }

    static Map<String, Object> of(Map<String, Value> fields) {
        var map = new TreeMap<String, Object>();
        fields.forEach((name, value) -> map.put(name, of(value)));
        return map;
    }

    private static Object of(BigDecimal number) {
        try {
            return number.longValueExact();
        } catch (ArithmeticException e) {
            return number.doubleValue();
        }
    }

    /** What an expression came to, for people. */
    static String text(Object value) {
        return switch (value) {
            case String text -> text;
            case List<?> items ->
                String.join(", ", items.stream().map(CelValues::text).toList());
            default -> String.valueOf(value);
        };
    }
}
