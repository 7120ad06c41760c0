package dev.migrator.kit.worker;

import dev.migrator.events.v1.PhaseVerified;
import dev.migrator.kit.Backoff;
import dev.migrator.kit.Servers;
import dev.migrator.kit.avro.SchemaSource;
import dev.migrator.kit.avro.Wire;
import dev.migrator.kit.deadletters.DeadLetters;
import dev.migrator.kit.objects.ObjectStore;
import dev.migrator.kit.topics.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A topic of its own with what a loop over it needs. */
final class Bench implements AutoCloseable {
    final String topic = "bench-" + UUID.randomUUID();
    final String group = topic + "-group";
    private final SchemaSource registry;
    Wire wire;
    final Path workDir = Servers.workDir();
    private final DeadLetters deadLetters;
    private final List<AutoCloseable> closing = new ArrayList<>();
    private final KafkaProducer<byte[], byte[]> raw;

    Bench(int partitions, SchemaSource registry) {
        this(partitions, registry, Servers.objects());
    }

    Bench(int partitions, SchemaSource registry, ObjectStore objects) {
        this.registry = registry;
        restartWire();
        deadLetters = new DeadLetters(Servers.kafka().producer(), objects, "bench");
        raw = new KafkaProducer<>(Servers.kafka().producer(), new ByteArraySerializer(), new ByteArraySerializer());
        closing.add(deadLetters);
        closing.add(raw);
        try (var admin = Servers.kafka().admin()) {
            admin.createTopics(List.of(
                            new NewTopic(topic, partitions, (short) 1).configs(Map.of("max.message.bytes", "3000000"))))
                    .all()
                    .get();
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As after a restart on another machine: nothing is remembered. */
    void restartWire() {
        wire = new Wire(registry, Servers.workDir());
    }

    TaskLoop loop(TaskHandler handler) {
        return loop(handler, DelayListener.NONE);
    }

    TaskLoop loop(TaskHandler handler, DelayListener delays) {
        var settings = new TaskLoopSettings(
                group,
                Set.of(topic),
                64,
                16,
                new Backoff(Duration.ofMillis(10), Duration.ofMillis(100)),
                Duration.ofSeconds(5),
                workDir);
        return start(settings, handler, delays);
    }

    TaskLoop start(TaskLoopSettings settings, TaskHandler handler, DelayListener delays) {
        var loop = new TaskLoop(settings, Servers.kafka().consumer(group), wire, deadLetters, handler, delays).start();
        closing.addFirst(loop);
        return loop;
    }

    static SpecificRecord event(String id) {
        return new PhaseVerified(id, 1, 0, "evidence");
    }

    static String id(Task task) {
        return ((PhaseVerified) task.value()).getMigrationId();
    }

    void send(String key, String id) {
        send(key, wire.encode(event(id)));
    }

    void send(String key, byte[] value) {
        try {
            raw.send(new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), value))
                    .get();
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Dead letters that came from this bench's topic. */
    List<ConsumerRecord<byte[], byte[]>> letters() {
        return read(Topics.DEAD_LETTERS).stream()
                .filter(letter -> topic.equals(header(letter, DeadLetters.TOPIC)))
                .toList();
    }

    static String header(ConsumerRecord<?, ?> record, String name) {
        var header = record.headers().lastHeader(name);
        return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    /** Everything that is in a topic now. */
    static List<ConsumerRecord<byte[], byte[]>> read(String topic) {
        var config = new HashMap<>(Servers.kafka().consumer("unused"));
        config.remove("group.id");
        try (var consumer = new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            var partitions = consumer.partitionsFor(topic).stream()
                    .map(p -> new TopicPartition(topic, p.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            var records = new ArrayList<ConsumerRecord<byte[], byte[]>>();
            while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
            return records;
        }
    }

    /** Sum of what the group has committed. */
    long committed() {
        try (var admin = Servers.kafka().admin()) {
            return admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get().values().stream()
                    .mapToLong(offset -> offset == null ? 0 : offset.offset())
                    .sum();
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    Publisher publisher() {
        var publisher = new Publisher(Servers.kafka().producer(), wire, "bench", Clock.systemUTC());
        closing.add(publisher);
        return publisher;
    }

    @Override
    public void close() throws Exception {
        for (AutoCloseable part : closing) {
            part.close();
        }
    }
}
