package dev.migrator.core.snapshot;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.model.EntryKey;

/**
 * Where chunks end. Decided by a hash of each entry's key alone, so that another value changes no boundary, and one entry more
 * or less moves those of its own chunk only: the next key whose hash ends a chunk ends it in both snapshots.
 *
 * @param least entries of a chunk, from 1; hashes that would end a smaller one are passed over
 * @param usual entries of a chunk on average, a power of two, up to 2^24
 * @param most entries of a chunk, at least {@code least}
 * @param mostBytes a chunk that has reached this size ends whatever its keys are, so that one fits into memory
 */
public record ChunkRules(int least, int usual, int most, int mostBytes) {
    /** Those of every snapshot: changed, the next snapshot shares nothing with those before. */
    public static final ChunkRules STANDARD = new ChunkRules(64, 1_024, 8_192, 4 << 20);

    public ChunkRules {
        if (least < 1 || most < least || mostBytes < 1 || Integer.bitCount(usual) != 1 || usual > 1 << 24) {
            throw new IllegalArgumentException(
                    "1 <= least <= most, usual a power of two up to 2^24, found " + least + ", " + usual + ", " + most);
        }
    }

    /** Whether a chunk of this many entries and bytes ends with this key, its last one so far. */
    boolean endsWith(EntryKey last, int entries, int bytes) {
        return entries >= most || bytes >= mostBytes || (entries >= least && isBoundary(last));
    }

    private boolean isBoundary(EntryKey key) {
        var name = key.target() + '\0' + key.kind() + '\0' + key.address();
        return (Integer.parseInt(Digest.ofText(name).hex(), 0, 6, 16) & (usual - 1)) == 0;
    }
}
