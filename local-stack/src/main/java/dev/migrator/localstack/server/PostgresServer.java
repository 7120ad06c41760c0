package dev.migrator.localstack.server;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A real PostgreSQL server that keeps its data in a folder. Thread-safe. */
public final class PostgresServer implements AutoCloseable {
    private static final Duration GRACE = Duration.ofSeconds(15);

    private final PostgresSpec spec;
    private final ServerProcess process;

    private PostgresServer(PostgresSpec spec, ServerProcess process) {
        this.spec = spec;
        this.process = process;
    }

    /**
     * Starts the server and waits until it lets somebody log in.
     *
     * @param folder takes data, settings and log; data that is there already is served, with the databases, users and
     *     passwords that it has
     * @throws LocalStackException if a given port is in use, or the process ends or is not ready in time
     */
    public static PostgresServer start(Path folder, PostgresSpec spec) {
        PostgresSpec claimed = spec.withClaimedPort();
        return new PostgresServer(claimed, ServerProcess.start(launch(Home.find(), folder, claimed)));
    }

    /** Starts it on a free port with a random password and these databases. */
    public static PostgresServer start(Path folder, String... databases) {
        return start(folder, PostgresSpec.of(databases));
    }

    /**
     * How to start the server; makes its data when there is none.
     *
     * @param spec with a real port
     */
    public static Launch launch(Home home, Path givenFolder, PostgresSpec spec) {
        Path folder = Folders.make(givenFolder.toAbsolutePath());
        Path programs = PostgresFiles.programs(home).resolve("bin");
        Unprivileged unprivileged = Unprivileged.of(folder);
        Path data = folder.resolve("data");
        if (!Files.exists(data.resolve("PG_VERSION"))) {
            makeData(programs, unprivileged, folder, spec);
        }
        List<String> command = new ArrayList<>(unprivileged.words());
        command.add(programs.resolve("postgres").toString());
        command.addAll(List.of("-D", data.toString()));
        settings(spec).forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
        return new Launch(
                "postgres",
                command,
                Map.of(),
                folder,
                folder.resolve("postgres.log"),
                new PostgresReadiness(spec.port()));
    }

    /** Made beside its place and moved there when it is whole, so that a start that was cut off leaves no half. */
    private static void makeData(Path programs, Unprivileged unprivileged, Path folder, PostgresSpec spec) {
        Path fresh = folder.resolve("data.new");
        Folders.remove(fresh);
        Path password = folder.resolve("password");
        Secrets.write(password, spec.password() + "\n");
        // the folder's owner may have to be nobody, and the file was made by root
        Unprivileged.of(folder);
        Steps.run(
                "initdb",
                with(
                        unprivileged,
                        programs.resolve("initdb").toString(),
                        "-D",
                        fresh.toString(),
                        "-U",
                        PostgresSpec.ADMIN,
                        "--auth=scram-sha-256",
                        "--pwfile=" + password,
                        "--encoding=UTF8",
                        "--no-locale",
                        "--no-sync"),
                folder,
                "");
        var statements = new StringBuilder();
        spec.users()
                .forEach((name, secret) -> statements.append(
                        "CREATE ROLE \"%s\" LOGIN PASSWORD '%s';%n".formatted(name, secret.replace("'", "''"))));
        spec.databases().forEach(name -> statements.append("CREATE DATABASE \"%s\";%n".formatted(name)));
        Path server = programs.resolve("postgres");
        run(server, unprivileged, folder, fresh, "postgres", statements.toString());
        if (!spec.statements().isEmpty()) {
            String all = String.join(";\n", spec.statements()) + ";\n";
            spec.databases().forEach(name -> run(server, unprivileged, folder, fresh, name, all));
        }
        try {
            Files.move(fresh, folder.resolve("data"));
            Files.delete(password);
        } catch (java.io.IOException e) {
            throw new LocalStackException(
                    LocalStackException.Code.LST_SYSTEM,
                    folder.toString(),
                    "a folder that can be changed",
                    e.toString(),
                    "look at its owner and the free space",
                    e);
        }
    }

    /** @param statements each on a line of its own */
    private static void run(
            Path server, Unprivileged unprivileged, Path folder, Path data, String database, String statements) {
        Steps.run(
                "postgres --single " + database,
                with(
                        unprivileged,
                        server.toString(),
                        "--single",
                        "-c",
                        "exit_on_error=true",
                        "-D",
                        data.toString(),
                        database),
                folder,
                statements);
    }

    private static List<String> with(Unprivileged unprivileged, String... command) {
        List<String> all = new ArrayList<>(unprivileged.words());
        all.addAll(List.of(command));
        return all;
    }

    private static Map<String, String> settings(PostgresSpec spec) {
        return new java.util.TreeMap<>(Map.of(
                "port", String.valueOf(spec.port()),
                "listen_addresses", Ports.HOST,
                "unix_socket_directories", "",
                // what a killed process leaves is read again; only a power cut would lose it
                "fsync", "off",
                "shared_buffers", "32MB",
                "max_connections", "60",
                // so that anybody can read out of its own log which rows were written
                "wal_level", "logical",
                "autovacuum_naptime", "1min"));
    }

    /** {@code postgresql://host:port/database}. */
    public String address(String database) {
        return spec.address(database);
    }

    /** For a JDBC driver. */
    public String jdbcUrl(String database) {
        return "jdbc:" + address(database) + "?sslmode=disable";
    }

    /** Its ports, names and passwords: what to start it with again. */
    public PostgresSpec spec() {
        return spec;
    }

    /** The process it runs in. */
    public ServerProcess process() {
        return process;
    }

    /** Ends it in good order without waiting for its clients. */
    @Override
    public void close() {
        ProcessHandle.of(process.pid()).ifPresent(handle -> {
            Steps.succeeds(List.of("kill", "-INT", String.valueOf(process.pid())));
            Waiting.untilGone(handle, GRACE);
        });
        process.kill();
    }
}
