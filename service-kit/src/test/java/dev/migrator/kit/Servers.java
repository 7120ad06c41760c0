package dev.migrator.kit;

import dev.migrator.kit.avro.ApicurioSchemas;
import dev.migrator.kit.avro.Wire;
import dev.migrator.kit.kafka.KafkaClients;
import dev.migrator.kit.objects.MinioObjectStore;
import dev.migrator.kit.topics.TopicsBootstrap;
import dev.migrator.localstack.server.KafkaServers;
import dev.migrator.localstack.server.KafkaSpec;
import dev.migrator.localstack.server.RegistryServer;
import dev.migrator.localstack.server.RegistrySpec;
import dev.migrator.localstack.server.S3Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** A real broker, registry and S3 server, started together, once for all tests of the module. */
public final class Servers {
    private static final Path FOLDER = folder();
    private static final Servers ALL = new Servers();

    private final CompletableFuture<KafkaServers> kafka = CompletableFuture.supplyAsync(
            () -> KafkaServers.start(FOLDER.resolve("kafka"), List.of(KafkaSpec.of("control"))));
    private final CompletableFuture<RegistryServer> registry = CompletableFuture.supplyAsync(
            () -> RegistryServer.start(FOLDER.resolve("registry"), RegistrySpec.of("control")));
    private final CompletableFuture<S3Server> s3 =
            CompletableFuture.supplyAsync(() -> S3Server.start(FOLDER.resolve("s3"), "migrator"));
    private final CompletableFuture<KafkaClients> topics = kafka.thenApply(servers -> {
        var clients = new KafkaClients(servers.adminConfig("control"));
        try (var admin = clients.admin()) {
            TopicsBootstrap.ensure(admin);
        }
        return clients;
    });

    private Servers() {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(FOLDER)));
    }

    /** Clients of the broker, which has all topics. */
    public static KafkaClients kafka() {
        return ALL.topics.join();
    }

    /** The registry's core API. */
    public static String registryUrl() {
        return ALL.registry.join().url();
    }

    /** A wire of its own over the registry. */
    public static Wire wire() {
        return new Wire(new ApicurioSchemas(registryUrl()), workDir());
    }

    public static MinioObjectStore objects() {
        return objects(objectsEndpoint());
    }

    /** The same store at another address, such as a {@link Gate}'s. */
    public static MinioObjectStore objects(String endpoint) {
        var server = ALL.s3.join();
        return new MinioObjectStore(endpoint, "migrator", server.accessKey(), server.secretKey(), Optional.empty());
    }

    public static String objectsEndpoint() {
        return ALL.s3.join().endpoint();
    }

    /** A new, empty folder. */
    public static Path workDir() {
        try {
            return Files.createDirectories(
                    FOLDER.resolve("work").resolve(UUID.randomUUID().toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path folder() {
        try {
            return Files.createDirectories(
                    Path.of("target", "servers-" + ProcessHandle.current().pid()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) {
        try (var files = Files.walk(folder)) {
            files.sorted(java.util.Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException | UncheckedIOException e) {
            // servers that end at the same moment still write; the folder goes with the next clean
        }
    }
}
