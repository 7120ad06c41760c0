package dev.migrator.kit.avro;

import dev.migrator.core.canonical.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.avro.Schema;
import org.jboss.logging.Logger;

/**
 * Ids and schemas as the registry last gave them, on disk. Used only while the registry does not answer, so that a
 * service that is restarted meanwhile can still undo. Never believed over the registry.
 */
final class KnownIds {
    private static final Logger LOG = Logger.getLogger(KnownIds.class);
    private static final int MOST_WRITES = 10_000;

    private final Path folder;
    private final AtomicInteger writes = new AtomicInteger();

    KnownIds(Path folder) {
        this.folder = folder;
    }

    Optional<Integer> id(Schema schema) {
        return read(ownFile(schema)).flatMap(text -> {
            try {
                return Optional.of(Integer.valueOf(text.strip()));
            } catch (NumberFormatException e) {
                return Optional.empty();
            }
        });
    }

    Optional<String> schema(int id) {
        return read(schemaFile(id));
    }

    void remember(Schema schema, int id) {
        write(ownFile(schema), String.valueOf(id));
        write(schemaFile(id), schema.toString());
    }

    void remember(int id, String schema) {
        write(schemaFile(id), schema);
    }

    private Path ownFile(Schema schema) {
        return folder.resolve(
                schema.getName() + "-" + Digest.ofText(schema.toString()).brief() + ".id");
    }

    private Path schemaFile(int id) {
        return folder.resolve(Integer.toUnsignedString(id) + ".avsc");
    }

    private Optional<String> read(Path file) {
        try {
            return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
        } catch (IOException e) {
            LOG.warnf(
                    "A remembered schema cannot be read: file=%s, error=%s",
                    file, e.getClass().getSimpleName());
            return Optional.empty();
        }
    }

    private void write(Path file, String text) {
        if (writes.incrementAndGet() > MOST_WRITES
                || read(file).filter(text::equals).isPresent()) {
            return;
        }
        try {
            Files.createDirectories(folder);
            Path temporary = Files.createTempFile(folder, "new", ".tmp");
            Files.writeString(temporary, text);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.warnf(
                    "A schema cannot be remembered: file=%s, error=%s",
                    file, e.getClass().getSimpleName());
        }
    }
}
