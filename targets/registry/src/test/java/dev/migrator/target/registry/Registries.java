package dev.migrator.target.registry;

import dev.migrator.core.environment.TargetConfig;
import dev.migrator.localstack.server.RegistryServer;
import dev.migrator.localstack.server.RegistrySpec;
import dev.migrator.target.TargetWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;

/** Two real registries, started once for all tests of this module, at the same time. */
final class Registries {
    static final String TARGET = "registry";
    static final Duration CALL_TIMEOUT = Duration.ofSeconds(30);

    private static final CompletableFuture<RegistryServer> WITH_DELETION =
            start(RegistrySpec.of("with-deletion").withDeletion());
    private static final CompletableFuture<RegistryServer> AS_SHIPPED = start(RegistrySpec.of("as-shipped"));

    private Registries() {}

    /** Allows to delete artifacts and versions. */
    static String withDeletion() {
        return WITH_DELETION.join().url();
    }

    /** As it comes: answers 405 to a deletion. */
    static String asShipped() {
        return AS_SHIPPED.join().url();
    }

    static TargetConfig config(String url) {
        return new TargetConfig(
                TARGET,
                "apicurio-registry",
                url,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    static TargetWriter writer(String url) {
        try {
            return new RegistryTargetProvider().openWriter(config(url), Map.of(), CALL_TIMEOUT);
        } catch (dev.migrator.target.TargetException e) {
            throw new IllegalStateException(e);
        }
    }

    private static CompletableFuture<RegistryServer> start(RegistrySpec spec) {
        var starting = CompletableFuture.supplyAsync(
                () -> RegistryServer.start(folder(spec.name()), spec), Executors.newVirtualThreadPerTaskExecutor());
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            if (starting.isDone() && !starting.isCompletedExceptionally()) {
                starting.join().close();
            }
        }));
        return starting;
    }

    private static Path folder(String name) {
        try {
            var folder = Path.of("target", "registries", name);
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
