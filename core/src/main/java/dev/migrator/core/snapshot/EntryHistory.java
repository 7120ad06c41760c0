package dev.migrator.core.snapshot;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What one entry was in snapshots that are handed in oldest first: tells where it changed. A chunk that snapshots share is
 * opened once. For one thread.
 */
public final class EntryHistory {
    private final EntryKey key;
    /** Small: of an entry's chunks only the answer is kept. */
    private final Map<Digest, Optional<EntryState>> seen = new HashMap<>();

    private Optional<EntryState> newest = Optional.empty();

    public EntryHistory(EntryKey key) {
        this.key = key;
    }

    /**
     * @return the entry's state in this snapshot if it is another than in the one before that speaks of it; empty if it is the
     *     same, or if this one does not speak of it
     * @throws dev.migrator.core.error.ProblemException {@code SNP-CHUNK-…} if the chunk that it lies in is broken
     */
    public Optional<EntryState> next(SnapshotReader snapshot) {
        var state = line(snapshot)
                .or(() ->
                        snapshot.manifest().covers().isWhole(key) ? Optional.of(EntryState.ABSENT) : Optional.empty());
        if (state.isEmpty() || state.equals(newest)) {
            return Optional.empty();
        }
        newest = state;
        return state;
    }

    /** What a snapshot says of the entry by a line of its own. Exceptions as {@link #next}. */
    public Optional<EntryState> line(SnapshotReader snapshot) {
        return snapshot.chunkOf(key)
                .flatMap(chunk -> seen.computeIfAbsent(
                        chunk.digest(),
                        _ -> snapshot.open(chunk).stream()
                                .filter(entry -> entry.key().equals(key))
                                .map(SnapshotEntry::state)
                                .findFirst()));
    }
}
