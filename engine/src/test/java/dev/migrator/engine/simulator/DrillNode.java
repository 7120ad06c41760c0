package dev.migrator.engine.simulator;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.drill.DrillFault;
import dev.migrator.core.drill.DrillOrder;
import dev.migrator.core.drill.DrillReport;
import dev.migrator.core.error.Problem;
import dev.migrator.core.lifecycle.Effect;
import dev.migrator.core.lifecycle.EnvironmentState;
import dev.migrator.core.lifecycle.Fact;
import dev.migrator.core.lifecycle.MigrationId;
import dev.migrator.core.lifecycle.MigrationStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Orders drills when they are due, and reports what came of them, which is left to chance here: that a plan is really undone
 * there is the same engine at work as in a rehearsal.
 */
final class DrillNode {
    static final Duration EVERY = Duration.ofMinutes(10);

    private final World world;
    private final Supplier<EnvironmentState> environment;
    private final Map<MigrationId, MigrationStatus> statuses;
    private int ordered;

    DrillNode(World world, Supplier<EnvironmentState> environment, Map<MigrationId, MigrationStatus> statuses) {
        this.world = world;
        this.environment = environment;
        this.statuses = statuses;
    }

    /** As the schedule does it. */
    void order() {
        var with = statuses.values().stream()
                .filter(status -> status.snapshotUri().isPresent())
                .map(MigrationStatus::id)
                .toList();
        if (with.isEmpty() || !isDue() && !world.chance.accident(10)) {
            return;
        }
        world.broker.publish(
                "commands",
                World.ENVIRONMENT,
                new Fact.DrillOrdered(new DrillOrder(
                        World.ENVIRONMENT,
                        "d-" + ordered++,
                        world.chance.pick(with),
                        Optional.empty(),
                        "schedule",
                        world.now())));
    }

    private boolean isDue() {
        return environment
                .get()
                .drilled()
                .filter(last -> last.why().isEmpty())
                .filter(last -> world.now().isBefore(last.at().plus(EVERY)))
                .isEmpty();
    }

    void drill(Effect.DrillRequested asked) {
        var why = world.chance.accident(4)
                ? Optional.of(Problem.of("DRL-NOT-UNDONE", "it was not undone"))
                : Optional.<Problem>empty();
        var report = new DrillReport(
                asked.environment(),
                asked.requestId(),
                asked.id(),
                asked.rehearsalEnvironment(),
                DrillFault.CRASH,
                Optional.empty(),
                1,
                1,
                Duration.ofMillis(1),
                Optional.of(asked.beforeHash()),
                Optional.of(asked.beforeHash()),
                why,
                asked.by(),
                world.now(),
                "bucket:drill",
                Optional.of(Digest.ofText(asked.requestId())));
        world.broker.publish("results", World.ENVIRONMENT, new Fact.DrillAnswered(report));
    }

    /** What the lifecycle was told, as somebody remembers it who believes nobody. */
    static final class Told {
        private Optional<DrillReport> last = Optional.empty();

        void taken(DrillReport report) {
            if (last.filter(known -> !known.at().isBefore(report.at())).isEmpty()) {
                last = Optional.of(report);
            }
        }

        /** Before the first write of a migration. */
        void require(String command, Instant now) {
            if (last.isEmpty() || !last.get().isPassed()) {
                throw new Violation("fail-closed", command + " though the last drill says " + last);
            }
            if (!now.isBefore(last.get().at().plus(EVERY.multipliedBy(2)))) {
                throw new Violation("fail-closed", command + " though the next drill is overdue since long: " + last);
            }
        }
    }
}
