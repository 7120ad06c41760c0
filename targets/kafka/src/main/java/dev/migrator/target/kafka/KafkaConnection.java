package dev.migrator.target.kafka;

import dev.migrator.core.environment.TargetConfig;
import dev.migrator.core.error.Problem;
import dev.migrator.target.TargetException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;

/** An admin client of the cluster that was meant, and waiting for its answers within bounds. Thread-safe. */
final class KafkaConnection implements AutoCloseable {
    // the client keeps the bound itself; this is for a client that hangs
    private static final Duration SLACK = Duration.ofSeconds(5);
    private static final Duration CLOSING = Duration.ofSeconds(2);

    private final ClientSettings settings;
    private final Admin admin;
    private final String clusterId;

    private KafkaConnection(ClientSettings settings, Admin admin, String clusterId) {
        this.settings = settings;
        this.admin = admin;
        this.clusterId = clusterId;
    }

    /** @throws TargetException.Refused {@code TGT-WRONG-CLUSTER} if it is another cluster than the expected */
    static KafkaConnection open(TargetConfig config, ClientSettings settings) throws TargetException {
        Admin admin = admin(settings);
        try {
            String found = await(
                    settings,
                    "connect to " + config.name(),
                    admin.describeCluster().clusterId());
            requireExpected(config, Optional.ofNullable(found));
            return new KafkaConnection(settings, admin, found == null ? "" : found);
        } catch (TargetException | RuntimeException e) {
            admin.close(CLOSING);
            throw e;
        }
    }

    private static Admin admin(ClientSettings settings) throws TargetException {
        try {
            return Admin.create(settings.properties());
        } catch (KafkaException e) {
            throw Faults.ofSettings("open a client of " + settings.target(), e);
        }
    }

    private static void requireExpected(TargetConfig config, Optional<String> found) throws TargetException.Refused {
        var expected = config.expectedClusterId();
        if (expected.isPresent() && !expected.equals(found)) {
            throw new TargetException.Refused(
                    Problem.of("TGT-WRONG-CLUSTER", "the address leads to another cluster than the environment names")
                            .about("target " + config.name() + " at " + config.address())
                            .expected("cluster id " + expected.get())
                            .found(found.map(id -> "cluster id " + id).orElse("no cluster id"))
                            .todo("correct address or clusterId of the target in the environments file"),
                    null);
        }
    }

    Admin admin() {
        return admin;
    }

    ClientSettings settings() {
        return settings;
    }

    String clusterId() {
        return clusterId;
    }

    /** @param doing what was asked, for the error */
    <T> T await(String doing, KafkaFuture<T> answer) throws TargetException {
        return await(settings, doing, answer);
    }

    private static <T> T await(ClientSettings settings, String doing, KafkaFuture<T> answer) throws TargetException {
        try {
            return answer.get(settings.callTimeout().plus(SLACK).toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw Faults.of(doing, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Faults.of(doing, e);
        }
    }

    /** Waits for each; an error of one hides no other. Only an interruption of this thread ends it early. */
    <K, T> Map<K, Answer<T>> awaitEach(String doing, Map<K, KafkaFuture<T>> answers) throws TargetException {
        long deadline = System.nanoTime() + settings.callTimeout().plus(SLACK).toNanos();
        var all = new LinkedHashMap<K, Answer<T>>();
        for (var one : answers.entrySet()) {
            try {
                long left = Math.max(0, deadline - System.nanoTime());
                all.put(one.getKey(), Answer.ok(one.getValue().get(left, TimeUnit.NANOSECONDS)));
            } catch (ExecutionException | TimeoutException e) {
                all.put(one.getKey(), Answer.err(Faults.unwrap(e)));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw Faults.of(doing, e);
            }
        }
        return all;
    }

    @Override
    public void close() {
        admin.close(CLOSING);
    }
}
