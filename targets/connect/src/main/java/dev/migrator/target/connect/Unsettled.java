package dev.migrator.target.connect;

import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Acknowledged calls that reads do not show yet. Each worker reads the topic with configurations at its own pace, and a
 * balancer may ask another one each time, so a call counts as shown once several reads in a row show it. Bounded: of more
 * than {@link #MOST} connectors the oldest are forgotten, since every worker shows writes in their order. Thread-safe.
 */
final class Unsettled {
    static final int MOST = 5_000;

    /** Reads in a row that have to show a call. */
    static final int IN_A_ROW = 3;

    /**
     * Not shown for that long, the connector has been changed again by somebody else, and waiting on would block every
     * undoing.
     */
    static final Duration LONGEST_LAG = Duration.ofSeconds(15);

    /** @param fields that it is to have; empty for one that is to be out of use */
    private record Expected(Optional<Content> fields, long acknowledgedNanos, int shown) {
        boolean shownBy(EntryState state) {
            return fields.map(wanted ->
                            state.contentIfPresent().filter(wanted::holdsIn).isPresent())
                    .orElseGet(() -> !state.exists());
        }
    }

    private final Map<EntryKey, Expected> calls = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<EntryKey, Expected> eldest) {
            return size() > MOST;
        }
    };

    /** The connector is in use and has these fields, those of earlier calls as well. @param nanos now */
    synchronized void has(EntryKey key, Content fields, long nanos) {
        var before = calls.remove(key); // so that it counts as the newest
        var all = new TreeMap<>(fields.fields());
        if (before != null && before.fields().isPresent()) {
            before.fields().get().fields().forEach(all::putIfAbsent);
        }
        calls.put(key, new Expected(Optional.of(Content.of(all)), nanos, 0));
    }

    /** The connector is out of use, or gone. @param nanos now, by {@link System#nanoTime} */
    synchronized void isOutOfUse(EntryKey key, long nanos) {
        calls.remove(key);
        calls.put(key, new Expected(Optional.empty(), nanos, 0));
    }

    synchronized List<EntryKey> keys() {
        return new ArrayList<>(calls.keySet());
    }

    /** Takes note of what reads answer now. */
    synchronized void read(Map<EntryKey, EntryState> states, long nanos) {
        states.forEach((key, state) -> {
            var expected = calls.get(key);
            if (expected == null) {
                return;
            }
            int shown = expected.shownBy(state) ? expected.shown() + 1 : 0;
            if (shown >= IN_A_ROW || nanos - expected.acknowledgedNanos() > LONGEST_LAG.toNanos()) {
                calls.remove(key);
            } else {
                calls.put(key, new Expected(expected.fields(), expected.acknowledgedNanos(), shown));
            }
        });
    }
}
