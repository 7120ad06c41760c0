package dev.migrator.core.snapshot;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.error.Problem;
import dev.migrator.core.model.EntryKey;
import java.io.EOFException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Judges stored bytes by what the manifest says of the chunk, and names what is wrong with them. */
final class ChunkCheck {
    /** What the bytes turned out to be. */
    sealed interface Judged {
        record Whole(List<SnapshotEntry> entries) implements Judged {}

        record Broken(Problem problem) implements Judged {}
    }

    private static final String WHAT_TO_DO =
            "find out who changed the bucket; every snapshot that names this chunk is affected, take another now";

    private ChunkCheck() {}

    /** @param others digests of all chunks of the snapshot, to recognize one that lies in another's place */
    static Judged judge(ChunkRef ref, Optional<byte[]> stored, Set<Digest> others) {
        if (stored.isEmpty()) {
            return broken(ref, "SNP-CHUNK-MISSING", "a chunk of the snapshot is missing", "nothing");
        }
        byte[] canonical;
        try {
            canonical = Gzip.expand(stored.get(), ref.bytes());
        } catch (EOFException _) {
            return broken(
                    ref,
                    "SNP-CHUNK-TRUNCATED",
                    "a chunk of the snapshot ends early",
                    stored.get().length + " bytes of a longer chunk");
        } catch (IOException e) {
            return altered(ref, "bytes that cannot be expanded: " + e.getMessage());
        }
        var digest = Digest.of(canonical);
        var entries = entries(canonical);
        if (!digest.equals(ref.digest())) {
            boolean another = others.contains(digest)
                    || entries.filter(held -> isOf(ref, held)).isEmpty();
            return entries.isPresent() && another ? foreign(ref, digest.toString()) : altered(ref, digest.toString());
        }
        // the bytes are the named ones: what is left to ask is whether the manifest names the right chunk here
        if (entries.isEmpty() || !isOf(ref, entries.get()) || entries.get().size() != ref.entries()) {
            return foreign(
                    ref,
                    entries.filter(held -> !held.isEmpty())
                            .map(held -> held.size() + " entries from "
                                    + held.getFirst().key() + " to "
                                    + held.getLast().key())
                            .orElse("no entries"));
        }
        return new Judged.Whole(entries.get());
    }

    /** Ascending, without repeats; empty if these bytes are no chunk at all. */
    private static Optional<List<SnapshotEntry>> entries(byte[] canonical) {
        try {
            var entries = EntryLines.read(canonical);
            EntryKey before = null;
            for (var entry : entries) {
                if (before != null && before.compareTo(entry.key()) >= 0) {
                    return Optional.empty();
                }
                before = entry.key();
            }
            return Optional.of(entries);
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static boolean isOf(ChunkRef ref, List<SnapshotEntry> entries) {
        return !entries.isEmpty()
                && entries.getFirst().key().equals(ref.first())
                && entries.getLast().key().equals(ref.last());
    }

    private static Judged foreign(ChunkRef ref, String found) {
        return broken(ref, "SNP-CHUNK-FOREIGN", "in the place of a chunk of the snapshot lies another one", found);
    }

    private static Judged altered(ChunkRef ref, String found) {
        return broken(ref, "SNP-CHUNK-ALTERED", "a chunk of the snapshot was altered", found);
    }

    private static Judged broken(ChunkRef ref, String code, String message, String found) {
        return new Judged.Broken(Problem.of(code, message)
                .about("chunk " + ref.digest())
                .expected(ref.entries() + " entries from " + ref.first() + " to " + ref.last())
                .found(found)
                .todo(WHAT_TO_DO));
    }
}
