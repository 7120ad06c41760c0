package dev.migrator.e2e;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParser;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * A system that tells how many errors it had, as any monitored one may: with Kafka's client, Avro, and the registry's
 * Confluent-compatible API, and nothing of the product.
 */
final class MonitoredSource implements AutoCloseable {
    private final String environment;
    private final int schemaId;
    private final Schema schema;
    private final KafkaProducer<String, byte[]> producer;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

    /**
     * @param kafka settings of a Kafka client, {@code bootstrap.servers} included
     * @param registryUrl the control registry, {@code …/apis/registry/v3}
     */
    MonitoredSource(Map<String, ?> kafka, String registryUrl, String environment)
            throws IOException, InterruptedException {
        this.environment = environment;
        var latest = new ObjectMapper()
                .readTree(HttpClient.newHttpClient()
                        .send(
                                HttpRequest.newBuilder(
                                                URI.create(
                                                        registryUrl.replace("/apis/registry/v3", "/apis/ccompat/v7")
                                                                + "/subjects/dev.migrator.events.v1.HealthSample/versions/latest"))
                                        .build(),
                                HttpResponse.BodyHandlers.ofString())
                        .body());
        this.schemaId = latest.get("id").asInt();
        this.schema = new SchemaParser().parse(latest.get("schema").asText()).mainSchema();
        this.producer = new KafkaProducer<>(
                new HashMap<String, Object>(kafka), new StringSerializer(), new ByteArraySerializer());
    }

    /** From now on it says every second that all is well. */
    MonitoredSource steady() {
        timer.scheduleAtFixedRate(() -> send(0), 0, 1, TimeUnit.SECONDS);
        return this;
    }

    /** Once; returns when it is in the log. */
    void measure(double errors) throws Exception {
        send(errors).get(30, TimeUnit.SECONDS);
    }

    private Future<?> send(double errors) {
        var sample = new GenericData.Record(schema);
        sample.put("source", "checkout-service");
        sample.put("environment", environment);
        sample.put("metric", "errors");
        sample.put("value", errors);
        sample.put("unit", "1");
        sample.put("attributes", Map.of("route", "/pay"));
        sample.put("measuredAt", Instant.now().toEpochMilli());
        return producer.send(new ProducerRecord<>("migration.signals", "checkout-service", bytes(sample)));
    }

    private byte[] bytes(GenericRecord sample) {
        try {
            var out = new ByteArrayOutputStream();
            out.write(0);
            out.writeBytes(ByteBuffer.allocate(4).putInt(schemaId).array());
            var encoder = EncoderFactory.get().binaryEncoder(out, null);
            new GenericDatumWriter<GenericRecord>(schema).write(sample, encoder);
            encoder.flush();
            return out.toByteArray();
        } catch (IOException e) {
            throw new IllegalStateException("into memory", e);
        }
    }

    /** Falls silent. */
    @Override
    public void close() {
        timer.shutdownNow();
        producer.close();
    }
}
