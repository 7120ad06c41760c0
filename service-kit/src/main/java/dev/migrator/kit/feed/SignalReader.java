package dev.migrator.kit.feed;

import dev.migrator.core.verdict.SignalSample;
import dev.migrator.events.v1.HealthSample;
import dev.migrator.kit.Unavailable;
import dev.migrator.kit.avro.Decoded;
import dev.migrator.kit.avro.SignalMessages;
import dev.migrator.kit.avro.Wire;
import dev.migrator.kit.kafka.KafkaClients;
import dev.migrator.kit.kafka.KafkaUnavailable;
import dev.migrator.kit.topics.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads a part of the topic of signals: from a time on, up to where it ends when the reading begins. Keeps nothing between two
 * readings, so whoever starts again reads the same. Thread-safe: each reading has a consumer of its own, without a group.
 */
public final class SignalReader implements SignalSource {
    /** Clocks of those who publish may be behind by so much: where to begin is found by the times of records. */
    private static final Duration CLOCKS = Duration.ofMinutes(1);

    private static final Duration POLL = Duration.ofMillis(200);
    /** Polls in a row without a record, after which the broker counts as away. */
    private static final int MOST_EMPTY_POLLS = 75;

    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final Wire wire;

    public SignalReader(KafkaClients clients, Wire wire) {
        this(
                () -> new KafkaConsumer<>(settings(clients), new ByteArrayDeserializer(), new ByteArrayDeserializer()),
                wire);
    }

    /** With consumers of the caller's; each is closed after one reading. */
    SignalReader(Supplier<Consumer<byte[], byte[]>> consumers, Wire wire) {
        this.consumers = consumers;
        this.wire = wire;
    }

    private static Map<String, Object> settings(KafkaClients clients) {
        var settings = clients.common();
        settings.put("isolation.level", "read_committed");
        settings.put("enable.auto.commit", false);
        settings.put("auto.offset.reset", "earliest");
        settings.put("allow.auto.create.topics", false);
        settings.put("default.api.timeout.ms", 15_000);
        settings.put("request.timeout.ms", 10_000);
        settings.put("max.poll.records", 2_000);
        return settings;
    }

    @Override
    public Reading read(Instant from, java.util.function.Consumer<SignalSample> samples) {
        try (var consumer = consumers.get()) {
            var ends = begin(consumer, from);
            return readTo(ends, consumer, samples);
        } catch (KafkaException e) {
            throw new KafkaUnavailable("read " + Topics.SIGNALS, e);
        }
    }

    /** @return where the partitions end in which there is something to read */
    private static Map<TopicPartition, Long> begin(Consumer<byte[], byte[]> consumer, Instant from) {
        var partitions = consumer.partitionsFor(Topics.SIGNALS).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        var ends = new HashMap<>(consumer.endOffsets(partitions));
        var times = new HashMap<TopicPartition, Long>();
        partitions.forEach(partition -> times.put(partition, from.minus(CLOCKS).toEpochMilli()));
        var begins = consumer.offsetsForTimes(times);
        ends.entrySet().removeIf(end -> {
            var begin = begins.get(end.getKey());
            return begin == null || begin.offset() >= end.getValue();
        });
        List<TopicPartition> some = new ArrayList<>(ends.keySet());
        consumer.assign(some);
        some.forEach(partition -> consumer.seek(partition, begins.get(partition).offset()));
        return ends;
    }

    private Reading readTo(
            Map<TopicPartition, Long> ends,
            Consumer<byte[], byte[]> consumer,
            java.util.function.Consumer<SignalSample> samples) {
        long records = 0;
        long unreadable = 0;
        int empty = 0;
        while (!isPast(consumer, ends)) {
            var polled = consumer.poll(POLL);
            empty = polled.isEmpty() ? empty + 1 : 0;
            if (empty > MOST_EMPTY_POLLS) {
                throw new KafkaUnavailable(
                        "read " + Topics.SIGNALS, new KafkaException("no more records, and not at the end"));
            }
            for (var record : polled) {
                records++;
                unreadable += take(record, samples) ? 0 : 1;
            }
        }
        return new Reading(records, unreadable);
    }

    private static boolean isPast(Consumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    /** @return false for what is no sample: whoever wrote it, a judgement must not stop at it */
    private boolean take(ConsumerRecord<byte[], byte[]> record, java.util.function.Consumer<SignalSample> samples) {
        if (record.value() == null) {
            return false;
        }
        return switch (wire.decode(record.value())) {
            case Decoded.Message(HealthSample sample) -> {
                samples.accept(SignalMessages.sample(sample));
                yield true;
            }
            case Decoded.Message _, Decoded.Undecodable _ -> false;
            case Decoded.Unresolved(var _, var problem) ->
                throw new Unavailable(problem, new IllegalStateException("the registry does not answer"));
        };
    }
}
