package dev.migrator.core.impact;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.plan.PlanCodec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** {@link Surroundings} as canonical bytes, and back. */
public final class SurroundingsCodec {
    private static final long FORMAT = 1;

    private SurroundingsCodec() {}

    public static byte[] bytes(Surroundings around) {
        return CanonicalJson.bytes(toValue(around));
    }

    public static Value.Obj toValue(Surroundings around) {
        var entries = new ArrayList<Value>();
        around.impact()
                .forEach((key, impact) ->
                        entries.add(Value.object("key", PlanCodec.key(key), "impact", ImpactJson.toValue(impact))));
        return Value.object(
                "format", Value.of(FORMAT),
                "plan", Value.of(around.plan().toString()),
                "readAt", Value.of(around.readAt().toString()),
                "tookMillis", Value.of(around.took().toMillis()),
                "targets", Value.of(around.targets()),
                "unchanged", around.unchanged().<Value>map(Value::of).orElse(Value.NULL),
                "notManaged", notManaged(around),
                "entries", Value.array(entries),
                "notAsked", Value.of(around.notAsked()));
    }

    public static Value.Obj notManaged(Surroundings around) {
        var targets = new TreeMap<String, Value>();
        around.notManaged().forEach((target, byKind) -> {
            var kinds = new TreeMap<String, Value>();
            byKind.forEach((kind, count) -> kinds.put(kind, Value.of(count)));
            targets.put(target, Value.object(kinds));
        });
        return Value.object(targets);
    }

    /** @throws ProblemException with code {@code PLN-SURROUNDINGS} if the value is not of this format */
    public static Surroundings fromValue(Value value) {
        try {
            var around = (Value.Obj) value;
            if (!around.get("format").equals(Value.of(FORMAT))) {
                throw new IllegalArgumentException("format " + CanonicalJson.text(around.get("format")));
            }
            return read(around);
        } catch (ClassCastException | IllegalArgumentException | ArithmeticException | java.time.DateTimeException e) {
            throw new ProblemException(
                    Problem.of("PLN-SURROUNDINGS", "what was seen around the plan cannot be read")
                            .expected("format " + FORMAT)
                            .found(String.valueOf(e.getMessage()))
                            .todo("plan again; the plan itself is not concerned"),
                    e);
        }
    }

    public static Surroundings read(byte[] bytes) {
        return fromValue(CanonicalJson.parse(bytes));
    }

    private static Surroundings read(Value.Obj around) {
        var impact = new TreeMap<EntryKey, Impact>();
        ((Value.Arr) around.get("entries")).items().forEach(item -> {
            var entry = (Value.Obj) item;
            impact.put(PlanCodec.keyOf(entry.get("key")), ImpactJson.fromValue(entry.get("impact")));
        });
        return new Surroundings(
                Digest.parse(((Value.Text) around.get("plan")).value()),
                Instant.parse(((Value.Text) around.get("readAt")).value()),
                Duration.ofMillis(number(around, "tookMillis")),
                (int) number(around, "targets"),
                around.get("unchanged").isNull() ? Optional.empty() : Optional.of((int) number(around, "unchanged")),
                notManaged((Value.Obj) around.get("notManaged")),
                impact,
                (int) number(around, "notAsked"));
    }

    private static SortedMap<String, SortedMap<String, Long>> notManaged(Value.Obj targets) {
        var counts = new TreeMap<String, SortedMap<String, Long>>();
        targets.fields().forEach((target, kinds) -> {
            var byKind = new TreeMap<String, Long>();
            ((Value.Obj) kinds).fields().keySet().forEach(kind -> byKind.put(kind, number((Value.Obj) kinds, kind)));
            counts.put(target, byKind);
        });
        return counts;
    }

    private static long number(Value.Obj holder, String name) {
        return ((Value.Num) holder.get(name)).value().longValueExact();
    }
}
