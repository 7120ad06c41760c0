package dev.migrator.localstack.server;

import java.io.File;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A real worker of Kafka Connect, distributed mode, in a child process: the connectors of files, the JSON and text
 * converters and the transforms of Kafka itself. Thread-safe.
 */
public final class ConnectServer implements AutoCloseable {
    private static final String MAIN = "org.apache.kafka.connect.cli.ConnectDistributed";
    private static final String BASIC_AUTH =
            "org.apache.kafka.connect.rest.basic.auth.extension.BasicAuthSecurityRestExtension";
    private static final String LOGIN_MODULE =
            "org.apache.kafka.connect.rest.basic.auth.extension.PropertyFileLoginModule";
    private static final int HEAP_MEGABYTES = 192;

    private final ConnectSpec spec;
    private final Path folder;
    private final ServerProcess process;

    private ConnectServer(ConnectSpec spec, Path folder, ServerProcess process) {
        this.spec = spec;
        this.folder = folder.toAbsolutePath();
        this.process = process;
    }

    /**
     * Starts the worker and waits until it is a member of its group and can be asked.
     *
     * @param folder takes settings, log, and what its connectors may read as secrets; what workers keep is in Kafka
     * @throws LocalStackException if a given port is in use, or the process ends or is not ready in time
     */
    public static ConnectServer start(Path folder, ConnectSpec spec) {
        ConnectSpec claimed = spec.withClaimedPort();
        return new ConnectServer(claimed, folder, ServerProcess.start(launch(Home.find(), folder, claimed)));
    }

    /**
     * How to start the worker; writes its settings.
     *
     * @param spec with a real port
     */
    public static Launch launch(Home home, Path givenFolder, ConnectSpec spec) {
        Path folder = givenFolder.toAbsolutePath();
        Folders.make(secrets(folder));
        Path settings = folder.resolve("connect.properties");
        Secrets.write(settings, PropertyText.of(settings(folder, spec)));
        List<String> command = Jvm.command(HEAP_MEGABYTES, folder.resolve("tmp"));
        Path classes = home.connectSettings();
        command.add("-Djava.util.logging.config.file=" + classes.resolve("logging.properties"));
        if (!spec.users().isEmpty()) {
            command.add("-Djava.security.auth.login.config=" + logins(folder, spec));
        }
        command.addAll(List.of(
                "-cp", classes + File.pathSeparator + home.server("connect").resolve("*"), MAIN, settings.toString()));
        return new Launch(
                "connect (" + spec.name() + ")",
                command,
                Map.of(),
                folder,
                folder.resolve("connect.log"),
                Readiness.http(spec.url() + "/health", spec.users(), 200));
    }

    private static Path logins(Path folder, ConnectSpec spec) {
        Path passwords = folder.resolve("users.properties");
        Secrets.write(passwords, PropertyText.of(spec.users()));
        Path logins = folder.resolve("logins.conf");
        Secrets.write(logins, "KafkaConnect {\n  %s required file=\"%s\";\n};\n".formatted(LOGIN_MODULE, passwords));
        return logins;
    }

    private static Map<String, String> settings(Path folder, ConnectSpec spec) {
        Map<String, String> settings = new LinkedHashMap<>();
        for (String client : List.of("", "producer.", "consumer.", "admin.")) {
            spec.kafka().forEach((key, value) -> settings.put(client + key, value));
        }
        settings.put("group.id", "connect-cluster-" + spec.name());
        for (String store : List.of("config", "offset", "status")) {
            settings.put(store + ".storage.topic", "connect-" + spec.name() + "-" + store + "s");
            settings.put(store + ".storage.replication.factor", "1");
        }
        settings.put("listeners", spec.url());
        settings.put("rest.advertised.host.name", Ports.HOST);
        settings.put("rest.advertised.port", String.valueOf(spec.port()));
        settings.put("config.providers", "file,directory");
        provider(settings, "file", "FileConfigProvider", folder);
        provider(settings, "directory", "DirectoryConfigProvider", folder);
        if (!spec.users().isEmpty()) {
            settings.put("rest.extension.classes", BASIC_AUTH);
        }
        settings.putAll(SMALL);
        return settings;
    }

    private static void provider(Map<String, String> settings, String name, String type, Path folder) {
        String provider = "config.providers." + name;
        settings.put(provider + ".class", "org.apache.kafka.common.config.provider." + type);
        settings.put(provider + ".param.allowed.paths", secrets(folder).toString());
    }

    private static Path secrets(Path folder) {
        return folder.resolve("secrets");
    }

    /** Few partitions, no waiting for members that will never come, offsets committed at once. */
    private static final Map<String, String> SMALL = Map.ofEntries(
            Map.entry("offset.storage.partitions", "1"),
            Map.entry("status.storage.partitions", "1"),
            Map.entry("key.converter", "org.apache.kafka.connect.storage.StringConverter"),
            Map.entry("value.converter", "org.apache.kafka.connect.storage.StringConverter"),
            Map.entry("offset.flush.interval.ms", "500"),
            Map.entry("scheduled.rebalance.max.delay.ms", "0"),
            Map.entry("heartbeat.interval.ms", "500"),
            Map.entry("session.timeout.ms", "6000"),
            Map.entry("rebalance.timeout.ms", "10000"),
            Map.entry("task.shutdown.graceful.timeout.ms", "2000"),
            Map.entry("plugin.discovery", "service_load"));

    /** The REST interface, without a slash at the end. */
    public String url() {
        return spec.url();
    }

    /** As it was started, with its real port: to start it again. */
    public ConnectSpec spec() {
        return spec;
    }

    /** Where connectors may read files through <code>${file:…}</code> and <code>${directory:…}</code>. */
    public Path secrets() {
        return secrets(folder);
    }

    /** The process it runs in. */
    public ServerProcess process() {
        return process;
    }

    /** Ends the process at once: what it keeps is in Kafka. */
    @Override
    public void close() {
        process.kill();
    }
}
