package dev.migrator.core.snapshot;

import dev.migrator.core.model.EntryState;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What two snapshots hold differently. Chunks that both name are the same and are not opened: each key is in one chunk of a
 * snapshot at most, so what differs is in the others. Holds one chunk of each.
 */
public final class SnapshotDiff {
    private final SnapshotReader before;
    private final SnapshotReader after;

    private SnapshotDiff(SnapshotReader before, SnapshotReader after) {
        this.before = before;
        this.after = after;
    }

    /**
     * @param each takes every difference, ascending by key
     * @throws dev.migrator.core.error.ProblemException {@code SNP-CHUNK-…} at the first broken chunk that had to be opened
     */
    public static void between(SnapshotReader before, SnapshotReader after, Consumer<EntryDifference> each) {
        new SnapshotDiff(before, after).run(each);
    }

    private void run(Consumer<EntryDifference> each) {
        var left = new Entries(before, after);
        var right = new Entries(after, before);
        while (left.hasNext() || right.hasNext()) {
            int order = !left.hasNext()
                    ? 1
                    : !right.hasNext()
                            ? -1
                            : left.peek().key().compareTo(right.peek().key());
            var was = order <= 0 ? Optional.of(left.next()) : Optional.<SnapshotEntry>empty();
            var is = order >= 0 ? Optional.of(right.next()) : Optional.<SnapshotEntry>empty();
            var key = was.or(() -> is).orElseThrow().key();
            var difference = new EntryDifference(key, state(before, was, key), state(after, is, key));
            if (!difference.before().equals(difference.after())) {
                each.accept(difference);
            }
        }
    }

    /** A whole listing without the entry says that it was absent. */
    private static Optional<EntryState> state(
            SnapshotReader of, Optional<SnapshotEntry> line, dev.migrator.core.model.EntryKey key) {
        return line.map(SnapshotEntry::state)
                .or(() -> of.manifest().covers().isWhole(key) ? Optional.of(EntryState.ABSENT) : Optional.empty());
    }

    /** The entries of the chunks that the other snapshot does not name. */
    private static final class Entries implements Iterator<SnapshotEntry> {
        private final SnapshotReader reader;
        private final Deque<ChunkRef> chunks = new ArrayDeque<>();
        private List<SnapshotEntry> open = List.of();
        private int at;

        Entries(SnapshotReader reader, SnapshotReader other) {
            this.reader = reader;
            reader.manifest().contents().chunks().stream()
                    .filter(chunk -> !other.holds(chunk.digest()))
                    .forEach(chunks::add);
        }

        @Override
        public boolean hasNext() {
            while (at == open.size() && !chunks.isEmpty()) {
                open = reader.open(chunks.remove());
                at = 0;
            }
            return at < open.size();
        }

        SnapshotEntry peek() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return open.get(at);
        }

        @Override
        public SnapshotEntry next() {
            var next = peek();
            at++;
            return next;
        }
    }
}
