package dev.migrator.localstack.kafkaserver;

import java.io.IOException;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * Hosts several independent single-node clusters in one process: three processes would cost three heaps and three warm-ups.
 *
 * <p>Each argument is the properties file of one cluster: a broker's ordinary settings, and {@value #CLUSTER_ID} with the
 * id that its storage is formatted with. Storage that is formatted already is used as it is, and has to carry that id.
 */
public final class KafkaMain {
    /** The setting that names the cluster's id; it is ours, and is taken out before the broker sees its settings. */
    public static final String CLUSTER_ID = "local-stack.cluster.id";

    private KafkaMain() {}

    /** @param args one properties file for each cluster, at least one */
    public static void main(String[] args) throws Exception {
        if (args.length == 0) {
            System.err.println("KafkaMain: expected the properties file of at least one cluster, found no argument");
            System.exit(2);
        }
        // An exit inside one broker must end the process, so that whoever started it can see that and report it.
        Exit.setHaltProcedure((status, message) -> Runtime.getRuntime().halt(status));
        List<KafkaRaftServer> servers = startAll(List.of(args));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> inParallel(servers, KafkaRaftServer::shutdown)));
        System.out.println("All clusters started: " + servers.size());
        for (KafkaRaftServer server : servers) {
            server.awaitShutdown();
        }
    }

    private static List<KafkaRaftServer> startAll(List<String> files) throws Exception {
        List<KafkaRaftServer> servers = new ArrayList<>();
        for (String file : files) {
            servers.add(prepare(Path.of(file)));
        }
        inParallel(servers, KafkaRaftServer::startup);
        return servers;
    }

    private static KafkaRaftServer prepare(Path file) throws Exception {
        Properties properties = read(file);
        String clusterId = (String) properties.remove(CLUSTER_ID);
        if (clusterId == null) {
            throw new IllegalArgumentException(file + ": " + CLUSTER_ID + " is missing");
        }
        KafkaConfig config = new KafkaConfig(properties);
        Formatter formatter = new Formatter()
                .setPrintStream(new PrintStream(System.out, true, StandardCharsets.UTF_8))
                .setNodeId(config.nodeId())
                .setClusterId(clusterId)
                .setControllerListenerName("CONTROLLER")
                .setMetadataLogDirectory(config.metadataLogDir())
                .setIgnoreFormatted(true);
        for (String folder : config.logDirs()) {
            requireSameCluster(Path.of(folder), clusterId);
            formatter.addDirectory(folder);
        }
        formatter.run();
        return new KafkaRaftServer(config, Time.SYSTEM);
    }

    private static void requireSameCluster(Path folder, String clusterId) throws IOException {
        Path formatted = folder.resolve("meta.properties");
        if (!Files.exists(formatted)) {
            return;
        }
        String found = read(formatted).getProperty("cluster.id");
        if (!clusterId.equals(found)) {
            throw new IllegalArgumentException(
                    folder + ": expected storage of cluster " + clusterId + ", found that of cluster " + found);
        }
    }

    private static Properties read(Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        return properties;
    }

    private static void inParallel(List<KafkaRaftServer> servers, Consumer<KafkaRaftServer> step) {
        try (var threads = Executors.newFixedThreadPool(servers.size())) {
            List<Future<?>> running = new ArrayList<>();
            for (KafkaRaftServer server : servers) {
                running.add(threads.submit(() -> step.accept(server)));
            }
            for (Future<?> one : running) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("a cluster failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
