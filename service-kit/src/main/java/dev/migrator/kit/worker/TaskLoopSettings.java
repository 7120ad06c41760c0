package dev.migrator.kit.worker;

import dev.migrator.kit.Backoff;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

/**
 * @param name of the loop: in thread names, logs and the folder of its counts
 * @param topics to be read
 * @param perPartition records of one partition that may be taken and not finished; above, the partition is paused
 * @param concurrent records that may be worked on at once; a record that waits for its retry does not count
 * @param backoff between attempts
 * @param grace how long a stop waits for the work under way before it interrupts it
 * @param workDir this process's own folder, which outlives it
 */
public record TaskLoopSettings(
        String name,
        Set<String> topics,
        int perPartition,
        int concurrent,
        Backoff backoff,
        Duration grace,
        Path workDir) {
    public TaskLoopSettings {
        topics = Set.copyOf(topics);
        if (perPartition < 1 || concurrent < 1 || topics.isEmpty()) {
            throw new IllegalArgumentException("expected a topic and bounds of at least 1, found " + topics + ", "
                    + perPartition + ", " + concurrent);
        }
    }

    /** 64 records for each partition, 16 at once, 10 s of grace. */
    public static TaskLoopSettings of(String name, Path workDir, String... topics) {
        return new TaskLoopSettings(name, Set.of(topics), 64, 16, Backoff.DEFAULT, Duration.ofSeconds(10), workDir);
    }

    /** With another bound of what may be worked on at once. */
    public TaskLoopSettings concurrent(int records) {
        return new TaskLoopSettings(name, topics, perPartition, records, backoff, grace, workDir);
    }
}
