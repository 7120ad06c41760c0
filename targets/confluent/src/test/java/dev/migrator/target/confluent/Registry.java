package dev.migrator.target.confluent;

import dev.migrator.core.environment.TargetConfig;
import dev.migrator.localstack.server.RegistryServer;
import dev.migrator.localstack.server.RegistrySpec;
import dev.migrator.target.TargetException;
import dev.migrator.target.TargetWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** A real Apicurio Registry, started once for all tests of this module, as it comes: its API of version 3 forbids deletion. */
final class Registry {
    static final String TARGET = "subjects";

    private static final RegistryServer SERVER = start();

    private Registry() {}

    /** Its Confluent API. */
    static String url() {
        return SERVER.url().replace("/apis/registry/v3", "/apis/ccompat/v7");
    }

    static TargetConfig config(String url) {
        return new TargetConfig(
                TARGET,
                "confluent-registry",
                url,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    static TargetWriter writer(String url) {
        try {
            return new ConfluentProvider().openWriter(config(url), Map.of(), Duration.ofSeconds(20));
        } catch (TargetException e) {
            throw new IllegalStateException(e);
        }
    }

    private static RegistryServer start() {
        try {
            var folder = Files.createDirectories(Path.of("target", "registry"));
            var server = RegistryServer.start(folder, RegistrySpec.of("subjects"));
            Runtime.getRuntime().addShutdownHook(new Thread(server::close));
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
