package dev.migrator.cli.undo;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.undo.UndoReceipt;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** What is kept beside the kit: the receipt before the first write, what came of it after the last. */
public final class ReceiptFile {
    private ReceiptFile() {}

    /**
     * The receipt of this kit: the one that an earlier run left, or a new one, which is on the disk when this returns.
     *
     * @throws ProblemException {@code KIT-FILE} if it can be neither read nor written
     */
    public static byte[] of(KitFile kit, UndoReceipt anew) {
        var file = path(kit);
        try {
            if (!Files.exists(file)) {
                write(file, anew.bytes());
            }
            var bytes = Files.readAllBytes(file);
            if (CanonicalJson.parse(bytes) instanceof Value.Obj receipt
                    && receipt.get("kit").equals(Value.of(kit.digest().toString()))) {
                return bytes;
            }
        } catch (IOException | ProblemException e) {
            throw unusable(file, e.getClass().getSimpleName(), e);
        }
        throw unusable(file, "the receipt of another kit", null);
    }

    public static Path path(KitFile kit) {
        return kit.beside(".undone.json");
    }

    /** Over what an earlier run left. @throws ProblemException {@code KIT-FILE} if it cannot be written */
    public static Path result(KitFile kit, Value result) {
        var file = kit.beside(".result.json");
        try {
            write(file, CanonicalJson.bytes(result));
        } catch (IOException e) {
            throw unusable(file, e.getClass().getSimpleName(), e);
        }
        return file;
    }

    private static void write(Path file, byte[] bytes) throws IOException {
        var part = file.resolveSibling(file.getFileName() + ".part");
        try (var channel = FileChannel.open(
                part, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            var left = ByteBuffer.wrap(bytes);
            while (left.hasRemaining()) {
                channel.write(left);
            }
            channel.force(true);
        }
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static ProblemException unusable(Path file, String found, Exception cause) {
        return new ProblemException(
                Problem.of("KIT-FILE", "a file beside the undo kit cannot be used")
                        .about(file.toString())
                        .expected("the receipt of this kit, or a folder that may be written")
                        .found(found)
                        .todo("copy the kit into a folder of its own"),
                cause);
    }
}
