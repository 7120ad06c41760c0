package dev.migrator.kit.deadletters;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.error.Problem;
import dev.migrator.kit.kafka.KafkaUnavailable;
import dev.migrator.kit.objects.ObjectKeys;
import dev.migrator.kit.objects.ObjectStore;
import dev.migrator.kit.topics.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Keeps records that could not be read: the bytes as they came, and in headers where from and why. Thread-safe. */
public final class DeadLetters implements AutoCloseable {
    /** Above this the bytes lie in the object store, and the header {@value #URI} names them. */
    public static final int MOST_INLINE_BYTES = 512 << 10;

    public static final String TOPIC = "dl_topic";
    public static final String PARTITION = "dl_partition";
    public static final String OFFSET = "dl_offset";
    public static final String TIMESTAMP = "dl_timestamp";
    public static final String SERVICE = "dl_service";
    public static final String CODE = "dl_code";
    public static final String REASON = "dl_reason";
    public static final String THING = "dl_thing";
    public static final String EXPECTED = "dl_expected";
    public static final String FOUND = "dl_found";
    public static final String TODO = "dl_todo";
    public static final String URI = "dl_uri";
    public static final String DIGEST = "dl_digest";

    private static final int MOST_TEXT = 2_000;
    private static final int MOST_KEPT_HEADER_BYTES = 16 << 10;
    private static final long PATIENCE_SECONDS = 60;

    private final Producer<byte[], byte[]> producer;
    private final ObjectStore objects;
    private final String service;

    /**
     * @param config as {@link dev.migrator.kit.kafka.KafkaClients#producer()}
     * @param service who could not read the record
     */
    public DeadLetters(Map<String, Object> config, ObjectStore objects, String service) {
        this(new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer()), objects, service);
    }

    DeadLetters(Producer<byte[], byte[]> producer, ObjectStore objects, String service) {
        this.producer = producer;
        this.objects = objects;
        this.service = service;
    }

    /**
     * Returns when the letter is in the log. Published again it is there twice; nothing else happens.
     *
     * @throws dev.migrator.kit.Unavailable if the broker, or for large records the object store, does not answer
     */
    public void publish(ConsumerRecord<byte[], byte[]> origin, Problem problem) {
        byte[] value = origin.value();
        Headers headers = headers(
                service,
                origin.topic(),
                origin.partition(),
                origin.offset(),
                origin.timestamp(),
                origin.headers(),
                problem);
        if (value != null && value.length > MOST_INLINE_BYTES) {
            Digest digest = Digest.of(value);
            String key = ObjectKeys.deadLetter(origin.topic(), origin.partition(), origin.offset(), digest);
            objects.put(key, value);
            add(headers, URI, key);
            add(headers, DIGEST, digest.toString());
            value = null;
        }
        send(new ProducerRecord<>(Topics.DEAD_LETTERS, null, origin.key(), value, headers));
    }

    /**
     * The headers of a dead letter, for whoever writes the record itself (a Kafka Streams topology). The record's own
     * headers come along while they are small.
     */
    public static Headers headers(
            String service,
            String topic,
            int partition,
            long offset,
            long timestamp,
            Iterable<Header> original,
            Problem problem) {
        var headers = new RecordHeaders();
        int kept = 0;
        for (Header header : original) {
            kept += header.key().length() + (header.value() == null ? 0 : header.value().length);
            if (kept <= MOST_KEPT_HEADER_BYTES && !header.key().startsWith("dl_")) {
                headers.add(header);
            }
        }
        add(headers, TOPIC, topic);
        add(headers, PARTITION, String.valueOf(partition));
        add(headers, OFFSET, String.valueOf(offset));
        add(headers, TIMESTAMP, String.valueOf(timestamp));
        add(headers, SERVICE, service);
        add(headers, CODE, problem.code());
        add(headers, REASON, problem.message());
        add(headers, THING, problem.thing());
        add(headers, EXPECTED, problem.expected());
        add(headers, FOUND, problem.found());
        add(headers, TODO, problem.todo());
        return headers;
    }

    private void send(ProducerRecord<byte[], byte[]> letter) {
        try {
            producer.send(letter).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new KafkaUnavailable("send to " + letter.topic(), e.getCause());
        } catch (KafkaException | TimeoutException e) {
            throw new KafkaUnavailable("send to " + letter.topic(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaUnavailable("send to " + letter.topic(), e);
        }
    }

    private static void add(Headers headers, String name, String text) {
        String bounded = text.length() > MOST_TEXT ? text.substring(0, MOST_TEXT) + "…" : text;
        headers.add(name, bounded.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(10));
    }
}
