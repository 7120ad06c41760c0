package dev.migrator.cli.undo;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.undo.UndoKit;
import dev.migrator.core.undo.UndoKitCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * An undo kit as it was fetched from the bucket, checked.
 *
 * @param digest of the file's bytes, as the migration's checklist and {@code sha256sum} tell it
 */
public record KitFile(Path path, UndoKit kit, Digest digest) {
    /** As large as an object in the bucket may be. */
    private static final int MOST_BYTES = 64 << 20;

    /**
     * @param expected as the migration's checklist tells it, empty if nobody remembers
     * @throws ProblemException {@code KIT-FILE} if it cannot be read, {@code KIT-OTHER} if it is another one, {@code
     *     KIT-FORMAT} or {@code KIT-ALTERED} if it is none or was changed
     */
    public static KitFile read(Path path, Optional<Digest> expected) {
        byte[] bytes;
        try (var in = Files.newInputStream(path)) {
            bytes = in.readNBytes(MOST_BYTES + 1);
        } catch (IOException e) {
            throw new ProblemException(
                    Problem.of("KIT-FILE", "the undo kit cannot be read")
                            .about(path.toString())
                            .expected("a file fetched from the bucket; status ID tells its key")
                            .found(e.getClass().getSimpleName()),
                    e);
        }
        if (bytes.length > MOST_BYTES) {
            throw new ProblemException(Problem.of("KIT-FILE", "the file is too large to be an undo kit")
                    .about(path.toString())
                    .expected("at most " + MOST_BYTES + " bytes")
                    .found("more"));
        }
        var digest = Digest.of(bytes);
        if (expected.isPresent() && !expected.get().equals(digest)) {
            throw new ProblemException(Problem.of("KIT-OTHER", "this is another undo kit than was asked for")
                    .about(path.toString())
                    .expected(expected.get().toString())
                    .found(digest.toString())
                    .todo("fetch the one that the migration's checklist names"));
        }
        try {
            return new KitFile(path, UndoKitCodec.read(bytes), digest);
        } catch (ProblemException e) {
            throw new ProblemException(e.problem().about(path.toString()), e);
        }
    }

    /** Where what came of it is kept, beside the kit. */
    public Path beside(String ending) {
        return path.resolveSibling(path.getFileName() + ending);
    }
}
