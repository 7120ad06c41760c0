package dev.migrator.target.kafka;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.error.Problem;
import dev.migrator.target.Pauses;
import dev.migrator.target.TargetException;
import dev.migrator.target.kafka.LookedThrough.Found;
import dev.migrator.target.kafka.LookedThrough.Known;
import dev.migrator.target.kafka.LookedThrough.Place;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Looks for the newest record of a key in its partition, from the end backwards, for as long as a call may take. What it has
 * looked through by then it need not look through again. Joins no consumer group.
 */
final class NewestRecord {
    /** Offsets that are looked through at a time: few at first, as the record is near the end as a rule. */
    private static final long FIRST_PAGE = 100;

    private static final long LARGEST_PAGE = 100_000;
    private static final int GROWTH = 4;

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

    private final KafkaConnection connection;
    private final LookedThrough looked;

    NewestRecord(KafkaConnection connection, LookedThrough looked) {
        this.connection = connection;
        this.looked = looked;
    }

    /** One key in its partition. */
    record Where(TopicPartition partition, Uuid topic, byte[] key) {
        private Place place() {
            return new Place(topic, partition.partition(), Digest.of(key));
        }

        private String named() {
            return "topic " + partition.topic() + ", partition " + partition.partition();
        }
    }

    /** A record that was acknowledged: nothing before it has to be looked at. @param value null for a tombstone */
    void written(Where where, long offset, byte[] value) {
        looked.put(
                where.place(),
                Known.of(new Found(offset, Optional.ofNullable(value).map(Digest::of))));
    }

    /**
     * The newest record of the key.
     *
     * @return empty if the partition holds none of that key
     * @throws TargetException.Unavailable {@code ACT-PROBE-BOUND} if it was not found in the time of a call: the next one
     *     goes on from there; or if a transaction that nobody has ended hides what came after it
     */
    Optional<Found> of(Where where) throws TargetException {
        var partition = where.partition();
        long deadline = System.nanoTime() + connection.settings().callTimeout().toNanos();
        long end = decidedEnd(where, deadline);
        try (var consumer = new KafkaConsumer<>(settings(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            long begin = consumer.beginningOffsets(List.of(partition)).get(partition);
            var known = looked.of(where.place())
                    .filter(one -> one.helps(begin, end))
                    .orElseGet(() -> Known.nothingBefore(end));
            for (long page = FIRST_PAGE; known.high() < end; page = larger(page)) {
                long to = Math.min(end, known.high() + page);
                known = known.forward(to, newest(consumer, where, Math.max(begin, known.high()), to, deadline));
                looked.put(where.place(), known);
            }
            for (long page = FIRST_PAGE; known.found().isEmpty() && known.low() > begin; page = larger(page)) {
                long from = Math.max(begin, known.low() - page);
                known = known.back(from, newest(consumer, where, from, known.low(), deadline));
                looked.put(where.place(), known);
            }
            return known.found();
        } catch (InvalidOffsetException e) {
            // what was to be read was deleted meanwhile, as it was old: the beginning is another now
            throw new TargetException.Unavailable(
                    Problem.of(Faults.UNAVAILABLE, "the partition was cut while it was read")
                            .about(where.named())
                            .expected("the records that it held a moment ago")
                            .found("them gone")
                            .todo("the call is tried again"),
                    e);
        } catch (KafkaException e) {
            throw Faults.of("read topic " + partition.topic(), e);
        }
    }

    private static long larger(long page) {
        return Math.min(GROWTH * page, LARGEST_PAGE);
    }

    /**
     * The end of all that was acknowledged, once nothing before it is part of an open transaction: before that, readers are
     * shown neither what is in doubt nor what others wrote after it.
     */
    private long decidedEnd(Where where, long deadline) throws TargetException {
        long end = end(where.partition(), IsolationLevel.READ_UNCOMMITTED);
        for (long decided = end(where.partition(), IsolationLevel.READ_COMMITTED);
                decided < end;
                decided = end(where.partition(), IsolationLevel.READ_COMMITTED)) {
            if (System.nanoTime() - deadline > 0) {
                throw new TargetException.Unavailable(
                        Problem.of(Faults.UNAVAILABLE, "a transaction is open, and hides what was written after it")
                                .about(where.named())
                                .expected("the records up to offset " + end)
                                .found("those up to offset " + decided)
                                .todo("see who writes there in transactions; the call is tried again"),
                        null);
            }
            Pauses.pause(BETWEEN_LOOKS, "wait until no transaction is open");
        }
        return end;
    }

    private long end(TopicPartition partition, IsolationLevel isolation) throws TargetException {
        var asked = connection
                .admin()
                .listOffsets(Map.of(partition, OffsetSpec.latest()), new ListOffsetsOptions(isolation));
        return connection
                .await("read topic " + partition.topic(), asked.partitionResult(partition))
                .offset();
    }

    private static Optional<Found> newest(
            KafkaConsumer<byte[], byte[]> consumer, Where where, long from, long to, long deadline)
            throws TargetException.Unavailable {
        var newest = Optional.<Found>empty();
        consumer.seek(where.partition(), from);
        // positions, not records: what was compacted away or aborted is never delivered
        while (consumer.position(where.partition()) < to) {
            if (System.nanoTime() - deadline > 0) {
                throw notYet(where, from, to);
            }
            for (var record : consumer.poll(POLL).records(where.partition())) {
                if (record.offset() < to && Arrays.equals(record.key(), where.key())) {
                    newest = Optional.of(new Found(
                            record.offset(), Optional.ofNullable(record.value()).map(Digest::of)));
                }
            }
        }
        return newest;
    }

    private static TargetException.Unavailable notYet(Where where, long from, long to) {
        return new TargetException.Unavailable(
                Problem.of("ACT-PROBE-BOUND", "the newest record of the key was not found in the time of a call")
                        .about(where.named())
                        .expected("it, or the beginning of the partition")
                        .found("neither yet; offsets " + from + " to " + to + " are next")
                        .todo("the search goes on from there; use a topic that little else is written to, compacted by"
                                + " key"),
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
