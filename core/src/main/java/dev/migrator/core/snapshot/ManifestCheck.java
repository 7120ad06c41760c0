package dev.migrator.core.snapshot;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;

/** Whether what a manifest says fits together. */
final class ManifestCheck {
    private static final String WHAT_TO_DO =
            "nothing follows from this snapshot; find out who changed it, and take another";

    private ManifestCheck() {}

    static void check(Contents contents, long entries, Digest root) {
        ChunkRef before = null;
        for (ChunkRef chunk : contents.chunks()) {
            if (before != null && before.last().compareTo(chunk.first()) >= 0) {
                throw new ProblemException(
                        Problem.of("SNP-ORDER", "the chunks of a snapshot are not in the order of their keys")
                                .about("chunk " + chunk.digest())
                                .expected("a first key after " + before.last())
                                .found(chunk.first().toString())
                                .todo(WHAT_TO_DO));
            }
            before = chunk;
        }
        long counted = contents.counts().values().stream()
                .flatMap(kinds -> kinds.values().stream())
                .mapToLong(Long::longValue)
                .sum();
        if (contents.entries() != entries || counted != entries) {
            throw new ProblemException(Problem.of("SNP-COUNTS", "the numbers of a snapshot contradict each other")
                    .expected(entries + " entries")
                    .found(contents.entries() + " in its chunks, " + counted + " by target and kind")
                    .todo(WHAT_TO_DO));
        }
        if (!contents.root().equals(root)) {
            throw new ProblemException(Problem.of("SNP-ROOT", "the root of a snapshot is that of other chunks")
                    .expected(root.toString())
                    .found(contents.root().toString())
                    .todo(WHAT_TO_DO));
        }
    }
}
