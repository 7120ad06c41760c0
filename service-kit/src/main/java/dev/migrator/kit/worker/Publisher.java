package dev.migrator.kit.worker;

import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.kit.Unavailable;
import dev.migrator.kit.avro.Outgoing;
import dev.migrator.kit.avro.Wire;
import dev.migrator.kit.kafka.KafkaUnavailable;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Publishes records with headers after CloudEvents' Kafka binding ({@code ce_id}, {@code ce_type}, {@code ce_source},
 * {@code ce_time}). Thread-safe.
 */
public final class Publisher implements AutoCloseable {
    private final Producer<String, byte[]> producer;
    private final Wire wire;
    private final String source;
    private final Clock clock;

    /**
     * @param config as {@link dev.migrator.kit.kafka.KafkaClients#producer()}
     * @param source who publishes, e.g. {@code planner}
     */
    public Publisher(Map<String, Object> config, Wire wire, String source, Clock clock) {
        this(new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer()), wire, source, clock);
    }

    /** With a producer of the caller's; closed with this. */
    public Publisher(Producer<String, byte[]> producer, Wire wire, String source, Clock clock) {
        this.producer = producer;
        this.wire = wire;
        this.source = source;
        this.clock = clock;
    }

    /**
     * Returns when the record is in the log.
     *
     * @throws ProblemException {@code PUB-OVERSIZED} if the record is too large, {@code PUB-REFUSED} if the broker refuses
     *     it: trying again does not help
     * @throws Unavailable if broker or registry do not answer: the record may be in the log or not
     */
    public RecordMetadata send(String topic, String key, SpecificRecord value) {
        try {
            return sendAsync(topic, key, value).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    /** As {@link #send(String, String, SpecificRecord)}. */
    public RecordMetadata send(Outgoing record) {
        return send(record.topic(), record.key(), record.value());
    }

    /** As {@link #send(String, String, SpecificRecord)}; the future ends with its exceptions. Order of calls is kept. */
    public CompletableFuture<RecordMetadata> sendAsync(String topic, String key, SpecificRecord value) {
        var type = value.getSchema();
        return send(type.getName() + " to " + topic, () -> record(topic, key, wire.encode(value), type.getFullName()));
    }

    /** Says in a compacted topic that nothing is known under a key any more. Otherwise as {@link #sendAsync}. */
    public CompletableFuture<RecordMetadata> forgetAsync(String topic, String key) {
        return send("a record without value to " + topic, () -> record(topic, key, null, "dev.migrator.forgotten"));
    }

    private CompletableFuture<RecordMetadata> send(String what, Supplier<ProducerRecord<String, byte[]>> record) {
        var sent = new CompletableFuture<RecordMetadata>();
        try {
            producer.send(record.get(), (metadata, error) -> {
                if (error == null) {
                    sent.complete(metadata);
                } else {
                    sent.completeExceptionally(translated(what, error));
                }
            });
        } catch (Unavailable | ProblemException e) {
            sent.completeExceptionally(e);
        } catch (KafkaException e) {
            sent.completeExceptionally(translated(what, e));
        }
        return sent;
    }

    private ProducerRecord<String, byte[]> record(String topic, String key, byte[] value, String type) {
        var record = new ProducerRecord<>(topic, key, value);
        header(record, "ce_specversion", "1.0");
        header(record, "ce_id", UUID.randomUUID().toString());
        header(record, "ce_type", type);
        header(record, "ce_source", source);
        header(record, "ce_time", clock.instant().toString());
        return record;
    }

    private static void header(ProducerRecord<String, byte[]> record, String name, String value) {
        record.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    private static RuntimeException translated(String thing, Exception error) {
        if (error instanceof RecordTooLargeException) {
            return new ProblemException(
                    Problem.of("PUB-OVERSIZED", "a record is too large to be published")
                            .about(thing)
                            .expected("at most the topic's max.message.bytes")
                            .found(String.valueOf(error.getMessage()))
                            .todo("make the change smaller, or put its bundle into the bucket"),
                    error);
        }
        if (error instanceof org.apache.kafka.common.errors.ApiException
                && !(error instanceof org.apache.kafka.common.errors.RetriableException)) {
            return new ProblemException(
                    Problem.of("PUB-REFUSED", "the broker refuses a record")
                            .about(thing)
                            .expected("the record in the log")
                            .found(error.getClass().getSimpleName() + ": " + error.getMessage())
                            .todo("check the rights of this service's user on the topic"),
                    error);
        }
        return new KafkaUnavailable("send " + thing, error);
    }

    /** Waits at most 10 s for what is under way. */
    @Override
    public void close() {
        producer.close(Duration.ofSeconds(10));
    }
}
