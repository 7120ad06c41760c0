package dev.migrator.target.connect;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.kinds.ConnectorKind;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.target.httpclient.Settling;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Acknowledged calls that reads do not show yet. Each worker reads the topic with configurations at its own pace, and a
 * balancer may ask another one each time, so a call counts as shown once several reads in a row show it. Bounded: of more
 * than {@link #MOST} connectors the oldest are forgotten, since every worker shows writes in their order. Thread-safe.
 */
final class Unsettled implements Settling.Pending {
    static final int MOST = 5_000;

    /** Reads in a row that have to show a call. */
    static final int IN_A_ROW = 3;

    /**
     * Shown neither as it was before nor as it was written, that long after the call: somebody else has changed the connector again,
     * and waiting on would block every undoing.
     */
    static final Duration CHANGED_AGAIN = Duration.ofSeconds(3);

    /** The same for one that is shown as it was before: somebody else has put it back. */
    static final Duration LONGEST_LAG = Duration.ofSeconds(15);

    /**
     * @param fields that it is to have; empty for one that is to be out of use
     * @param gone whether it is to be there no more, not even out of use
     * @param before what it was before the first of the calls
     * @param shown reads in a row that showed them
     */
    private record Expected(Optional<Content> fields, boolean gone, Digest before, long acknowledgedNanos, int shown) {
        boolean shownBy(EntryState state) {
            return fields.map(wanted ->
                            state.contentIfPresent().filter(wanted::holdsIn).isPresent())
                    .orElseGet(() -> gone ? state instanceof EntryState.Absent : !state.exists());
        }

        boolean isOver(EntryState state, long nanos) {
            var longest = before.equals(mark(state)) || isOnTheWay(state) ? LONGEST_LAG : CHANGED_AGAIN;
            return shown >= IN_A_ROW || nanos - acknowledgedNanos > longest.toNanos();
        }

        /** No worker says yet whether it runs. */
        private static boolean isOnTheWay(EntryState state) {
            return state.contentIfPresent()
                    .filter(content -> content.get(ConnectorKind.RUN).isNull())
                    .isPresent();
        }

        Expected shown(int times) {
            return new Expected(fields, gone, before, acknowledgedNanos, times);
        }
    }

    private final Map<EntryKey, Expected> calls = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<EntryKey, Expected> eldest) {
            return size() > MOST;
        }
    };

    /**
     * The connector is in use and has these fields, those of earlier calls as well.
     *
     * @param before what it was read as before the first of them
     * @param nanos now, by {@link System#nanoTime}
     */
    synchronized void has(EntryKey key, Content fields, EntryState before, long nanos) {
        var earlier = Optional.ofNullable(calls.remove(key)) // so that it counts as the newest
                .flatMap(Expected::fields)
                .orElse(Content.EMPTY);
        calls.put(key, new Expected(Optional.of(earlier.and(fields)), false, mark(before), nanos, 0));
    }

    /** The connector is out of use, or gone. Parameters as above. */
    synchronized void isOutOfUse(EntryKey key, EntryState before, long nanos) {
        calls.remove(key);
        calls.put(key, new Expected(Optional.empty(), false, mark(before), nanos, 0));
    }

    /** The connector is gone. Parameters as above. */
    synchronized void isGone(EntryKey key, EntryState before, long nanos) {
        calls.remove(key);
        calls.put(key, new Expected(Optional.empty(), true, mark(before), nanos, 0));
    }

    @Override
    public synchronized List<EntryKey> keys() {
        return new ArrayList<>(calls.keySet());
    }

    @Override
    public synchronized void read(Map<EntryKey, EntryState> states, long nanos) {
        states.forEach((key, state) -> {
            var expected = calls.get(key);
            if (expected == null) {
                return;
            }
            var now = expected.shown(expected.shownBy(state) ? expected.shown() + 1 : 0);
            if (now.isOver(state, nanos)) {
                calls.remove(key);
            } else {
                calls.put(key, now);
            }
        });
    }

    private static Digest mark(EntryState state) {
        return Digest.of(
                switch (state) {
                    case EntryState.Absent _ -> Value.of("absent");
                    case EntryState.Present(var content, var _) -> Value.object("in use", content.toValue());
                    case EntryState.Retired(var content, var _) -> Value.object("retired", content.toValue());
                });
    }
}
