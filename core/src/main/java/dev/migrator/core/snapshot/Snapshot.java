package dev.migrator.core.snapshot;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an environment held under every key that a plan writes or depends on, before anything was written.
 *
 * @param planDigest the plan it was taken for
 * @param entries every key asked for, absent ones too: "was not there" is what an undo restores
 */
public record Snapshot(String environment, Digest planDigest, SortedMap<EntryKey, EntryState> entries) {
    public Snapshot {
        entries = Collections.unmodifiableSortedMap(new TreeMap<>(entries));
    }

    public static Snapshot of(String environment, Digest planDigest, Map<EntryKey, EntryState> entries) {
        return new Snapshot(environment, planDigest, new TreeMap<>(entries));
    }
}
