package dev.migrator.chaos.outside;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import dev.migrator.localstack.LocalStack;
import dev.migrator.localstack.server.KafkaSpec;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParser;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Keeps what the services say on their topics, as any client can read it: Avro in the Confluent wire format. */
public final class Journal implements AutoCloseable {
    public static final String BATCHES = "migration.batches";
    public static final String RESULTS = "migration.results";
    public static final String STATUS = "migration.status";
    public static final String AUDIT = "migration.audit";

    private static final List<String> TOPICS = List.of(BATCHES, RESULTS, STATUS, AUDIT);
    private static final int PARTITIONS = 12;
    private static final int HEADER_BYTES = 5;

    private final List<Said> all = new CopyOnWriteArrayList<>();
    private final Map<Integer, Schema> schemas = new HashMap<>();
    private final HttpClient http = HttpClient.newHttpClient();
    private final String registry;
    private final KafkaConsumer<String, byte[]> consumer;
    private final Thread reader;
    private volatile RuntimeException failure;
    private volatile boolean closed;

    public Journal(LocalStack stack) {
        registry = stack.registryUrl("control").replace("/apis/registry/v3", "/apis/ccompat/v7");
        Map<String, Object> config = new HashMap<>(stack.kafka("control").clientConfig(KafkaSpec.ADMIN));
        config.put("isolation.level", "read_committed");
        config.put("auto.offset.reset", "earliest");
        consumer = new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer());
        consumer.assign(TOPICS.stream()
                .flatMap(topic -> IntStream.range(0, PARTITIONS).mapToObj(number -> new TopicPartition(topic, number)))
                .toList());
        reader = Thread.ofPlatform().name("journal").daemon().start(this::read);
    }

    private void read() {
        try (consumer) {
            while (!closed) {
                var said = new ArrayList<Said>();
                for (var record : consumer.poll(Duration.ofMillis(200))) {
                    if (record.value() != null) {
                        said.add(new Said(
                                record.topic(),
                                record.partition(),
                                record.offset(),
                                Instant.ofEpochMilli(record.timestamp()),
                                decode(record)));
                    }
                }
                all.addAll(said);
            }
        } catch (WakeupException _) {
            // closed
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | IOException e) {
            failure = new IllegalStateException("the topics cannot be read any more", e);
        }
    }

    private GenericRecord decode(ConsumerRecord<String, byte[]> record) throws IOException, InterruptedException {
        var bytes = record.value();
        var schema = schema(ByteBuffer.wrap(bytes, 1, Integer.BYTES).getInt());
        var decoder = DecoderFactory.get().binaryDecoder(bytes, HEADER_BYTES, bytes.length - HEADER_BYTES, null);
        return new GenericDatumReader<GenericRecord>(schema).read(null, decoder);
    }

    /** Asks the registry the first time; while it is down, until it is back. */
    private Schema schema(int id) throws InterruptedException {
        while (!schemas.containsKey(id)) {
            try {
                var request = HttpRequest.newBuilder(URI.create(registry + "/schemas/ids/" + id))
                        .timeout(Duration.ofSeconds(5))
                        .build();
                var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
                if (answer.statusCode() == 200) {
                    var text = (Value.Text) ((Value.Obj) CanonicalJson.parse(answer.body())).get("schema");
                    schemas.put(id, new SchemaParser().parse(text.value()).mainSchema());
                    continue;
                }
            } catch (IOException _) {
                // it is down; that is what this is about
            }
            if (closed) {
                throw new InterruptedException("closed");
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
        return schemas.get(id);
    }

    /** What was said on that topic so far; in order within a partition. */
    public Stream<Said> on(String topic) {
        if (failure != null) {
            throw failure;
        }
        return all.stream().filter(said -> said.topic().equals(topic));
    }

    /** What was said on that topic about that migration, in order. */
    public List<Said> of(String topic, String migrationId) {
        return on(topic).filter(said -> said.isOf(migrationId)).toList();
    }

    /** The state that was said last of that migration, empty if nothing was. */
    public String state(String migrationId) {
        return of(STATUS, migrationId).stream()
                .reduce((_, later) -> later)
                .map(status -> status.text("state"))
                .orElse("");
    }

    /** Whether that migration ended. */
    public boolean ended(String migrationId) {
        return of(STATUS, migrationId).stream()
                .reduce((_, later) -> later)
                .map(status -> (boolean) status.event().get("ended"))
                .orElse(false);
    }

    @Override
    public void close() {
        closed = true;
        consumer.wakeup();
        reader.interrupt();
        try {
            reader.join(Duration.ofSeconds(10));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
