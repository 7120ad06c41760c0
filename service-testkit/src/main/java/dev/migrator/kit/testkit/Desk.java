package dev.migrator.kit.testkit;

import dev.migrator.core.lifecycle.Effect;
import dev.migrator.core.lifecycle.Fact;
import dev.migrator.kit.avro.Decoded;
import dev.migrator.kit.avro.Messages;
import dev.migrator.kit.avro.Wire;
import dev.migrator.kit.worker.Publisher;
import dev.migrator.kit.worker.Task;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Where a worker gets its tasks and puts its answers; no broker. Everything goes over the wire format and back. */
public final class Desk {
    public static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    private final MemorySchemas schemas = new MemorySchemas();
    private final Wire wire;
    private final MockProducer<String, byte[]> producer =
            new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer());
    private final Publisher publisher;

    /** @param folder a temporary one */
    public Desk(Path folder) {
        wire = new Wire(schemas, folder);
        publisher = new Publisher(producer, wire, "test", Clock.fixed(NOW, ZoneOffset.UTC));
    }

    public Wire wire() {
        return wire;
    }

    public MemorySchemas schemas() {
        return schemas;
    }

    public Publisher publisher() {
        return publisher;
    }

    /** Every send from now on fails with that, as a broker that is away or refuses. */
    public void failing(RuntimeException failure) {
        producer.sendException = failure;
    }

    /** A task as the lifecycle would give it: over the wire, held for an hour. */
    public Task task(Effect effect) {
        var out = Messages.outgoing(effect, "lifecycle", NOW);
        return task(out.topic(), 0, 0, out.key(), out.value());
    }

    public Task task(String topic, int partition, long offset, String key, SpecificRecord value) {
        return new Task(
                topic, partition, offset, key, overTheWire(value), Map.of(), 1, () -> true, () -> Duration.ofHours(1));
    }

    /** Records published to a topic, in order. */
    public List<SpecificRecord> published(String topic) {
        return producer.history().stream()
                .filter(sent -> sent.topic().equals(topic) && sent.value() != null)
                .map(sent -> decoded(sent.value()))
                .toList();
    }

    /** Keys of the records published to a topic that say that nothing is known any more, in order. */
    public List<String> withoutValue(String topic) {
        return producer.history().stream()
                .filter(sent -> sent.topic().equals(topic) && sent.value() == null)
                .map(ProducerRecord::key)
                .toList();
    }

    /** Topic and type of everything published, in order: {@code migration.plans PlanProposed}. */
    public List<String> publications() {
        return producer.history().stream()
                .map(sent ->
                        sent.topic() + " " + decoded(sent.value()).getSchema().getName())
                .toList();
    }

    /** Facts published to a topic, in order. */
    public List<Fact.OfMigration> facts(String topic) {
        return published(topic).stream()
                .flatMap(record -> Messages.fact(record).stream())
                .toList();
    }

    /** The one fact published to a topic; none or several fail the test. */
    public <T extends Fact.OfMigration> T fact(String topic, Class<T> type) {
        var facts = facts(topic);
        if (facts.size() != 1 || !type.isInstance(facts.getFirst())) {
            throw new AssertionError("expected one " + type.getSimpleName() + " on " + topic + ", found " + facts);
        }
        return type.cast(facts.getFirst());
    }

    /** Keys of the records published to a topic, in order. */
    public List<String> keys(String topic) {
        return producer.history().stream()
                .filter(sent -> sent.topic().equals(topic))
                .map(ProducerRecord::key)
                .toList();
    }

    private SpecificRecord overTheWire(SpecificRecord value) {
        return decoded(wire.encode(value));
    }

    private SpecificRecord decoded(byte[] bytes) {
        if (wire.decode(bytes) instanceof Decoded.Message(var value)) {
            return value;
        }
        throw new AssertionError("published bytes that nobody can read");
    }
}
