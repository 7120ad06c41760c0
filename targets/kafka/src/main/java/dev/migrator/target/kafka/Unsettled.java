package dev.migrator.target.kafka;

import dev.migrator.core.model.EntryKey;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * What reads may not show yet: everything until the first settle (a former writer may have crashed), and what was
 * written since the last. Thread-safe.
 */
final class Unsettled {
    private static final int MOST_KEYS = 100_000;

    private final Map<EntryKey, Long> written = new HashMap<>();
    private long writes;
    private long proven = -1;
    private boolean lostCount;

    /** To be called before the write is sent: it may take effect without an answer. */
    synchronized void wrote(Collection<EntryKey> keys) {
        writes++;
        keys.forEach(key -> written.put(key, writes));
        if (written.size() > MOST_KEYS) {
            written.clear();
            lostCount = true;
        }
    }

    /** Whether a read can miss anything. */
    synchronized boolean any() {
        return proven < writes;
    }

    /** Whether a read of one of these can miss a write made here. */
    synchronized boolean holdsAnyOf(Collection<EntryKey> keys) {
        return lostCount || keys.stream().anyMatch(written::containsKey);
    }

    /** To be given to {@link #settled} once the proof is there. */
    synchronized long mark() {
        return writes;
    }

    /** Writes up to that mark are shown everywhere. */
    synchronized void settled(long mark) {
        proven = Math.max(proven, mark);
        written.values().removeIf(write -> write <= mark);
        lostCount = lostCount && mark < writes;
    }
}
