package dev.migrator.localstack.server;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/** Real brokers: several independent single-node clusters in one child process. Thread-safe. */
public final class KafkaServers implements AutoCloseable {
    private static final String LAUNCHER = "dev.migrator.localstack.kafkaserver.KafkaMain";
    private static final int HEAP_BASE_MEGABYTES = 128;

    private final Map<String, KafkaSpec> clusters = new LinkedHashMap<>();
    private final ServerProcess process;

    private KafkaServers(List<KafkaSpec> specs, ServerProcess process) {
        specs.forEach(spec -> clusters.put(spec.name(), spec));
        this.process = process;
    }

    /**
     * Starts the clusters and waits until each of them accepts its admin.
     *
     * @param folder takes settings, data and log; data that is there already is used again
     * @param specs at least one, with different names
     * @throws LocalStackException if a given port is in use, or the process ends or is not ready in time
     */
    public static KafkaServers start(Path folder, List<KafkaSpec> specs) {
        List<KafkaSpec> claimed =
                specs.stream().map(KafkaSpec::withClaimedPorts).toList();
        return new KafkaServers(claimed, ServerProcess.start(launch(Home.find(), folder, claimed)));
    }

    /**
     * How to start the clusters; writes their settings.
     *
     * @param specs with real ports
     */
    public static Launch launch(Home home, Path givenFolder, List<KafkaSpec> specs) {
        Path folder = givenFolder.toAbsolutePath();
        String names = String.join(", ", specs.stream().map(KafkaSpec::name).toList());
        int heap = HEAP_BASE_MEGABYTES
                + specs.stream().mapToInt(KafkaSpec::heapMegabytes).sum();
        List<String> command = Jvm.command(heap, folder.resolve("tmp"));
        Path classes = home.kafkaLauncher();
        command.add("-Djava.util.logging.config.file=" + classes.resolve("logging.properties"));
        command.addAll(List.of("-cp", classPath(classes, home.server("kafka")), LAUNCHER));
        for (KafkaSpec spec : specs) {
            Path file = folder.resolve(spec.name() + ".properties");
            Secrets.write(file, PropertyText.of(settings(spec, folder.resolve(spec.name()))));
            command.add(file.toString());
        }
        List<Readiness> admins = specs.stream()
                .map(spec -> Readiness.kafka(spec.clientConfig(KafkaSpec.ADMIN)))
                .toList();
        return new Launch(
                "kafka (" + names + ")", command, Map.of(), folder, folder.resolve("kafka.log"), Readiness.all(admins));
    }

    private static String classPath(Path classes, Path jars) {
        return classes + File.pathSeparator + jars.resolve("*");
    }

