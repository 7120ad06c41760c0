package dev.migrator.core.snapshot;

import dev.migrator.core.canonical.Digest;
import java.util.Optional;

/** Where chunks lie. What it gives is checked by whoever reads it. */
@FunctionalInterface
public interface ChunkSource {
    /** The chunk as it is stored, compressed; empty if there is none. What the store throws comes out of the reader. */
    Optional<byte[]> stored(Digest chunk);
}
