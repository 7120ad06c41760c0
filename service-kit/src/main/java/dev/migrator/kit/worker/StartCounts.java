package dev.migrator.kit.worker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;

/** How often the handling of a record was started without an end. One small file for each, so that it outlives a crash. */
final class StartCounts {
    private static final Logger LOG = Logger.getLogger(StartCounts.class);
    private static final Duration KEPT = Duration.ofDays(7);

    private final Path folder;

    StartCounts(Path folder) {
        this.folder = folder;
        try {
            Files.createDirectories(folder);
            forgetOld();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make " + folder, e);
        }
    }

    /** Counts one more start, and returns how many there were with this one. */
    int begin(ConsumerRecord<?, ?> record) {
        Path file = file(record);
        try {
            int count = read(file) + 1;
            Files.writeString(file, String.valueOf(count));
            return count;
        } catch (IOException e) {
            LOG.warnf("A start cannot be counted: file=%s, error=%s", file, e.getMessage());
            return 1;
        }
    }

    /** The handling came to an end, good or bad. */
    void end(ConsumerRecord<?, ?> record) {
        try {
            Files.deleteIfExists(file(record));
        } catch (IOException e) {
            LOG.warnf("A count cannot be removed: file=%s, error=%s", file(record), e.getMessage());
        }
    }

    private static int read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return 0;
        }
        try {
            return Integer.parseInt(Files.readString(file).strip());
        } catch (NumberFormatException e) {
            return 1; // cut off by a crash while it was written: there was a start
        }
    }

    /** The timestamp tells a record from one at the same place in a topic that was made anew. */
    private Path file(ConsumerRecord<?, ?> record) {
        return folder.resolve(
                record.topic() + "-" + record.partition() + "-" + record.offset() + "-" + record.timestamp());
    }

    private void forgetOld() throws IOException {
        long oldest = Instant.now().minus(KEPT).toEpochMilli();
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                if (Files.getLastModifiedTime(file).toMillis() < oldest) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }
}
