package dev.migrator.kit.worker;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/**
 * Commits positions, and thereby learns that this process is still a member of its group. To be used on the polling
 * thread, {@link #sinceConfirmed()} on any.
 */
final class Commits {
    private static final Logger LOG = Logger.getLogger(Commits.class);
    /** Longest wait of a commit that has to be waited for. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Duration AT_ONCE = Duration.ofMillis(1);
    /** A position is committed again this often though nothing changed: it proves that we are still a member. */
    private static final long CONFIRM_NANOS = Duration.ofSeconds(1).toNanos();

    private final String loop;
    private final Map<TopicPartition, Lane> lanes;
    private final Map<TopicPartition, Long> committed = new HashMap<>();
    private volatile long confirmedNanos = System.nanoTime();
    private long nextConfirmNanos = System.nanoTime();

    /** @param lanes the loop's own, by partition */
    Commits(String loop, Map<TopicPartition, Lane> lanes) {
        this.loop = loop;
        this.lanes = lanes;
    }

    Duration sinceConfirmed() {
        return Duration.ofNanos(System.nanoTime() - confirmedNanos);
    }

    /** @param nanos by {@link System#nanoTime()}: a moment at which we were a member for sure */
    void confirmed(long nanos) {
        confirmedNanos = nanos;
    }

    void forget(TopicPartition partition) {
        committed.remove(partition);
    }

    /** Commits what has changed, or any position when it is time to confirm; does not wait. */
    void commitChanged(Consumer<byte[], byte[]> consumer) {
        long now = System.nanoTime();
        Map<TopicPartition, OffsetAndMetadata> positions = positions(consumer.assignment());
        var any = positions.entrySet().stream().findFirst();
        positions.entrySet().removeIf(p -> Long.valueOf(p.getValue().offset()).equals(committed.get(p.getKey())));
        if (positions.isEmpty() && any.isPresent() && now - nextConfirmNanos >= 0) {
            positions.put(any.get().getKey(), any.get().getValue());
        }
        if (positions.isEmpty()) {
            return;
        }
        nextConfirmNanos = now + CONFIRM_NANOS;
        positions.forEach((partition, offset) -> committed.put(partition, offset.offset()));
        consumer.commitAsync(positions, (offsets, error) -> {
            if (error == null) {
                confirmedNanos = now;
            } else {
                offsets.keySet().forEach(committed::remove); // tried again with the next turn
                LOG.debugf("A commit failed: loop=%s, error=%s", loop, error.getMessage());
            }
        });
    }

    /** Commits what is finished of these partitions, and waits for the answer. */
    void commitNow(Consumer<byte[], byte[]> consumer, Collection<TopicPartition> partitions) {
        try {
            consumer.commitSync(positions(partitions), PATIENCE);
        } catch (KafkaException e) {
            LOG.infof("A last commit failed, records will come again: loop=%s, error=%s", loop, e.getMessage());
        }
    }

    /** Where each partition begins, so that there is something to commit before its first record comes. */
    void learnStarts(Consumer<byte[], byte[]> consumer) {
        for (TopicPartition partition : consumer.assignment()) {
            Lane lane = lanes.get(partition);
            if (lane != null && lane.position().isEmpty()) {
                try {
                    lane.startAt(consumer.position(partition, AT_ONCE));
                } catch (KafkaException e) {
                    return; // not known yet, or a failure that the next poll tells of
                }
            }
        }
    }

    private Map<TopicPartition, OffsetAndMetadata> positions(Collection<TopicPartition> of) {
        Map<TopicPartition, OffsetAndMetadata> positions = new HashMap<>();
        for (TopicPartition partition : of) {
            Lane lane = lanes.get(partition);
            if (lane != null) {
                lane.position().ifPresent(offset -> positions.put(partition, new OffsetAndMetadata(offset)));
            }
        }
        return positions;
    }
}
