package dev.migrator.core.snapshot;

import java.util.Objects;

/**
 * A chunk that was cut.
 *
 * @param canonical its bytes before compression: the caller's to keep, not to change
 */
public record Chunk(ChunkRef ref, byte[] canonical) {
    public Chunk {
        Objects.requireNonNull(ref);
        Objects.requireNonNull(canonical);
    }

    /** As it is stored. */
    public byte[] compressed() {
        return Gzip.compress(canonical);
    }
}
