package dev.migrator.target.kafka;

import dev.migrator.localstack.server.Home;
import dev.migrator.localstack.server.Jvm;
import dev.migrator.localstack.server.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.awaitility.Awaitility;

/** Brokers in one process that a test can kill, stop for a while, and start again on the same data and ports. */
final class BrokerProcess implements AutoCloseable {
    private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> RUNNING.forEach(Process::destroyForcibly)));
    }

    private final Path folder;
    private final List<Node> nodes;
    private Process process;

    /**
     * One node without users or passwords.
     *
     * @param roles of KRaft
     * @param controller {@code id@host:port} of the controller
     * @param session silence after which a broker counts as dead; a killed one cannot come back earlier
     */
    record Node(
            int id,
            String roles,
            String clusterId,
            int port,
            String controller,
            boolean authorizer,
            Duration session,
            Map<String, String> more) {
        static Node alone(String clusterId, boolean authorizer, Duration session) {
            String controller = "1@" + Ports.HOST + ":" + freePort();
            return new Node(1, "broker,controller", clusterId, freePort(), controller, authorizer, session, Map.of());
        }

        /** The same with these settings in place of its own. */
        Node with(Map<String, String> settings) {
            return new Node(id, roles, clusterId, port, controller, authorizer, session, settings);
        }

        Node joinedBy(int anId) {
            return new Node(anId, "broker", clusterId, freePort(), controller, authorizer, session, Map.of());
        }

        String bootstrap() {
            return Ports.HOST + ":" + port;
        }

        static int freePort() {
            return Ports.claim("a test's broker", Ports.ANY);
        }

        private Properties settings(Path data) {
            var settings = new Properties();
            settings.put("local-stack.cluster.id", clusterId);
            settings.put("process.roles", roles);
            settings.put("node.id", String.valueOf(id));
            settings.put("log.dirs", data.toString());
            settings.put("controller.quorum.voters", controller);
            String listeners = "CLIENT://" + bootstrap();
            settings.put(
                    "listeners",
                    roles.contains("controller")
                            ? listeners + ",CONTROLLER://" + controller.substring(controller.indexOf('@') + 1)
                            : listeners);
            settings.put("advertised.listeners", listeners);
            settings.put("inter.broker.listener.name", "CLIENT");
            settings.put("controller.listener.names", "CONTROLLER");
            settings.put("listener.security.protocol.map", "CLIENT:PLAINTEXT,CONTROLLER:PLAINTEXT");
            settings.put("auto.create.topics.enable", "false");
            settings.put("num.io.threads", "2");
            settings.put("num.network.threads", "1");
            settings.put("background.threads", "1");
            settings.put("log.cleaner.dedupe.buffer.size", "4194304");
            settings.put("broker.session.timeout.ms", String.valueOf(session.toMillis()));
            settings.put("broker.heartbeat.interval.ms", "500");
            if (authorizer) {
                settings.put("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
                settings.put("super.users", "User:ANONYMOUS");
            }
            settings.putAll(more);
            return settings;
        }
    }

    private BrokerProcess(Path folder, List<Node> nodes) {
        this.folder = folder;
        this.nodes = nodes;
    }

    static BrokerProcess start(String name, Node... nodes) throws IOException {
        var brokers = new BrokerProcess(BrokerFolders.make(name), List.of(nodes));
        brokers.start();
        return brokers;
    }

    void start() throws IOException {
        var command = Jvm.command(128 + 96 * nodes.size(), folder.resolve("tmp"));
        Path server = Home.find().root().resolve("local-stack/servers/kafka/target");
        command.addAll(List.of(
                "-cp",
                Home.built(server.resolve("classes")) + ":" + server.resolve("server") + "/*",
                "dev.migrator.localstack.kafkaserver.KafkaMain"));
        command.addAll(settingsFiles());
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("kafka.log").toFile()))
                .start();
        RUNNING.add(process);
    }

    private List<String> settingsFiles() throws IOException {
        var files = new ArrayList<String>();
        for (var node : nodes) {
            String name = node.clusterId() + "-" + node.id();
            Path file = folder.resolve(name + ".properties");
            try (var out = Files.newBufferedWriter(file)) {
                node.settings(folder.resolve(name)).store(out, null);
            }
            files.add(file.toString());
        }
        return files;
    }

    /** Returns when that many brokers are members of the cluster, as seen from that one. */
    static void awaitMembers(String bootstrap, int count) {
        try (var admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .ignoreExceptions()
                    .until(() -> admin.describeCluster()
                                    .nodes()
                                    .get(2, TimeUnit.SECONDS)
                                    .size()
                            == count);
        }
    }

    /** As a power cut would. */
    void kill() {
        process.destroyForcibly();
        var _ = process.onExit().join();
        RUNNING.remove(process);
    }

    /** It lives, keeps its connections, and does nothing, until {@link #goOn}. */
    void freeze() throws Exception {
        signal("-STOP");
    }

    void goOn() throws Exception {
        signal("-CONT");
    }

    private void signal(String name) throws Exception {
        int status = new ProcessBuilder("kill", name, String.valueOf(process.pid()))
                .start()
                .waitFor();
        if (status != 0) {
            throw new IllegalStateException("kill " + name + " ended with " + status);
        }
    }

    @Override
    public void close() {
        kill();
    }
}
