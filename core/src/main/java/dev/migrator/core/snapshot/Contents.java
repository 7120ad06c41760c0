package dev.migrator.core.snapshot;

import dev.migrator.core.canonical.Digest;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a snapshot holds: its chunks in key order.
 *
 * @param counts entries by target and then by kind
 */
public record Contents(List<ChunkRef> chunks, SortedMap<String, SortedMap<String, Long>> counts) {
    public Contents {
        chunks = List.copyOf(chunks);
        var copy = new TreeMap<String, SortedMap<String, Long>>();
        counts.forEach((target, kinds) -> copy.put(target, Collections.unmodifiableSortedMap(new TreeMap<>(kinds))));
        counts = Collections.unmodifiableSortedMap(copy);
    }

    public long entries() {
        return chunks.stream().mapToLong(ChunkRef::entries).sum();
    }

    /** Canonical bytes of all chunks, before compression. */
    public long bytes() {
        return chunks.stream().mapToLong(ChunkRef::bytes).sum();
    }

    /** The same exactly if all entries are the same. */
    public Digest root() {
        return MerkleRoot.of(chunks.stream().map(ChunkRef::digest).toList());
    }
}
