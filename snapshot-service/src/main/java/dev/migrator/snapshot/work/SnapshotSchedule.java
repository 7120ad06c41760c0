package dev.migrator.snapshot.work;

import dev.migrator.core.environment.Environment;
import dev.migrator.core.snapshot.SnapshotOrder;
import dev.migrator.kit.Unavailable;
import dev.migrator.kit.snapshots.SnapshotCatalog;
import dev.migrator.kit.snapshots.SnapshotName;
import dev.migrator.target.TargetException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;

/**
 * Takes a snapshot of every environment every so often. When the newest one was taken stands in the bucket, so that one taken by
 * another snapshotter counts as one's own, and a restart changes nothing.
 */
public final class SnapshotSchedule implements AutoCloseable {
    /** What scheduled snapshots are taken for: ends their ids. */
    public static final String SCHEDULED = "scheduled";

    private static final Logger LOG = Logger.getLogger(SnapshotSchedule.class);
    private static final Duration TICK = Duration.ofSeconds(20);
    /** After one that was not taken. */
    private static final Duration LATER = Duration.ofMinutes(5);

    private final Duration interval;
    private final SnapshotCatalog catalog;
    private final OrderWork work;
    private final Clock clock;
    private final RandomGenerator random;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final List<Thread> threads = new ArrayList<>();

    /** @param interval between two snapshots of an environment, more than zero */
    public SnapshotSchedule(
            Duration interval, SnapshotCatalog catalog, OrderWork work, Clock clock, RandomGenerator random) {
        if (!interval.isPositive()) {
            throw new IllegalArgumentException("an interval is more than zero, found " + interval);
        }
        this.interval = interval;
        this.catalog = catalog;
        this.work = work;
        this.clock = clock;
        this.random = random;
    }

    /** One thread for each, so that one that does not answer delays no other. */
    public SnapshotSchedule start(List<Environment> environments) {
        for (var environment : environments) {
            var watch = watch(environment);
            threads.add(
                    Thread.ofVirtual().name("snapshots-" + environment.name()).start(watch::run));
        }
        return this;
    }

    @Override
    public void close() {
        stop.countDown();
        threads.forEach(Thread::interrupt);
    }

    /** For a test, which turns the clock itself. */
    Watch watch(Environment environment) {
        return new Watch(environment);
    }

    /** One environment; used by one thread. */
    final class Watch {
        private final Environment environment;
        private final Duration jitter;
        private Instant notBefore = Instant.EPOCH;

        private Watch(Environment environment) {
            this.environment = environment;
            // snapshotters that start together do not export together
            this.jitter = Duration.ofMillis(random.nextLong(Math.min(interval.toMillis() / 5, 600_000) + 1));
        }

        private void run() {
            try {
                do {
                    turn();
                } while (!stop.await(TICK.toMillis(), TimeUnit.MILLISECONDS));
            } catch (InterruptedException _) {
                // asked to stop
            }
        }

        /** Takes one if it is time to. @return whether it did */
        boolean turn() {
            var now = clock.instant();
            if (now.isBefore(notBefore)) {
                return false;
            }
            try {
                var next = newest().map(at -> at.plus(interval).plus(jitter)).orElse(now);
                if (now.isBefore(next)) {
                    notBefore = next;
                    return false;
                }
                notBefore = now.plus(LATER);
                work.take(
                        new SnapshotOrder(environment.name(), SCHEDULED, Optional.empty(), "", now),
                        environment.targets());
                return true;
            } catch (TargetException e) {
                notTaken(e.problem().toString(), e);
            } catch (Unavailable e) {
                notTaken(e.problem().toString(), e);
            } catch (RuntimeException e) {
                notTaken(e.toString(), e);
            }
            return false;
        }

        private Optional<Instant> newest() {
            return catalog.takenFor(environment.name(), SCHEDULED).map(SnapshotName::takenAt);
        }

        private void notTaken(String why, Exception e) {
            notBefore = clock.instant().plus(LATER);
            LOG.warnf(e, "A scheduled snapshot was not taken: environment=%s, problem=%s", environment.name(), why);
        }
    }
}
