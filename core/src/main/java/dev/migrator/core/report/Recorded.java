package dev.migrator.core.report;

import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;

/**
 * Something that was said on a topic, with its place there: whoever can read the topic finds it again.
 *
 * @param at when the record was written, by its writer or the broker
 */
public record Recorded<T>(String topic, int partition, long offset, Instant at, T said) {
    /** In the order of time; within a partition, of the topic. */
    public static final Comparator<Recorded<?>> IN_TIME = Comparator.<Recorded<?>, Instant>comparing(Recorded::at)
            .thenComparing(Recorded::topic)
            .thenComparing(Recorded::partition)
            .thenComparing(Recorded::offset);

    public Recorded {
        Objects.requireNonNull(topic);
        Objects.requireNonNull(at);
        Objects.requireNonNull(said);
    }

    /** Where it lies, for people. */
    public String place() {
        return topic + "-" + partition + "@" + offset;
    }
}
