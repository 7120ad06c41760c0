package dev.migrator.planner.work;

import dev.migrator.core.drift.DriftReport;
import dev.migrator.core.environment.Environment;
import dev.migrator.kit.Unavailable;
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
 * When each environment is looked at: every so often, and when somebody asks. A report by another planner counts as one's own
 * look, so that with several of them mostly one looks.
 */
public final class DriftSchedule implements AutoCloseable {
    /** Looks at one environment. */
    @FunctionalInterface
    public interface Check {
        /** @param request id of the newest request, empty if there is none */
        DriftWork.Again of(Environment environment, String request) throws InterruptedException;
    }

    /** What is known without waiting; may be old. */
    public interface Board {
        Optional<DriftReport> report(String environment);

        Optional<String> asked(String environment);
    }

    private static final Logger LOG = Logger.getLogger(DriftSchedule.class);
    private static final Duration TICK = Duration.ofMillis(500);
    /** After a look that found out nothing. */
    private static final Duration SOON = Duration.ofSeconds(15);

    private final Duration interval;
    private final Board board;
    private final Check check;
    private final Clock clock;
    private final RandomGenerator random;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final List<Thread> threads = new ArrayList<>();

    /** @param interval between two looks at an environment; zero: only when somebody asks */
    public DriftSchedule(Duration interval, Board board, Check check, Clock clock, RandomGenerator random) {
        this.interval = interval;
        this.board = board;
        this.check = check;
        this.clock = clock;
        this.random = random;
    }

    /** One thread for each, so that one that does not answer delays no other. */
    public DriftSchedule start(List<Environment> environments) {
        for (var environment : environments) {
            var watch = new Watch(environment);
            threads.add(Thread.ofVirtual().name("drift-" + environment.name()).start(watch::run));
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
        private Optional<Instant> retryAt = Optional.empty();
        private String attempted = "";

        private Watch(Environment environment) {
            this.environment = environment;
            // planners that start together do not look together
            this.jitter = Duration.ofMillis(random.nextLong(interval.toMillis() / 5 + 1));
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

        /** Looks if it is time to. @return whether it did */
        boolean turn() throws InterruptedException {
            var report = board.report(environment.name());
            var newest = board.asked(environment.name()).orElse("");
            boolean askedAnew = !newest.equals(attempted)
                    && report.filter(r -> r.answers().equals(newest)).isEmpty();
            if (!(askedAnew && !newest.isEmpty()) && !isDue(report)) {
                return false;
            }
            attempted = newest;
            retryAt = Optional.of(clock.instant().plus(SOON));
            try {
                if (check.of(environment, newest) == DriftWork.Again.AS_USUAL) {
                    retryAt = Optional.empty();
                }
            } catch (Unavailable e) {
                LOG.warnf(
                        "Drift cannot be looked for now: environment=%s, problem=%s", environment.name(), e.problem());
            } catch (RuntimeException e) {
                // the report grows old, and whoever asks for it is told so
                LOG.errorf(e, "Looking for drift failed: environment=%s", environment.name());
            }
            return true;
        }

        private boolean isDue(Optional<DriftReport> report) {
            var now = clock.instant();
            return retryAt.map(at -> !now.isBefore(at))
                    .orElseGet(() -> !interval.isZero()
                            && report.map(r ->
                                            !now.isBefore(r.at().plus(interval).plus(jitter)))
                                    .orElse(true));
        }
    }
}
