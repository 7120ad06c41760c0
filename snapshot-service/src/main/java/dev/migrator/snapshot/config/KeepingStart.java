package dev.migrator.snapshot.config;

import dev.migrator.core.environment.Environments;
import dev.migrator.kit.Unavailable;
import dev.migrator.kit.avro.Wire;
import dev.migrator.kit.feed.StatusFeed;
import dev.migrator.kit.kafka.KafkaClients;
import dev.migrator.snapshot.work.NeededMigrations;
import dev.migrator.snapshot.work.Sweeper;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Removes what is no longer kept, once an hour. Removes nothing while it is not known which migrations are under way. */
@ApplicationScoped
public class KeepingStart {
    private static final Logger LOG = Logger.getLogger(KeepingStart.class);
    private static final Duration EVERY = Duration.ofHours(1);
    /** Longest wait for the end of the topic of statuses. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Environments environments;
    private final KafkaClients clients;
    private final Wire wire;
    private final SnapshotterConfig config;
    private final Clock clock;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final NeededMigrations needed = new NeededMigrations();
    private volatile StatusFeed statuses;

    KeepingStart(Environments environments, KafkaClients clients, Wire wire, SnapshotterConfig config, Clock clock) {
        this.environments = environments;
        this.clients = clients;
        this.wire = wire;
        this.config = config;
        this.clock = clock;
    }

    void start(Sweeper sweeper) {
        Map<String, Object> settings = clients.consumer("unused");
        settings.remove("group.id"); // each snapshotter reads all statuses
        statuses = new StatusFeed(settings, wire, needed).start();
        Thread.ofVirtual().name("snapshots-kept").start(() -> run(sweeper));
    }

    private void run(Sweeper sweeper) {
        try {
            do {
                sweep(sweeper);
            } while (!stop.await(EVERY.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException _) {
            // asked to stop
        }
    }

    private void sweep(Sweeper sweeper) {
        try {
            statuses.awaitEnd(PATIENCE);
            sweeper.sweep(environments.names(), needed.at(clock.instant(), config.undoWindow()));
        } catch (Unavailable e) {
            LOG.warnf("Snapshots cannot be removed now: problem=%s", e.problem());
        } catch (RuntimeException e) {
            // what should have gone stays, and takes room
            LOG.error("Removing snapshots failed", e);
        }
    }

    void stop(@Observes @Priority(2_900) ShutdownEvent event) {
        stop.countDown();
        if (statuses != null) {
            statuses.close();
        }
    }
}
