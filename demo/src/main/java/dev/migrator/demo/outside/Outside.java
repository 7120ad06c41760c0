package dev.migrator.demo.outside;

import dev.migrator.demo.Comparison;
import dev.migrator.demo.Dump;
import dev.migrator.demo.Manifested;
import dev.migrator.localstack.LocalStack;
import java.time.Duration;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

/** One environment as an outsider sees it: its cluster and its registry. */
public final class Outside implements AutoCloseable {
    private static final Duration SHOWN_WITHIN = Duration.ofSeconds(30);

    private final String environment;
    private final KafkaOutside kafka;
    private final RegistryOutside registry;

    /** @param environment {@code test} or {@code production} */
    public Outside(LocalStack stack, String environment) {
        this.environment = environment;
        this.kafka = new KafkaOutside(stack.kafka(environment).clientConfig("shop-admin"));
        this.registry = new RegistryOutside(stack.registryUrl(environment));
    }

    /** Creates all of it, and returns when it shows: the cluster may answer from the past for a moment. */
    public void create(Manifested manifested) {
        kafka.create(manifested.entries());
        registry.create(manifested.entries());
        long deadline = System.nanoTime() + SHOWN_WITHIN.toNanos();
        while (true) {
            var missing = Comparison.holds(manifested.wanted(), read());
            if (missing.isEmpty()) {
                return;
            }
            if (System.nanoTime() > deadline) {
                throw OutsideException.of(environment, "what was created does not show: " + missing.getFirst());
            }
            LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
        }
    }

    /** Everything there is, read once. */
    public Dump read() {
        var all = new TreeMap<>(kafka.read().entries());
        all.putAll(registry.read().entries());
        return new Dump(all);
    }

    @Override
    public void close() {
        kafka.close();
        registry.close();
    }
}
