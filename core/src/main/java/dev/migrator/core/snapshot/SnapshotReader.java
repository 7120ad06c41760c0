package dev.migrator.core.snapshot;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Reads a snapshot chunk by chunk and checks each one before anything of it is handed out. Opens only the chunks that can hold
 * what is asked for, and has one of them in memory. What a broken chunk holds is never handed out.
 */
public final class SnapshotReader {
    /** Problems that {@link #verify} names at most. */
    public static final int MOST_PROBLEMS = 1_000;

    private final Manifest manifest;
    private final ChunkSource source;
    private final Set<Digest> digests = new HashSet<>();

    /** @param manifest as {@link ManifestCodec#read} gave it */
    public SnapshotReader(Manifest manifest, ChunkSource source) {
        this.manifest = manifest;
        this.source = source;
        manifest.contents().chunks().forEach(chunk -> digests.add(chunk.digest()));
    }

    public Manifest manifest() {
        return manifest;
    }

    /**
     * Looks at every chunk, also after a broken one.
     *
     * @param seen takes the entries of whole chunks, ascending
     * @return every broken chunk, named, in key order; empty if the snapshot is whole
     */
    public List<Problem> verify(Consumer<SnapshotEntry> seen) {
        var problems = new ArrayList<Problem>();
        var counts = new TreeMap<String, Map<String, Long>>();
        for (ChunkRef chunk : manifest.contents().chunks()) {
            switch (judge(chunk)) {
                case ChunkCheck.Judged.Whole(var entries) ->
                    entries.forEach(entry -> {
                        counts.computeIfAbsent(entry.key().target(), _ -> new TreeMap<>())
                                .merge(entry.key().kind(), 1L, Long::sum);
                        seen.accept(entry);
                    });
                case ChunkCheck.Judged.Broken(var problem)
                when problems.size() < MOST_PROBLEMS -> problems.add(problem);
                case ChunkCheck.Judged.Broken _ -> {
                    // that it is broken is known
                }
            }
        }
        if (problems.isEmpty() && !counts.equals(manifest.contents().counts())) {
            problems.add(Problem.of("SNP-COUNTS", "the numbers of a snapshot contradict each other")
                    .about("counts of the manifest")
                    .expected(manifest.contents().counts().toString())
                    .found(counts.toString())
                    .todo("nothing follows from this snapshot; find out who changed it, and take another"));
        }
        return List.copyOf(problems);
    }

    /**
     * All entries, ascending.
     *
     * @throws ProblemException {@code SNP-CHUNK-…} at the first broken chunk, after the entries before it were handed out
     */
    public void forEach(Consumer<SnapshotEntry> each) {
        forEach(_ -> true, each);
    }

    /** The entries of those chunks alone, ascending. Exceptions as {@link #forEach(Consumer)}. */
    void forEach(Predicate<ChunkRef> which, Consumer<SnapshotEntry> each) {
        manifest.contents().chunks().stream()
                .filter(which)
                .forEach(chunk -> open(chunk).forEach(each));
    }

    /** Entries with {@code from <= key <= to}, ascending. Exceptions as {@link #forEach(Consumer)}. */
    public void range(EntryKey from, EntryKey to, Consumer<SnapshotEntry> each) {
        forEach(chunk -> chunk.last().compareTo(from) >= 0 && chunk.first().compareTo(to) <= 0, entry -> {
            if (entry.key().compareTo(from) >= 0 && entry.key().compareTo(to) <= 0) {
                each.accept(entry);
            }
        });
    }

    /** States of those of the keys that have a line in the snapshot. Exceptions as {@link #forEach(Consumer)}. */
    public Map<EntryKey, EntryState> find(Collection<EntryKey> keys) {
        var wanted = new TreeSet<>(keys);
        var found = new TreeMap<EntryKey, EntryState>();
        forEach(
                chunk -> Optional.ofNullable(wanted.ceiling(chunk.first()))
                        .filter(chunk::spans)
                        .isPresent(),
                entry -> {
                    if (wanted.contains(entry.key())) {
                        found.put(entry.key(), entry.state());
                    }
                });
        return found;
    }

    /** The one chunk that would hold the key. */
    Optional<ChunkRef> chunkOf(EntryKey key) {
        return manifest.contents().chunks().stream()
                .filter(chunk -> chunk.spans(key))
                .findFirst();
    }

    boolean holds(Digest chunk) {
        return digests.contains(chunk);
    }

    List<SnapshotEntry> open(ChunkRef chunk) {
        return switch (judge(chunk)) {
            case ChunkCheck.Judged.Whole(var entries) -> entries;
            case ChunkCheck.Judged.Broken(var problem) -> throw new ProblemException(problem);
        };
    }

    private ChunkCheck.Judged judge(ChunkRef chunk) {
        return ChunkCheck.judge(chunk, source.stored(chunk.digest()), digests);
    }
}
