package dev.migrator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPInputStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Looks at everything that the other tests left behind. */
@EndToEnd
@Order(Integer.MAX_VALUE)
class SecretsTest {
    private static final String TELL_TALE = "no-secret-but-found";
    private static final int BLOCK = 1 << 20;

    private final SharedStack stack;
    private final Path folder;
    private final Map<String, byte[]> secrets = new TreeMap<>();
    private final List<String> found = new ArrayList<>();
    private int expandedChunks;

    SecretsTest(SharedStack stack) throws IOException {
        this.stack = stack;
        this.folder = stack.stack().layout().folder();
        var settings = new Properties();
        try (var in = Files.newInputStream(stack.stack().layout().config().resolve("stack.properties"))) {
            settings.load(in);
        }
        settings.forEach((name, value) -> {
            if (name.toString().matches("(password|token)\\..*|s3\\.secret-key")) {
                secrets.put(name.toString(), value.toString().getBytes(StandardCharsets.UTF_8));
            }
        });
        // and those that manifests named
        try (var files = Files.walk(stack.stack().layout().secrets())) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                secrets.put(file.toString(), Files.readString(file).strip().getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    // hashicorp/terraform#516: secrets in plain text in the state
    @Test
    void noPasswordIsInAnyTopicObjectLogOrWorkingFile() throws Exception {
        assertThat(secrets).hasSizeGreaterThan(15);
        secrets.put(TELL_TALE, "secrets-1".getBytes(StandardCharsets.UTF_8)); // proves that each place is really read
        stack.migrations().submit("secrets-1", "test", Bundles.of(Bundles.topic("secrets.orders")));
        stack.migrations().await("secrets-1", dev.migrator.core.lifecycle.MigrationState.SUCCEEDED);

        // all that the environment holds, in chunks that are compressed
        stack.migrations().snapshot("test", "secrets-snapshot");

        long records = scanTopics();
        long objects = scanFiles(stack.objects());
        long logs = scanFiles(folder.resolve("logs"));
        long working = 0;
        for (String service : List.of("executor", "planner", "snapshot", "verifier", "console")) {
            working += scanFiles(folder.resolve("data").resolve(service + "-service"));
        }

        assertThat(records).as("records read").isGreaterThan(20);
        assertThat(objects).as("objects read").isGreaterThan(3);
        assertThat(logs).as("logs read").isGreaterThanOrEqualTo(5);
        assertThat(working).as("working files read").isGreaterThan(3);
        assertThat(found).filteredOn(place -> place.startsWith(TELL_TALE)).hasSizeGreaterThan(10);
        assertThat(found).filteredOn(place -> !place.startsWith(TELL_TALE)).isEmpty();
        assertThat(expandedChunks).as("chunks of snapshots read").isGreaterThan(0);
    }

    /** Every topic of the control cluster, the internal ones of the lifecycle included, aborted records too. */
    private long scanTopics() {
        Map<String, Object> config =
                new HashMap<>(stack.stack().kafka("control").clientConfig("admin"));
        var read = new AtomicLong();
        try (var consumer = new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            var partitions = consumer.listTopics().values().stream()
                    .flatMap(List::stream)
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            long giveUp = System.nanoTime() + Duration.ofSeconds(60).toNanos();
            while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
                assertThat(System.nanoTime()).as("time for reading all topics").isLessThan(giveUp);
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    read.incrementAndGet();
                    String place = record.topic() + "-" + record.partition() + "@" + record.offset();
                    look(place, record.key());
                    look(place, record.value());
                    record.headers().forEach(header -> look(place + " " + header.key(), header.value()));
                }
            }
        }
        return read.get();
    }

    private long scanFiles(Path where) throws IOException {
        long files = 0;
        for (Path file : regularFiles(where)) {
            var place = folder.relativize(file).toString();
            try {
                try (var in = Files.newInputStream(file)) {
                    look(place, in);
                }
                if (isGzip(file)) { // such as chunks of snapshots
                    try (var in = new GZIPInputStream(Files.newInputStream(file))) {
                        look(place + " expanded", in);
                        expandedChunks++;
                    }
                }
                files++;
            } catch (NoSuchFileException _) {
                // a service tidied up meanwhile
            }
        }
        return files;
    }

    private static boolean isGzip(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return in.read() == 0x1f && in.read() == 0x8b;
        }
    }

    /** Block by block, as logs may be large; what lies across two blocks is seen in the second. */
    private void look(String place, InputStream in) throws IOException {
        int longest = secrets.values().stream()
                .mapToInt(secret -> secret.length)
                .max()
                .orElseThrow();
        var block = new byte[BLOCK];
        int kept = 0;
        for (int read = in.read(block, kept, BLOCK - kept); read > 0; read = in.read(block, kept, BLOCK - kept)) {
            int filled = kept + read;
            look(place, Arrays.copyOf(block, filled));
            kept = Math.min(longest - 1, filled);
            System.arraycopy(block, filled - kept, block, 0, kept);
        }
    }

    private static List<Path> regularFiles(Path where) throws IOException {
        try (var all = Files.walk(where)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    private void look(String place, byte[] bytes) {
        if (bytes == null) {
            return;
        }
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        secrets.forEach((name, secret) -> {
            if (text.contains(new String(secret, StandardCharsets.ISO_8859_1))) {
                found.add(name + " in " + place);
            }
        });
    }
}
