package dev.migrator.core.snapshot;

import dev.migrator.core.canonical.Digest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which snapshots may go, and which chunks. One that is kept by any rule is kept. Snapshots of migrations and others are
 * counted apart, so that many small migrations push no snapshot of a whole environment out.
 *
 * @param atLeast younger ones are kept; more than zero
 * @param newest so many of each environment are kept, whatever their age, from 0
 * @param undoWindow the snapshot of a migration is kept for so long after it was taken, whatever is known of the migration
 */
public record Retention(Duration atLeast, int newest, Duration undoWindow) {
    public Retention {
        if (!atLeast.isPositive() || newest < 0 || undoWindow.isNegative()) {
            throw new IllegalArgumentException(
                    "snapshots are kept for more than no time, found " + atLeast + ", " + newest + ", " + undoWindow);
        }
    }

    /**
     * A snapshot that is there.
     *
     * @param migration whom it was taken for, if it was one
     */
    public record Held(String environment, String id, Instant takenAt, Optional<String> migration) {}

    /** A chunk that is there, and when it was written by the store's clock. */
    public record HeldChunk(Digest digest, Instant writtenAt) {}

    private record Line(String environment, boolean ofMigration) {}

    /**
     * @param needed ids of migrations that have not ended, or whose undo window is open
     * @return those that no rule keeps, oldest first
     */
    public List<Held> removable(Collection<Held> all, Set<String> needed, Instant now) {
        var newestFirst = new ArrayList<>(all);
        newestFirst.sort(
                Comparator.comparing(Held::takenAt).thenComparing(Held::id).reversed());
        var kept = new HashMap<Line, Integer>();
        var removable = new ArrayList<Held>();
        for (var held : newestFirst) {
            int place = kept.merge(new Line(held.environment(), held.migration().isPresent()), 1, Integer::sum);
            if (place > newest
                    && isOld(held, now)
                    && held.migration().filter(needed::contains).isEmpty()) {
                removable.add(held);
            }
        }
        return removable.reversed();
    }

    private boolean isOld(Held held, Instant now) {
        var keptFor = held.migration().isPresent() && undoWindow.compareTo(atLeast) > 0 ? undoWindow : atLeast;
        return held.takenAt().plus(keptFor).isBefore(now);
    }

    /**
     * @param named digests that the manifests name which remain
     * @param safeAge longer than any snapshot takes: younger chunks may belong to one that has no manifest yet
     * @return digests of chunks that nobody names, ascending
     */
    public static Set<Digest> removableChunks(
            Collection<HeldChunk> all, Set<Digest> named, Duration safeAge, Instant now) {
        var removable = new TreeSet<Digest>();
        for (var chunk : all) {
            if (!named.contains(chunk.digest())
                    && chunk.writtenAt().plus(safeAge).isBefore(now)) {
                removable.add(chunk.digest());
            }
        }
        return removable;
    }
}
