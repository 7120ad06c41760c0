package dev.migrator.core.snapshot;

import dev.migrator.core.canonical.Digest;
import java.util.ArrayList;
import java.util.List;

/**
 * One digest for a list of digests, as a binary tree, so that it can be shown that a snapshot holds a chunk without
 * showing the others. A node is the SHA-256 of two lines of text, the hex digits of its left and of its right; the last of
 * an odd number goes up as it is. No chunk has the bytes of a node, as its lines are JSON. Of no digests, it is that of no bytes.
 */
final class MerkleRoot {
    private MerkleRoot() {}

    static Digest of(List<Digest> leaves) {
        if (leaves.isEmpty()) {
            return Digest.of(new byte[0]);
        }
        var level = leaves;
        while (level.size() > 1) {
            var above = new ArrayList<Digest>((level.size() + 1) / 2);
            for (int i = 0; i + 1 < level.size(); i += 2) {
                above.add(Digest.ofText(
                        level.get(i).hex() + "\n" + level.get(i + 1).hex() + "\n"));
            }
            if (level.size() % 2 == 1) {
                above.add(level.getLast());
            }
            level = above;
        }
        return level.getFirst();
    }
}
