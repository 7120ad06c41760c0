package dev.migrator.core.lifecycle;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.lifecycle.EnvironmentState.Drilled;
import dev.migrator.core.lifecycle.EnvironmentState.Hold;
import dev.migrator.core.lifecycle.EnvironmentState.Member;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * {@link EnvironmentState} as canonical JSON bytes, and back: whole, or in parts. A whole one can outgrow a record of a
 * state store (1 MiB), a part cannot: {@code order}, {@code drilled}, {@code member/ID} and {@code hold/ID}.
 */
public final class EnvironmentStateCodec {
    private static final long FORMAT = 1;
    private static final String ORDER = "order";
    private static final String DRILLED = "drilled";
    private static final String MEMBER = "member/";
    private static final String HOLD = "hold/";

    /** What is in no member and no hold. */
    private record Order(long nextArrival, SortedSet<MigrationId> early, Optional<MigrationId> rehearsing) {}

    private EnvironmentStateCodec() {}

    public static byte[] bytes(EnvironmentState state) {
        return write("environment", state, EnvironmentState.class);
    }

    /** @throws ProblemException with code {@code STA-FORMAT} if the bytes are not a state of this format */
    public static EnvironmentState read(byte[] bytes) {
        return FactsCodec.read(bytes, FORMAT, "environment", EnvironmentState.class);
    }

    /** All parts by name, ascending. */
    public static SortedMap<String, byte[]> parts(EnvironmentState state) {
        var parts = new TreeMap<String, byte[]>();
        changes(EnvironmentState.empty(state.name()), state).forEach((name, bytes) -> parts.put(name, bytes.get()));
        return parts;
    }

    /** The parts to store (or, when empty, to delete) so that what is stored is {@code after} instead of {@code before}. */
    public static SortedMap<String, Optional<byte[]>> changes(EnvironmentState before, EnvironmentState after) {
        var changes = new TreeMap<String, Optional<byte[]>>();
        if (before.nextArrival() != after.nextArrival()
                || !before.early().equals(after.early())
                || !before.rehearsing().equals(after.rehearsing())) {
            // an environment that only a misspelt name ever pointed to leaves nothing behind
            var nothing = after.nextArrival() == 1 && after.early().isEmpty();
            changes.put(ORDER, nothing ? Optional.empty() : Optional.of(order(after)));
        }
        if (!before.drilled().equals(after.drilled())) {
            changes.put(DRILLED, after.drilled().map(last -> write("part", last, Drilled.class)));
        }
        changes(MEMBER, before.members(), after.members(), Member.class, changes);
        changes(HOLD, before.holds(), after.holds(), Hold.class, changes);
        return changes;
    }

    private static <T> void changes(
            String prefix,
            SortedMap<MigrationId, T> before,
            SortedMap<MigrationId, T> after,
            Class<T> type,
            SortedMap<String, Optional<byte[]>> changes) {
        before.keySet().stream()
                .filter(id -> !after.containsKey(id))
                .forEach(id -> changes.put(prefix + id, Optional.empty()));
        after.forEach((id, part) -> {
            if (!part.equals(before.get(id))) {
                changes.put(prefix + id, Optional.of(write("part", part, type)));
            }
        });
    }

    /**
     * @param parts as stored; none at all is an empty environment
     * @throws ProblemException with code {@code STA-FORMAT} if one cannot be read
     */
    public static EnvironmentState ofParts(String environment, Map<String, byte[]> parts) {
        var order = parts.containsKey(ORDER)
                ? FactsCodec.read(parts.get(ORDER), FORMAT, "part", Order.class)
                : new Order(1, Collections.emptySortedSet(), Optional.empty());
        return new EnvironmentState(
                environment,
                order.nextArrival(),
                ofParts(MEMBER, parts, Member.class),
                ofParts(HOLD, parts, Hold.class),
                order.early(),
                order.rehearsing(),
                Optional.ofNullable(parts.get(DRILLED))
                        .map(bytes -> FactsCodec.read(bytes, FORMAT, "part", Drilled.class)));
    }

    private static <T> SortedMap<MigrationId, T> ofParts(String prefix, Map<String, byte[]> parts, Class<T> type) {
        var found = new TreeMap<MigrationId, T>();
        parts.forEach((name, bytes) -> {
            if (name.startsWith(prefix)) {
                found.put(
                        new MigrationId(name.substring(prefix.length())), FactsCodec.read(bytes, FORMAT, "part", type));
            }
        });
        return found;
    }

    private static byte[] order(EnvironmentState state) {
        return write("part", new Order(state.nextArrival(), state.early(), state.rehearsing()), Order.class);
    }

    private static byte[] write(String name, Object part, Class<?> type) {
        return CanonicalJson.bytes(Value.object("format", Value.of(FORMAT), name, RecordCodec.write(part, type)));
    }
}
