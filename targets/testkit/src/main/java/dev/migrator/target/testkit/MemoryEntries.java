package dev.migrator.target.testkit;

import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The truth, and what reads show of it. A write hides behind the old state until it was read often enough. */
final class MemoryEntries {
    private final SortedMap<EntryKey, EntryState> truth = new TreeMap<>();
    private final Map<EntryKey, Hidden> hidden = new HashMap<>();
    private final Set<EntryKey> withData = new HashSet<>();
    private StaleReads staleness = StaleReads.NONE;

    /** @param shown the state from before the writes not yet seen */
    private record Hidden(EntryState shown, int readsLeft) {}

    void staleness(StaleReads aStaleness) {
        this.staleness = aStaleness;
    }

    EntryState truth(EntryKey key) {
        return truth.getOrDefault(key, EntryState.ABSENT);
    }

    SortedMap<EntryKey, EntryState> truth() {
        return new TreeMap<>(truth);
    }

    void put(EntryKey key, EntryState next) {
        if (staleness.reads() > 0) {
            var shown = hidden.containsKey(key) ? hidden.get(key).shown() : truth(key);
            hidden.put(key, new Hidden(shown, staleness.reads()));
        }
        if (next instanceof EntryState.Absent) {
            truth.remove(key);
            withData.remove(key);
        } else {
            truth.put(key, next);
        }
    }

    Map<EntryKey, EntryState> read(Set<EntryKey> keys) {
        var states = new TreeMap<EntryKey, EntryState>();
        for (var key : keys) {
            var lag = hidden.get(key);
            states.put(key, lag == null ? truth(key) : lag.shown());
            if (lag != null && lag.readsLeft() > 1) {
                hidden.put(key, new Hidden(lag.shown(), lag.readsLeft() - 1));
            } else {
                hidden.remove(key);
            }
        }
        return states;
    }

    SortedMap<EntryKey, EntryState> visible() {
        var visible = truth();
        hidden.forEach((key, lag) -> {
            if (lag.shown() instanceof EntryState.Absent) {
                visible.remove(key);
            } else {
                visible.put(key, lag.shown());
            }
        });
        return visible;
    }

    void settle() {
        hidden.clear();
    }

    void putData(EntryKey key) {
        if (truth(key) instanceof EntryState.Absent) {
            throw new IllegalArgumentException("nothing there to hold data: " + key);
        }
        withData.add(key);
    }

    boolean holdsData(EntryKey key) {
        return withData.contains(key);
    }
}
