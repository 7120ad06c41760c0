package dev.migrator.target.kafka;

import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.target.TargetException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * One record out and back. It stays in the topic, under a key that begins with {@value #KEY}. No consumer group is used,
 * so none is left behind and none is needed to be allowed.
 */
final class TopicRoundTrip {
    static final String KEY = "migrator-smoke-check-";
    static final String HEADER = "migrator-smoke-check";
    /** What a record is round its value: key, header, and the batch's own bytes, with room to spare. */
    private static final int ENVELOPE_BYTES = 4_096;

    private final KafkaConnection connection;
    private final String topic;
    private final int recordBytes;
    private final String id = UUID.randomUUID().toString();

    TopicRoundTrip(KafkaConnection connection, String topic, int recordBytes) {
        this.connection = connection;
        this.topic = topic;
        this.recordBytes = recordBytes;
    }

    /**
     * Takes at most three times the call time-out.
     *
     * @return evidence in one line
     * @throws ProblemException {@code CHK-…} if the topic cannot be used as asked
     */
    String run() throws TargetException {
        long start = System.nanoTime();
        requireTopic();
        byte[] value = value();
        RecordMetadata written = write(value);
        byte[] read = read(written);
        if (!Arrays.equals(value, read)) {
            throw new ProblemException(failed("CHK-CONTENT", "the record came back changed")
                    .expected(value.length + " bytes as written")
                    .found(read.length + " bytes, others than written"));
        }
        long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
        return "wrote %d bytes to %s-%d at offset %d and read the same back in %d ms"
                .formatted(recordBytes, topic, written.partition(), written.offset(), millis);
    }

    /** A producer waits for a topic that is not there until its time is up, and then says so badly. */
    private void requireTopic() throws TargetException {
        var asked = connection.admin().describeTopics(List.of(topic)).topicNameValues();
        switch (connection.awaitEach("describe topic " + topic, asked).get(topic)) {
            case Answer.Ok<?> _ -> {}
            case Answer.Err<?>(UnknownTopicOrPartitionException _), Answer.Err<?>(InvalidTopicException _) ->
                throw new ProblemException(failed("CHK-TOPIC", "the topic does not exist"));
            case Answer.Err<?>(var error) -> throw explained(error, "find");
        }
    }

    private RecordMetadata write(byte[] value) throws TargetException {
        var record = new ProducerRecord<>(topic, (KEY + id).getBytes(StandardCharsets.UTF_8), value);
        record.headers().add(HEADER, id.getBytes(StandardCharsets.UTF_8));
        try (var producer = new KafkaProducer<byte[], byte[]>(
                producerSettings(), new ByteArraySerializer(), new ByteArraySerializer())) {
            var sent = producer.send(record);
            RecordMetadata written =
                    sent.get(connection.settings().callTimeout().toMillis() * 2, TimeUnit.MILLISECONDS);
            producer.close(Duration.ZERO);
            return written;
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            throw explained(Faults.unwrap(e), "write to");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Faults.of("write to topic " + topic, e);
        }
    }

    private byte[] read(RecordMetadata written) {
        var partition = new TopicPartition(topic, written.partition());
        long deadline = System.nanoTime() + connection.settings().callTimeout().toNanos();
        try (var consumer = new KafkaConsumer<byte[], byte[]>(
                consumerSettings(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seek(partition, written.offset());
            while (System.nanoTime() < deadline) {
                for (var record : consumer.poll(Duration.ofMillis(200)).records(partition)) {
                    if (record.offset() == written.offset()) {
                        return requireOurs(record);
                    }
                }
            }
        } catch (KafkaException e) {
            throw explained(Faults.unwrap(e), "read from");
        }
        throw new ProblemException(failed("CHK-NOT-READ", "the record was written and did not come back in time")
                .expected("the record at offset " + written.offset() + " of partition " + written.partition())
                .found("nothing within " + connection.settings().callTimeout().toMillis() + " ms"));
    }

    private byte[] requireOurs(ConsumerRecord<byte[], byte[]> record) {
        var header = record.headers().lastHeader(HEADER);
        if (header == null || !Arrays.equals(header.value(), id.getBytes(StandardCharsets.UTF_8))) {
            throw new ProblemException(failed("CHK-CONTENT", "another record is where this one was written")
                    .expected("the header " + HEADER + " of this check")
                    .found(header == null ? "a record without it" : "that of another check"));
        }
        return record.value();
    }

    /** Bytes that do not compress away, so that the size asked for is the size sent. */
    private byte[] value() {
        byte[] value = new byte[recordBytes];
        new Random(id.hashCode()).nextBytes(value);
        return value;
    }

    private Map<String, Object> producerSettings() {
        var settings = new HashMap<>(connection.settings().properties());
        // the broker is asked whether it takes a record of that size, not the client's own limit
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, recordBytes + ENVELOPE_BYTES);
        settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, recordBytes + 2L * ENVELOPE_BYTES);
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 0);
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "none");
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        // asks for no right but the one to write; a repeated record does no harm here
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "false");
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        String bound = ClientSettings.millis(connection.settings().callTimeout());
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, bound);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, bound);
        return settings;
    }

    private Map<String, Object> consumerSettings() {
        var settings = new HashMap<>(connection.settings().properties());
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "1");
        settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, recordBytes + ENVELOPE_BYTES);
        return settings;
    }

    private ProblemException explained(Throwable error, String what) {
        return switch (error) {
            case RecordTooLargeException _ ->
                new ProblemException(failed("CHK-RECORD-TOO-LARGE", "the broker does not take a record of this size")
                        .expected("a record of " + recordBytes + " bytes is taken")
                        .found(Faults.text(error))
                        .todo("raise max.message.bytes of the topic, or ask for a smaller record"));
            case AuthorizationException _ ->
                new ProblemException(failed("CHK-DENIED", "the check's credential may not " + what + " the topic")
                        .expected("DESCRIBE, WRITE and READ on the topic")
                        .found(Faults.text(error)));
            default -> {
                var problem = Faults.problem(what + " topic " + topic, error);
                yield new ProblemException(failed("CHK-ROUND-TRIP", "the check could not " + what + " the topic")
                        .expected("one record out and back")
                        .found(problem.code() + " " + problem.message() + " " + problem.found()));
            }
        };
    }

    private Problem failed(String code, String message) {
        return Problem.of(code, message).about("topic " + topic);
    }
}
