package dev.migrator.target.postgres;

import dev.migrator.core.environment.TargetConfig;
import dev.migrator.localstack.server.Folders;
import dev.migrator.localstack.server.PostgresServer;
import dev.migrator.localstack.server.PostgresSpec;
import dev.migrator.target.TargetException;
import dev.migrator.target.TargetWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** One real server for all test classes of a run; it ends with the JVM. */
final class TestDatabase {
    static final String TARGET = "config-db";
    static final String DATABASE = "config";
    static final Duration CALL_TIMEOUT = Duration.ofSeconds(20);

    private static PostgresServer server;

    private TestDatabase() {}

    static synchronized PostgresServer server() {
        if (server == null) {
            server = PostgresServer.start(folder("postgres"), PostgresSpec.of(DATABASE));
        }
        return server;
    }

    /** One set for each run; those of runs that are over are deleted by the next. */
    static Path folder(String name) {
        var root = Folders.make(Path.of("target", "servers").toAbsolutePath());
        try (var runs = Files.list(root)) {
            runs.filter(run -> ProcessHandle.of(Long.parseLong(run.getFileName().toString()))
                            .isEmpty())
                    .forEach(Folders::remove);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return root.resolve(String.valueOf(ProcessHandle.current().pid())).resolve(name);
    }

    static TargetConfig config() {
        return config(server().address(DATABASE), Optional.empty());
    }

    static TargetConfig config(String address, Optional<String> clusterId) {
        return new TargetConfig(
                TARGET, "postgresql", address, clusterId, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Credentials of the administrator, over a connection without encryption. */
    static Map<String, String> admin(String... tables) {
        return user(PostgresSpec.ADMIN, server().spec().password(), tables);
    }

    static Map<String, String> user(String name, String password, String... tables) {
        var properties = new HashMap<>(Map.of("username", name, "password", password, "sslmode", "disable"));
        if (tables.length > 0) {
            properties.put("tables", String.join(", ", tables));
        }
        return properties;
    }

    static TargetWriter writer(String... tables) throws TargetException {
        return new PostgresProvider().openWriter(config(), admin(tables), CALL_TIMEOUT);
    }

    /** A connection of its own, to look at the database and change it behind the target's back. */
    static Connection outsider() throws SQLException {
        return DriverManager.getConnection(
                server().jdbcUrl(DATABASE), PostgresSpec.ADMIN, server().spec().password());
    }

    static void run(String... statements) throws SQLException {
        try (var connection = outsider();
                var statement = connection.createStatement()) {
            for (var sql : statements) {
                var _ = statement.execute(sql);
            }
        }
    }

    static String ask(String sql) throws SQLException {
        try (var connection = outsider();
                var statement = connection.createStatement();
                var lines = statement.executeQuery(sql)) {
            return lines.next() ? lines.getString(1) : null;
        }
    }
}
