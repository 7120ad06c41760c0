package dev.migrator.console.work;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.drill.DrillInterval;
import dev.migrator.core.drill.DrillReport;
import dev.migrator.core.environment.Environment;
import dev.migrator.core.environment.Grace;
import dev.migrator.core.environment.RehearsalRule;
import dev.migrator.core.lifecycle.MigrationId;
import dev.migrator.core.lifecycle.MigrationStatus;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

/**
 * Orders the drills that environments are to have every so often. What was drilled stands on the topic of drills, and the id of an
 * order follows from it: another console, or this one after a restart, orders the same drill, which is made once.
 */
public final class DrillSchedule implements AutoCloseable {
    /** Who orders them. */
    static final String BY = "schedule";
    /** Before an order without an answer, a drill that failed and one that was not possible are tried again. */
    static final Duration AGAIN = Duration.ofHours(1);
    /** Fewer than the board keeps reports of, or those that cannot be drilled would be tried in turn for ever. */
    static final int MOST_TRIED = DrillBoard.KEPT / 2;

    /** Faults that are drawn at once for one plan, while they have no effect on it. */
    static final int MOST_DRAWN = 6;

    private static final Logger LOG = Logger.getLogger(DrillSchedule.class);
    private static final Duration TICK = Duration.ofSeconds(5);
    private static final int DIGITS = 16;

    /** What this console has ordered last for an environment. */
    private record Ordered(String request, Instant at) {}

    private final Drills drills;
    private final DrillBoard board;
    private final BooleanSupplier caughtUp;
    private final Clock clock;
    private final Map<String, Ordered> ordered = new HashMap<>();
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread = Thread.ofVirtual().name("drills").unstarted(this::run);

    /** @param caughtUp whether what was drilled, and the migrations, have been read up to the end that they had at the start */
    public DrillSchedule(Drills drills, DrillBoard board, BooleanSupplier caughtUp, Clock clock) {
        this.drills = drills;
        this.board = board;
        this.caughtUp = caughtUp;
        this.clock = clock;
    }

    public DrillSchedule start() {
        thread.start();
        return this;
    }

    @Override
    public void close() {
        stop.countDown();
        thread.interrupt();
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

    /** Orders what is due. A test turns it itself, on one thread. */
    void turn() {
        if (caughtUp.getAsBoolean()) {
            drills.withAPlace()
                    .forEach(environment -> environment
                            .rehearsal()
                            .flatMap(RehearsalRule::drill)
                            .ifPresent(every -> orderIfDue(environment, every)));
        }
    }

    /** One that cannot be ordered now is tried again at the next turn, and keeps no other waiting. */
    private void orderIfDue(Environment environment, Grace every) {
        try {
            turn(environment, every);
        } catch (RuntimeException e) {
            LOG.warnf(e, "A drill was not ordered: environment=%s", environment.name());
        }
    }

    private void turn(Environment environment, Grace every) {
        var name = environment.name();
        var now = clock.instant();
        var last = board.lastTelling(name);
        if (isUnanswered(name, now)
                || last.filter(report -> now.isBefore(next(report, every))).isPresent()) {
            return;
        }
        drills.candidates(name)
                .limit(MOST_TRIED)
                .map(MigrationStatus::id)
                .filter(id -> isWorthATry(name, id, now))
                .findFirst()
                .ifPresent(id -> order(name, id, request(name, last, board.lastWith(name, id), id), now));
    }

    private boolean isUnanswered(String environment, Instant now) {
        var asked = Optional.ofNullable(ordered.get(environment));
        return asked.filter(order -> now.isBefore(order.at().plus(AGAIN)))
                .filter(order -> board.find(environment, order.request()).isEmpty())
                .isPresent();
    }

    private static Instant next(DrillReport last, Grace every) {
        return last.isPassed()
                ? new DrillInterval(every.duration()).due(last.at())
                : last.at().plus(every.duration().compareTo(AGAIN) < 0 ? every.duration() : AGAIN);
    }

    /** A plan with nothing to drill never has more; what was not possible may be so later; another fault may have its effect. */
    private boolean isWorthATry(String environment, MigrationId migration, Instant now) {
        return board.lastWith(environment, migration)
                .filter(report -> !report.isTelling())
                .filter(report -> switch (report.problem().orElseThrow().code()) {
                    case DrillReport.NOTHING -> true;
                    case DrillReport.NO_EFFECT ->
                        board.withoutEffect(environment, migration) >= MOST_DRAWN
                                && now.isBefore(report.at().plus(AGAIN));
                    default -> now.isBefore(report.at().plus(AGAIN));
                })
                .isEmpty();
    }

    /** The id draws the fault, so one that comes after another one with this plan is another one. */
    private static String request(
            String environment, Optional<DrillReport> last, Optional<DrillReport> lastWith, MigrationId migration) {
        var seed = environment + "/" + last.map(DrillReport::request).orElse("first") + "/" + migration + "/"
                + lastWith.map(DrillReport::request).orElse("first");
        return "scheduled-" + Digest.ofText(seed).hex().substring(0, DIGITS);
    }

    private void order(String environment, MigrationId migration, String request, Instant now) {
        drills.order(environment, request, Optional.of(migration), Optional.empty(), BY);
        ordered.put(environment, new Ordered(request, now));
        LOG.infof(
                "A drill was ordered by schedule: environment=%s, migrationId=%s, request=%s",
                environment, migration, request);
    }
}
