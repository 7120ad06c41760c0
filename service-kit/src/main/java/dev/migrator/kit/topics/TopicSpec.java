package dev.migrator.kit.topics;

import java.time.Duration;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How one of our topics is made.
 *
 * @param partitions number of partitions; a topic with another number is refused
 * @param cleanup what happens to old records
 * @param retention how long records are kept (with {@link Cleanup#COMPACT}: not used)
 * @param maxMessageBytes largest record batch that the broker takes
 */
public record TopicSpec(String name, int partitions, Cleanup cleanup, Duration retention, int maxMessageBytes) {
    /** As {@code cleanup.policy}. */
    public enum Cleanup {
        DELETE("delete"),
        COMPACT("compact"),
        COMPACT_AND_DELETE("compact,delete");

        private final String policy;

        Cleanup(String policy) {
            this.policy = policy;
        }
    }

    /** The settings that the topic is created with, by name. */
    public SortedMap<String, String> configs() {
        var configs = new TreeMap<>(
                Map.of("cleanup.policy", cleanup.policy, "max.message.bytes", String.valueOf(maxMessageBytes)));
        if (cleanup != Cleanup.COMPACT) {
            configs.put("retention.ms", String.valueOf(retention.toMillis()));
        }
        return configs;
    }
}