    private static Map<String, String> settings(KafkaSpec spec, Path data) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("local-stack.cluster.id", spec.clusterId());
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", "1");
        settings.put("log.dirs", data.toString());
        settings.put("controller.quorum.voters", "1@" + Ports.HOST + ":" + spec.controllerPort());
        StringJoiner listeners = new StringJoiner(",")
                .add("CLIENT://" + spec.bootstrap())
                .add("CONTROLLER://" + Ports.HOST + ":" + spec.controllerPort());
        StringJoiner advertised = new StringJoiner(",").add("CLIENT://" + spec.bootstrap());
        for (int door = 0; door < spec.doors().size(); door++) {
            listeners.add(doorName(door) + "://" + Ports.HOST + ":"
                    + spec.doors().get(door).port());
            advertised.add(doorName(door) + "://" + Ports.HOST + ":"
                    + spec.doors().get(door).advertised());
        }
        settings.put("listeners", listeners.toString());
        settings.put("advertised.listeners", advertised.toString());
        settings.put("inter.broker.listener.name", "CLIENT");
        settings.put("controller.listener.names", "CONTROLLER");
        settings.putAll(security(spec));
        settings.putAll(SMALL);
        return settings;
    }

    private static String doorName(int number) {
        return "DOOR" + number;
    }

    private static Map<String, String> security(KafkaSpec spec) {
        StringJoiner jaas =
                new StringJoiner(" ", "org.apache.kafka.common.security.plain.PlainLoginModule required ", ";");
        jaas.add("username=\"" + KafkaSpec.ADMIN + "\"");
        jaas.add("password=\"" + spec.users().get(KafkaSpec.ADMIN) + "\"");
        spec.users().forEach((user, password) -> jaas.add("user_" + user + "=\"" + password + "\""));
        Map<String, String> settings = new LinkedHashMap<>();
        StringJoiner protocols =
                new StringJoiner(",").add("CLIENT:SASL_PLAINTEXT").add("CONTROLLER:SASL_PLAINTEXT");
        settings.put("sasl.enabled.mechanisms", "PLAIN");
        settings.put("sasl.mechanism.inter.broker.protocol", "PLAIN");
        settings.put("sasl.mechanism.controller.protocol", "PLAIN");
        List<String> forClients = new ArrayList<>(List.of("CLIENT"));
        for (int door = 0; door < spec.doors().size(); door++) {
            protocols.add(doorName(door) + ":SASL_PLAINTEXT");
            forClients.add(doorName(door));
        }
        settings.put("listener.security.protocol.map", protocols.toString());
        for (String name : forClients) {
            String prefix = "listener.name." + name.toLowerCase(Locale.ROOT) + ".";
            settings.put(prefix + "sasl.enabled.mechanisms", "PLAIN,SCRAM-SHA-256,SCRAM-SHA-512");
            settings.put(prefix + "plain.sasl.jaas.config", jaas.toString());
            // who logs in with these is in the cluster's own metadata
            for (var mechanism : List.of("scram-sha-256", "scram-sha-512")) {
                settings.put(
                        prefix + mechanism + ".sasl.jaas.config",
                        "org.apache.kafka.common.security.scram.ScramLoginModule required;");
            }
        }
        settings.put("listener.name.controller.plain.sasl.jaas.config", jaas.toString());
        settings.put("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
        settings.put("allow.everyone.if.no.acl.found", "false");
        settings.put("super.users", "User:" + KafkaSpec.ADMIN);
        return settings;
    }

    /** One node, little memory, no waiting for members that will never come. */
    private static final Map<String, String> SMALL = Map.ofEntries(
            Map.entry("auto.create.topics.enable", "false"),
            Map.entry("default.replication.factor", "1"),
            Map.entry("min.insync.replicas", "1"),
            Map.entry("offsets.topic.replication.factor", "1"),
            Map.entry("offsets.topic.num.partitions", "4"),
            Map.entry("transaction.state.log.replication.factor", "1"),
            Map.entry("transaction.state.log.min.isr", "1"),
            Map.entry("transaction.state.log.num.partitions", "4"),
            Map.entry("share.coordinator.state.topic.replication.factor", "1"),
            Map.entry("share.coordinator.state.topic.min.isr", "1"),
            Map.entry("share.coordinator.state.topic.num.partitions", "1"),
            Map.entry("group.initial.rebalance.delay.ms", "0"),
            // every change of metadata would wait for others to be written with: 25 ms each
            Map.entry("controller.quorum.append.linger.ms", "0"),
            Map.entry("group.coordinator.threads", "1"),
            Map.entry("num.network.threads", "2"),
            Map.entry("num.io.threads", "4"),
            Map.entry("background.threads", "2"),
            Map.entry("num.recovery.threads.per.data.dir", "1"),
            Map.entry("log.cleaner.dedupe.buffer.size", "4194304"),
            Map.entry("log.cleaner.io.buffer.size", "65536"),
            Map.entry("log.index.size.max.bytes", "1048576"),
            Map.entry("offsets.load.buffer.size", "1048576"),
            Map.entry("transaction.state.log.load.buffer.size", "1048576"));

    /** {@code host:port} of that cluster. */
    public String bootstrap(String name) {
        return cluster(name).bootstrap();
    }

    /** The id of that cluster. */
    public String clusterId(String name) {
        return cluster(name).clusterId();
    }

    /** Everything that a client of that user needs, {@code bootstrap.servers} included. */
    public Map<String, String> clientConfig(String name, String user) {
        return cluster(name).clientConfig(user);
    }

    /** The same for the super user. */
    public Map<String, String> adminConfig(String name) {
        return clientConfig(name, KafkaSpec.ADMIN);
    }

    /** The process that hosts them all. */
    public ServerProcess process() {
        return process;
    }

    private KafkaSpec cluster(String name) {
        KafkaSpec spec = clusters.get(name);
        if (spec == null) {
            throw new IllegalArgumentException("no cluster " + name + ", there are " + clusters.keySet());
        }
        return spec;
    }

    /** Ends the process at once: its data is for throwing away. */
    @Override
    public void close() {
        process.kill();
    }
}
