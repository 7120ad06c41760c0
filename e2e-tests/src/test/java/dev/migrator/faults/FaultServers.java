package dev.migrator.faults;

import dev.migrator.core.environment.Environment;
import dev.migrator.core.environment.Protection;
import dev.migrator.core.environment.TargetConfig;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.localstack.server.Home;
import dev.migrator.localstack.server.KafkaServers;
import dev.migrator.localstack.server.KafkaSpec;
import dev.migrator.localstack.server.RegistryServer;
import dev.migrator.localstack.server.RegistrySpec;
import dev.migrator.target.TargetException;
import dev.migrator.target.TargetProvider;
import dev.migrator.target.TargetReader;
import dev.migrator.target.TargetWriter;
import dev.migrator.target.kafka.KafkaProvider;
import dev.migrator.target.registry.RegistryTargetProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** A real broker and a real registry, the environments that lead to them, and who may do what there. */
final class FaultServers implements AutoCloseable {
    static final Duration CALL = Duration.ofSeconds(20);
    private static final String CLUSTER = "faults";

    private final KafkaServers kafka;
    private final RegistryServer registry;
    private final Map<String, TargetProvider> providers =
            Map.of("kafka", new KafkaProvider(), "apicurio-registry", new RegistryTargetProvider());
    private final Map<String, TargetWriter> admins = new TreeMap<>();

    private FaultServers(KafkaServers kafka, RegistryServer registry) throws TargetException {
        this.kafka = kafka;
        this.registry = registry;
        for (var target : List.of("kafka", "registry")) {
            admins.put(target, writer(target, "admin"));
        }
    }

    static FaultServers start() throws IOException, TargetException {
        var folder = Home.find().root().resolve("e2e-tests/target/faults");
        var kafka = KafkaServers.start(
                Files.createDirectories(folder.resolve("kafka")),
                List.of(KafkaSpec.of(CLUSTER).withUsers("watcher", "elsewhere", "nobody")));
        var registry =
                RegistryServer.start(Files.createDirectories(folder.resolve("registry")), RegistrySpec.of(CLUSTER));
        return new FaultServers(kafka, registry);
    }

    /** The one who may everything; open for as long as the servers. */
    TargetWriter admin(String target) {
        return admins.get(target);
    }

    TargetReader reader(TargetConfig config) throws TargetException {
        return providers.get(config.type()).openReader(config, credentials(config, "admin"), CALL);
    }

    /** The caller closes it. */
    TargetWriter writer(String target, String user) throws TargetException {
        var config = environment(Fault.Where.PRODUCTION).target(target).orElseThrow();
        return providers.get(config.type()).openWriter(config, credentials(config, user), CALL);
    }

    private Map<String, String> credentials(TargetConfig config, String user) {
        if (!config.type().equals("kafka")) {
            return Map.of();
        }
        return switch (user) {
            case "admin" -> kafka.adminConfig(CLUSTER);
            case "impostor" -> {
                var wrong = new HashMap<>(kafka.clientConfig(CLUSTER, "nobody"));
                wrong.computeIfPresent(
                        "sasl.jaas.config",
                        (_, login) -> login.replaceAll("password=\"[^\"]*\"", "password=\"wrong\""));
                yield wrong;
            }
            default -> kafka.clientConfig(CLUSTER, user);
        };
    }

    Environment environment(Fault.Where where) {
        var cluster = target("kafka", "kafka", kafka.bootstrap(CLUSTER), Optional.of(kafka.clusterId(CLUSTER)));
        var schemas = target("registry", "apicurio-registry", registry.url(), Optional.empty());
        var targets = switch (where) {
            case PRODUCTION -> List.of(cluster, schemas);
            case WRONG_CLUSTER ->
                List.of(
                        target("kafka", "kafka", kafka.bootstrap(CLUSTER), Optional.of("another-cluster-0000")),
                        schemas);
            case REGISTRY_WITH_ID ->
                List.of(cluster, target("registry", "apicurio-registry", registry.url(), Optional.of("some-id")));
            case WITHOUT_KAFKA -> List.of(schemas);
            case WITH_TWO_CLUSTERS ->
                List.of(cluster, target("other", "kafka", "127.0.0.1:1", Optional.empty()), schemas);
        };
        return new Environment("production", 2, Protection.PROTECTED, "here", targets);
    }

    private static TargetConfig target(String name, String type, String address, Optional<String> id) {
        return new TargetConfig(name, type, address, id, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** All that broker and registry show. */
    Map<EntryKey, EntryState> everything() throws TargetException {
        var all = new TreeMap<EntryKey, EntryState>();
        for (var kind : List.of("topic", "acl")) {
            try (var keys = admin("kafka").list(kind)) {
                all.putAll(admin("kafka").readAll(new TreeSet<>(keys.toList())));
            }
        }
        for (var kind : List.of("artifact", "artifact-version")) {
            try (var keys = admin("registry").list(kind)) {
                all.putAll(admin("registry").readAll(new TreeSet<>(keys.toList())));
            }
        }
        return all;
    }

    @Override
    public void close() {
        admins.values().forEach(TargetWriter::close);
        registry.close();
        kafka.close();
    }
}
