package dev.migrator.benchmarks.pipeline;

import dev.migrator.core.lifecycle.MigrationStatus;
import dev.migrator.events.v1.BatchAnswered;
import dev.migrator.events.v1.MigrationStatusChanged;
import dev.migrator.kit.avro.ApicurioSchemas;
import dev.migrator.kit.avro.Decoded;
import dev.migrator.kit.avro.Messages;
import dev.migrator.kit.avro.Wire;
import dev.migrator.kit.topics.TopicSpec;
import dev.migrator.kit.topics.Topics;
import dev.migrator.localstack.LocalStack;
import dev.migrator.localstack.server.KafkaSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads what the services say to each other, and keeps who said what when: the records' own timestamps. */
final class TopicTimes implements AutoCloseable {
    /** What is said about entries or to nobody in particular is no step of a migration. */
    private static final Set<String> NO_STEPS =
            Set.of(Topics.INVENTORY, Topics.AUDIT, Topics.DEAD_LETTERS, Topics.DRIFT, Topics.DRIFT_ORDERS);

    private final Map<String, List<Mark>> marks = new HashMap<>();
    private final Map<String, MigrationStatus> statuses = new HashMap<>();
    private final Wire wire;
    private final KafkaConsumer<String, byte[]> consumer;
    private final Thread reader;
    private RuntimeException failure;

    TopicTimes(LocalStack stack) {
        wire = new Wire(
                new ApicurioSchemas(stack.registryUrl("control")),
                stack.layout().folder().resolve("benchmark-schemas"));
        Map<String, Object> config = new HashMap<>(stack.kafka("control").clientConfig(KafkaSpec.ADMIN));
        config.put("isolation.level", "read_committed");
        config.put("auto.offset.reset", "earliest");
        consumer = new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer());
        consumer.assign(Topics.ALL.stream()
                .filter(topic -> !NO_STEPS.contains(topic.name()))
                .flatMap(TopicTimes::partitions)
                .toList());
        reader = Thread.ofPlatform().name("topic-times").daemon().start(this::read);
    }

    private static java.util.stream.Stream<TopicPartition> partitions(TopicSpec topic) {
        return IntStream.range(0, topic.partitions()).mapToObj(number -> new TopicPartition(topic.name(), number));
    }

    Wire wire() {
        return wire;
    }

    private void read() {
        try (consumer) {
            while (true) {
                for (var record : consumer.poll(Duration.ofSeconds(1))) {
                    keep(record);
                }
            }
        } catch (WakeupException _) {
            // closed
        } catch (RuntimeException e) {
            fail(e);
        }
    }

    private synchronized void fail(RuntimeException e) {
        failure = e;
        notifyAll();
    }

    private void keep(ConsumerRecord<String, byte[]> record) {
        if (record.value() == null || !(wire.decode(record.value()) instanceof Decoded.Message(var event))) {
            return;
        }
        var field = event.getSchema().getField("migrationId");
        if (field != null) {
            keep(event.get(field.pos()).toString(), record, event);
        }
    }

    private synchronized void keep(String id, ConsumerRecord<String, byte[]> record, SpecificRecord event) {
        marks.computeIfAbsent(id, _ -> new ArrayList<>())
                .add(new Mark(record.topic(), what(event), record.timestamp()));
        if (event instanceof MigrationStatusChanged changed) {
            statuses.put(id, Messages.status(changed));
            notifyAll();
        }
    }

    private static String what(SpecificRecord event) {
        var type = event.getSchema().getName();
        return switch (event) {
            case MigrationStatusChanged status -> status.getState().toString();
            case BatchAnswered answer -> type + " " + answer.getKind();
            default -> type;
        };
    }

    /** The last status of the migration, empty if it has none by then. */
    synchronized Optional<MigrationStatus> awaitEnd(String id, Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (true) {
            if (failure != null) {
                throw failure;
            }
            var status = Optional.ofNullable(statuses.get(id)).filter(MigrationStatus::ended);
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (status.isPresent() || left <= 0) {
                return status;
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            }
        }
    }

    /** Where it stands, in words. */
    synchronized String lastOf(String id) {
        var status = statuses.get(id);
        return status == null
                ? "no status"
                : status.state() + ", batch " + status.batchesDone() + " of " + status.batchesTotal() + ", "
                        + status.waitsFor() + " " + status.problems();
    }

    /** What was said of it so far. */
    synchronized Timeline of(String id) {
        return new Timeline(List.copyOf(marks.getOrDefault(id, List.of())));
    }

    @Override
    public void close() {
        consumer.wakeup();
        try {
            reader.join(Duration.ofSeconds(10));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
