package dev.migrator.target.kafka;

import dev.migrator.core.error.Problem;
import dev.migrator.target.TargetException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Looks for the newest record of a key in its partition, from the end backwards, within a bound. Joins no consumer group. */
final class NewestRecord {
    /** Offsets before the end that are looked through, the nearer first. */
    private static final long[] WINDOWS = {100, 10_000};

    private static final Duration POLL = Duration.ofMillis(200);

    /** @param value empty for a tombstone */
    record Found(Optional<byte[]> value) {
        boolean holds(byte[] wanted) {
            return value.filter(one -> Arrays.equals(one, wanted)).isPresent();
        }
    }

    private final KafkaConnection connection;

    NewestRecord(KafkaConnection connection) {
        this.connection = connection;
    }

    /**
     * @return empty if the partition holds none of that key
     * @throws TargetException.Refused {@code ACT-PROBE-BOUND} if none is near its end and more lies before that
     */
    Optional<Found> of(TopicPartition partition, byte[] key) throws TargetException {
        var doing = "read topic " + partition.topic();
        long deadline = System.nanoTime() + connection.settings().callTimeout().toNanos();
        try (var consumer = new KafkaConsumer<>(settings(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            long begin = consumer.beginningOffsets(List.of(partition)).get(partition);
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            for (long window : WINDOWS) {
                long from = Math.max(begin, end - window);
                var found = newest(consumer, partition, key, from, end, deadline);
                if (found.isPresent() || from == begin) {
                    return found;
                }
            }
            throw tooFar(partition, end - begin);
        } catch (KafkaException e) {
            throw Faults.of(doing, e);
        }
    }

    private Optional<Found> newest(
            KafkaConsumer<byte[], byte[]> consumer,
            TopicPartition partition,
            byte[] key,
            long from,
            long end,
            long deadline)
            throws TargetException.Unavailable {
        var newest = Optional.<Found>empty();
        consumer.seek(partition, from);
        // positions, not records: what was compacted away or aborted is never delivered
        while (consumer.position(partition) < end) {
            if (System.nanoTime() - deadline > 0) {
                throw new TargetException.Unavailable(
                        Problem.of(Faults.UNAVAILABLE, "the cluster gave no answer")
                                .about("read topic " + partition.topic())
                                .expected("the records up to offset " + end + " of partition " + partition.partition())
                                .found("those up to offset " + consumer.position(partition)),
                        null);
            }
            for (var record : consumer.poll(POLL).records(partition)) {
                if (record.offset() < end && Arrays.equals(record.key(), key)) {
                    newest = Optional.of(new Found(Optional.ofNullable(record.value())));
                }
            }
        }
        return newest;
    }

    private static TargetException.Refused tooFar(TopicPartition partition, long records) {
        long bound = WINDOWS[WINDOWS.length - 1];
        return new TargetException.Refused(
                Problem.of("ACT-PROBE-BOUND", "the newest record of the key lies too far back, if there is one")
                        .about("topic " + partition.topic() + ", partition " + partition.partition())
                        .expected("it among the last " + bound + " offsets, or a partition that holds no more")
                        .found("none among them, of " + records)
                        .todo("use a topic that little else is written to, compacted by key"),
                null);
    }

    private Map<String, Object> settings() {
        var settings = new HashMap<>(connection.settings().properties());
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        return settings;
    }
}
