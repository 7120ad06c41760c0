package dev.migrator.target.connect;

import dev.migrator.core.environment.TargetConfig;
import dev.migrator.localstack.server.ConnectServer;
import dev.migrator.localstack.server.ConnectSpec;
import dev.migrator.localstack.server.KafkaServers;
import dev.migrator.localstack.server.KafkaSpec;
import dev.migrator.target.TargetException;
import dev.migrator.target.TargetWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A real broker and a real worker, started once for all tests of this module. */
final class Workers {
    static final String TARGET = "connect";
    static final Duration CALL_TIMEOUT = Duration.ofSeconds(60);

    private static final String CLUSTER = "target-connect";
    private static KafkaServers kafka;
    private static ConnectServer shared;

    private Workers() {}

    static synchronized KafkaServers kafka() {
        if (kafka == null) {
            kafka = KafkaServers.start(folder("broker"), List.of(KafkaSpec.of(CLUSTER)));
        }
        return kafka;
    }

    static synchronized ConnectServer shared() {
        if (shared == null) {
            shared = start(spec("shared"));
        }
        return shared;
    }

    /** Of a Connect cluster of that name, on a free port. */
    static ConnectSpec spec(String name) {
        return ConnectSpec.of(name, kafka().adminConfig(CLUSTER));
    }

    /** One more worker; whoever starts it closes it. */
    static ConnectServer start(ConnectSpec spec) {
        return ConnectServer.start(folder(spec.name()), spec);
    }

    static Map<String, Object> kafkaClient() {
        return Map.copyOf(kafka().adminConfig(CLUSTER));
    }

    static String clusterId() {
        return kafka().clusterId(CLUSTER);
    }

    static TargetConfig config(String url) {
        return config(url, Optional.empty());
    }

    static TargetConfig config(String url, Optional<String> clusterId) {
        return new TargetConfig(
                TARGET, "kafka-connect", url, clusterId, Optional.empty(), Optional.empty(), Optional.empty());
    }

    static TargetWriter writer(String url) {
        return writer(url, CALL_TIMEOUT);
    }

    static TargetWriter writer(String url, Duration callTimeout) {
        try {
            return new ConnectTargetProvider().openWriter(config(url), Map.of(), callTimeout);
        } catch (TargetException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A new one below the build's folder. */
    static Path folder(String name) {
        try {
            Files.createDirectories(Path.of("target", "workers"));
            return Files.createTempDirectory(Path.of("target", "workers").toAbsolutePath(), name + "-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
