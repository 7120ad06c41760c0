package dev.migrator.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParser;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Starts a migration and follows it with an ordinary Kafka client: nothing of the product is needed, only the Kafka
 * client, Avro, and the registry's Confluent-compatible API for schemas and their ids.
 */
public final class PublishAChange {
    private final Map<String, Object> kafka;
    private final String schemas;
    private final HttpClient http = HttpClient.newHttpClient();

    /**
     * @param kafka settings of a Kafka client, {@code bootstrap.servers} included
     * @param registryUrl the control registry, {@code …/apis/registry/v3}
     */
    public PublishAChange(Map<String, ?> kafka, String registryUrl) {
        this.kafka = new HashMap<>(kafka);
        this.schemas = registryUrl.replace("/apis/registry/v3", "/apis/ccompat/v7");
    }

    /** Arguments: id, environment, commit, and the file that {@code migrator package} wrote. */
    public static void main(String... args) throws Exception {
        Properties kafka = new Properties();
        try (var settings = Files.newInputStream(Path.of(System.getenv("MIGRATOR_KAFKA_CLIENT_CONFIG")))) {
            kafka.load(settings);
        }
        Map<String, Object> config = new HashMap<>();
        kafka.forEach((name, value) -> config.put(name.toString(), value));
        config.put("bootstrap.servers", System.getenv("MIGRATOR_KAFKA_BOOTSTRAP_SERVERS"));
        PublishAChange client = new PublishAChange(config, System.getenv("MIGRATOR_REGISTRY_URL"));
        client.publish(client.change(args[0], args[1], args[2], Files.readAllBytes(Path.of(args[3]))));
        client.follow(args[0], Duration.ofMinutes(10), status -> System.out.println(status.get("state")));
    }

    /** The event that asks for a migration. Publishing it twice starts one; the id is ours to choose. */
    public GenericRecord change(String id, String environment, String commit, byte[] bundle) throws Exception {
        JsonNode latest = get("/subjects/dev.migrator.events.v1.ChangeRequested/versions/latest");
        Schema schema = new SchemaParser().parse(latest.get("schema").asText()).mainSchema();
        GenericRecord change = new GenericData.Record(schema);
        change.put("migrationId", id);
        change.put("environment", environment);
        change.put("commit", commit);
        change.put("requester", "a script");
        change.put(
                "intent", new GenericData.EnumSymbol(schema.getField("intent").schema(), "APPLY"));
        change.put("bundle", ByteBuffer.wrap(bundle));
        change.put(
                "bundleDigest",
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bundle)));
        return change;
    }

    /** Publishes it; once this returns it is in the log. The key may be anything. */
    public void publish(GenericRecord change) throws Exception {
        int id = get("/subjects/" + change.getSchema().getFullName() + "/versions/latest")
                .get("id")
                .asInt();
        try (var producer = new KafkaProducer<>(kafka, new StringSerializer(), new ByteArraySerializer())) {
            var key = change.get("migrationId").toString();
            producer.send(new ProducerRecord<>("migration.changes", key, bytes(id, change)))
                    .get();
        }
    }

    /** Hands over each status of the migration until one says that it ended. */
    public void follow(String id, Duration atMost, Consumer<GenericRecord> reader) throws Exception {
        Map<String, Object> config = new HashMap<>(kafka);
        config.put("group.id", "requester-" + UUID.randomUUID());
        config.put("auto.offset.reset", "earliest");
        config.put("isolation.level", "read_committed");
        Map<Integer, Schema> known = new HashMap<>();
        try (var consumer = new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(List.of("migration.status"));
            for (long end = System.nanoTime() + atMost.toNanos(); System.nanoTime() - end < 0; ) {
                for (var record : consumer.poll(Duration.ofMillis(200))) {
                    if (id.equals(record.key())) {
                        GenericRecord status = read(record.value(), known);
                        reader.accept(status);
                        if ((boolean) status.get("ended")) {
                            return;
                        }
                    }
                }
            }
        }
        throw new IllegalStateException("migration " + id + " did not end within " + atMost);
    }

    /** The Confluent wire format: a zero byte, the schema's id in four bytes, the record in Avro's binary form. */
    private static byte[] bytes(int schemaId, GenericRecord record) throws IOException {
        var out = new ByteArrayOutputStream();
        out.write(0);
        out.writeBytes(ByteBuffer.allocate(4).putInt(schemaId).array());
        var encoder = EncoderFactory.get().binaryEncoder(out, null);
        new GenericDatumWriter<GenericRecord>(record.getSchema()).write(record, encoder);
        encoder.flush();
        return out.toByteArray();
    }

    private GenericRecord read(byte[] bytes, Map<Integer, Schema> known) throws Exception {
        int id = ByteBuffer.wrap(bytes, 1, 4).getInt();
        if (!known.containsKey(id)) {
            String text = get("/schemas/ids/" + id).get("schema").asText();
            known.put(id, new SchemaParser().parse(text).mainSchema());
        }
        var decoder = DecoderFactory.get().binaryDecoder(bytes, 5, bytes.length - 5, null);
        return new GenericDatumReader<GenericRecord>(known.get(id)).read(null, decoder);
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        var answer = http.send(
                HttpRequest.newBuilder(URI.create(schemas + path)).build(), HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException(path + " answers " + answer.statusCode() + ": " + answer.body());
        }
        return new ObjectMapper().readTree(answer.body());
    }
}
