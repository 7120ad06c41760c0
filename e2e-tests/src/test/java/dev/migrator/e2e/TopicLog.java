package dev.migrator.e2e;

import dev.migrator.kit.avro.ApicurioSchemas;
import dev.migrator.kit.avro.Decoded;
import dev.migrator.kit.avro.Wire;
import dev.migrator.kit.topics.TopicSpec;
import dev.migrator.kit.topics.Topics;
import dev.migrator.localstack.LocalStack;
import dev.migrator.localstack.server.KafkaSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads all topics of the control cluster from their beginning and keeps what was said: a run says some thousand things. */
final class TopicLog implements AutoCloseable {
    /** @param event empty for what is no record of ours */
    record Entry(ConsumerRecord<String, byte[]> record, Optional<SpecificRecord> event) {
        String topic() {
            return record.topic();
        }

        /** The text of that header, empty if there is none. */
        String header(String name) {
            var header = record.headers().lastHeader(name);
            return header == null ? "" : new String(header.value(), java.nio.charset.StandardCharsets.UTF_8);
        }
    }

    private static final Duration CATCH_UP = Duration.ofSeconds(10);

    private final Map<String, List<Entry>> entries = new HashMap<>();
    private final Wire wire;
    private final KafkaConsumer<String, byte[]> consumer;
    /** Asks where topics end; only under its own lock. */
    private final KafkaConsumer<String, byte[]> ends;

    private final Map<TopicPartition, Long> readTo = new ConcurrentHashMap<>();
    private final Thread reader;
    private volatile RuntimeException failure;

    TopicLog(LocalStack stack) {
        for (TopicSpec topic : Topics.ALL) {
            entries.put(topic.name(), new CopyOnWriteArrayList<>());
        }
        Path known = stack.layout().folder().resolve("data").resolve("e2e-known-schemas");
        wire = new Wire(new ApicurioSchemas(stack.registryUrl("control")), known);
        Map<String, Object> config = new HashMap<>(stack.kafka("control").clientConfig(KafkaSpec.ADMIN));
        config.put("isolation.level", "read_committed");
        config.put("auto.offset.reset", "earliest");
        config.put("default.api.timeout.ms", (int) CATCH_UP.toMillis());
        consumer = new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer());
        ends = new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer());
        consumer.assign(Topics.ALL.stream()
                .flatMap(topic ->
                        IntStream.range(0, topic.partitions()).mapToObj(n -> new TopicPartition(topic.name(), n)))
                .toList());
        consumer.assignment().forEach(partition -> readTo.put(partition, 0L));
        reader = Thread.ofPlatform().name("topic-log").daemon().start(this::read);
    }

    private void read() {
        try (consumer) {
            while (true) {
                consumer.poll(Duration.ofMillis(200)).forEach(this::keep);
                noteProgress();
            }
        } catch (WakeupException _) {
            // closed
        } catch (RuntimeException e) {
            failure = e;
        }
    }

    private void noteProgress() {
        try {
            consumer.assignment().forEach(partition -> readTo.put(partition, consumer.position(partition)));
        } catch (TimeoutException _) {
            // where a topic begins is not known yet
        }
    }

    private void keep(ConsumerRecord<String, byte[]> record) {
        Optional<SpecificRecord> event =
                record.value() != null && wire.decode(record.value()) instanceof Decoded.Message(var message)
                        ? Optional.of(message)
                        : Optional.empty();
        entries.get(record.topic()).add(new Entry(record, event));
    }

    /**
     * What was said on that topic before this call, whatever else may have come by now; in order within a partition. While
     * the cluster is away, what was read of it.
     */
    Stream<Entry> on(String topic) {
        catchUp(topic);
        if (failure != null) {
            throw new AssertionError("the topics cannot be read any more", failure);
        }
        return entries.get(topic).stream();
    }

    private void catchUp(String topic) {
        Map<TopicPartition, Long> until;
        synchronized (ends) {
            try {
                until = ends.endOffsets(readTo.keySet().stream()
                        .filter(partition -> partition.topic().equals(topic))
                        .toList());
            } catch (TimeoutException _) {
                return;
            }
        }
        long giveUp = System.nanoTime() + CATCH_UP.toNanos();
        while (failure == null
                && System.nanoTime() < giveUp
                && until.entrySet().stream().anyMatch(end -> readTo.get(end.getKey()) < end.getValue())) {
            LockSupport.parkNanos(5_000_000);
        }
    }

    /** Events of that type on that topic that belong to the migration. */
    <T extends SpecificRecord> List<T> events(String topic, Class<T> type, String migrationId) {
        return on(topic)
                .flatMap(entry -> entry.event().stream())
                .filter(type::isInstance)
                .map(type::cast)
                .filter(event -> migrationId.equals(
                        event.get(event.getSchema().getField("migrationId").pos())))
                .toList();
    }

    /** The events as text for a failed wait. */
    String brief(String topic, String migrationId) {
        return topic + ": "
                + on(topic)
                        .flatMap(entry -> entry.event().stream())
                        .filter(event -> event.toString().contains(migrationId))
                        .map(event -> event.getSchema().getName())
                        .toList();
    }

    @Override
    public void close() {
        consumer.wakeup();
        synchronized (ends) {
            ends.close();
        }
        try {
            reader.join(Duration.ofSeconds(10));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
