package dev.migrator.kit.kafka;

import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;

/** Settings of all clients of the control cluster, made from one place. Immutable. */
public final class KafkaClients {
    private static final String BOOTSTRAP = "bootstrap.servers";

    /** Largest request a producer makes: the largest record that any of our topics takes, with its headers. */
    static final int MAX_REQUEST_BYTES = 5 << 20;

    private final Map<String, String> base;

    /** @param base settings shared by all clients, {@code bootstrap.servers} included */
    public KafkaClients(Map<String, String> base) {
        if (base.getOrDefault(BOOTSTRAP, "").isBlank()) {
            throw new ProblemException(Problem.of("CFG-MISSING", "no broker to connect to")
                    .about(BOOTSTRAP)
                    .expected("host:port")
                    .found("nothing")
                    .todo("set MIGRATOR_KAFKA_BOOTSTRAP_SERVERS"));
        }
        this.base = Map.copyOf(base);
    }

    /**
     * @param config a file of further client settings (security, mostly)
     * @throws ProblemException {@code CFG-FILE} if the file cannot be read
     */
    public static KafkaClients of(String bootstrapServers, Optional<Path> config) {
        Map<String, String> base = new TreeMap<>();
        config.ifPresent(file -> base.putAll(read(file)));
        base.put(BOOTSTRAP, bootstrapServers);
        return new KafkaClients(base);
    }

    private static Map<String, String> read(Path file) {
        var properties = new Properties();
        try (var reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new ProblemException(
                    Problem.of("CFG-FILE", "the file of client settings cannot be read")
                            .about(file.toString())
                            .expected("a readable .properties file")
                            .found(e.getClass().getSimpleName())
                            .todo("correct MIGRATOR_KAFKA_CLIENT_CONFIG or the file's permissions"),
                    e);
        }
        Map<String, String> settings = new TreeMap<>();
        properties.stringPropertyNames().forEach(name -> settings.put(name, properties.getProperty(name)));
        return settings;
    }

    public String bootstrapServers() {
        return base.get(BOOTSTRAP);
    }

    /** Settings every client needs; also what Kafka Streams starts from. */
    public Map<String, Object> common() {
        return new HashMap<>(base);
    }

    /** A client that answers or fails within 15 s. The caller closes it. */
    public Admin admin() {
        Map<String, Object> settings = common();
        settings.put("default.api.timeout.ms", 15_000);
        settings.put("request.timeout.ms", 10_000);
        return Admin.create(settings);
    }

    /**
     * A consumer's settings: read-committed, no commits by itself, from the start of the topic when it is new, other
     * members take over within about 6 s.
     */
    public Map<String, Object> consumer(String group) {
        Map<String, Object> settings = common();
        settings.put("group.id", group);
        settings.put("isolation.level", "read_committed");
        settings.put("enable.auto.commit", false);
        settings.put("auto.offset.reset", "earliest");
        settings.put("session.timeout.ms", 6_000);
        // survivors learn of a lost member with their next one: what a takeover waits for beyond the session time-out
        settings.put("heartbeat.interval.ms", 500);
        settings.put("max.poll.records", 200);
        settings.put("allow.auto.create.topics", false);
        settings.put("partition.assignment.strategy", "org.apache.kafka.clients.consumer.CooperativeStickyAssignor");
        return settings;
    }

    /** A producer's settings: idempotent, acknowledged by all, gives up after 30 s. */
    public Map<String, Object> producer() {
        Map<String, Object> settings = common();
        settings.put("acks", "all");
        settings.put("enable.idempotence", true);
        settings.put("linger.ms", 2);
        settings.put("delivery.timeout.ms", 30_000);
        settings.put("request.timeout.ms", 10_000);
        settings.put("max.block.ms", 15_000);
        settings.put("max.request.size", MAX_REQUEST_BYTES);
        return settings;
    }
}
