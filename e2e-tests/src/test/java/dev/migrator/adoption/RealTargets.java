package dev.migrator.adoption;

import dev.migrator.localstack.server.KafkaServers;
import dev.migrator.localstack.server.KafkaSpec;
import dev.migrator.localstack.server.RegistryServer;
import dev.migrator.localstack.server.RegistrySpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;

/** Two real brokers and a real registry for all tests of this package, and files that describe them. */
final class RealTargets {
    static final String TEST = "test";
    static final String PRODUCTION = "production";
    /** Filled by {@link FullCluster} alone. */
    static final String FULL = "full";

    /** Holds nothing until {@link FullClusterTest} makes it the same as the full one. */
    static final String EMPTY = "empty";

    /** May do nothing until ACLs say otherwise. */
    static final String READER = "reader";

    static final String STRANGER = "stranger";

    private static KafkaServers brokers;
    private static RegistryServer registry;

    private RealTargets() {}

    static synchronized KafkaServers brokers() {
        if (brokers == null) {
            brokers = KafkaServers.start(
                    folder("brokers"),
                    List.of(
                            KafkaSpec.of(TEST).withUsers(READER, STRANGER),
                            KafkaSpec.of(PRODUCTION).withUsers(READER, STRANGER),
                            KafkaSpec.of(FULL),
                            KafkaSpec.of(EMPTY)));
        }
        return brokers;
    }

    static synchronized RegistryServer registry() {
        if (registry == null) {
            registry = RegistryServer.start(folder("registry"), RegistrySpec.of("adoption"));
            Runtime.getRuntime().addShutdownHook(new Thread(registry::close));
        }
        return registry;
    }

    /** A client of its own, to set things up behind the product's back. */
    static Admin admin(String cluster) {
        return Admin.create(Map.<String, Object>copyOf(brokers().adminConfig(cluster)));
    }

    /** A targets file for that cluster and that user. */
    static Path targetsFile(Path folder, String cluster, String user) {
        return targetsFile(
                folder,
                cluster,
                brokers().bootstrap(cluster),
                brokers().clusterId(cluster),
                brokers().clientConfig(cluster, user));
    }

    static Path targetsFile(
            Path folder, String environment, String address, String clusterId, Map<String, String> credentials) {
        return write(
                folder,
                environment,
                """
                    apiVersion: migrator.dev/v1
                    kind: Targets
                    environment: %s
                    targets:
                      - name: kafka
                        type: kafka
                        address: %s
                    %s    credentials: kafka.properties
                    """.formatted(environment, address, clusterId.isEmpty() ? "" : "    clusterId: " + clusterId + "\n"),
                credentials);
    }

    /** The same with the registry beside the cluster. */
    static Path withRegistry(Path folder, String cluster, String user) {
        return write(
                folder,
                cluster,
                """
                    apiVersion: migrator.dev/v1
                    kind: Targets
                    environment: %s
                    targets:
                      - name: kafka
                        type: kafka
                        address: %s
                        clusterId: %s
                        credentials: kafka.properties
                      - name: registry
                        type: apicurio-registry
                        address: %s
                    """.formatted(
                                cluster,
                                brokers().bootstrap(cluster),
                                brokers().clusterId(cluster),
                                registry().url()),
                brokers().clientConfig(cluster, user));
    }

    private static Path write(Path folder, String environment, String yaml, Map<String, String> credentials) {
        try {
            var own = Files.createTempDirectory(folder, environment);
            var properties = new Properties();
            properties.putAll(credentials);
            try (var out = Files.newOutputStream(own.resolve("kafka.properties"))) {
                properties.store(out, null);
            }
            Files.setPosixFilePermissions(
                    own.resolve("kafka.properties"),
                    java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
            return Files.writeString(own.resolve("targets.yaml"), yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path folder(String name) {
        try {
            return Files.createTempDirectory(Files.createDirectories(Path.of("target", "adoption")), name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
