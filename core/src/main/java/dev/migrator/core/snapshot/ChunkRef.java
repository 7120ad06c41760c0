package dev.migrator.core.snapshot;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.model.EntryKey;

/**
 * A chunk as a manifest names it.
 *
 * @param digest of its canonical bytes, before compression
 * @param entries how many, at least 1
 * @param bytes canonical bytes, before compression
 * @param first smallest key in it
 * @param last largest key in it
 */
public record ChunkRef(Digest digest, int entries, int bytes, EntryKey first, EntryKey last) {
    public ChunkRef {
        if (entries < 1 || bytes < 1 || first.compareTo(last) > 0) {
            throw new IllegalArgumentException("a chunk has entries, from its first key to its last");
        }
    }

    /** Whether the key would be in this chunk if the snapshot holds it. */
    boolean spans(EntryKey key) {
        return first.compareTo(key) <= 0 && last.compareTo(key) >= 0;
    }
}
