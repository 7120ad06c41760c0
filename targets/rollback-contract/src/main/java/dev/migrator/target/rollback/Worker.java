package dev.migrator.target.rollback;

import dev.migrator.core.lifecycle.Position;
import dev.migrator.core.lifecycle.WorkerAnswer;
import dev.migrator.core.lifecycle.WorkerCommand;
import dev.migrator.core.plan.Plan;
import dev.migrator.engine.Engine;
import dev.migrator.engine.EngineSettings;
import dev.migrator.engine.EngineUnavailable;
import dev.migrator.engine.Journal;
import dev.migrator.engine.Pace;
import dev.migrator.target.TargetException;
import dev.migrator.target.TargetWriter;
import dev.migrator.target.testkit.FaultyTarget;
import dev.migrator.target.testkit.TargetHarness;
import java.time.Duration;
import java.util.Optional;

/**
 * A process that carries out commands with a writer of its own, until it loses its lease. Of all that it knows only the
 * journal is left then.
 */
final class Worker implements AutoCloseable {
    private final TargetWriter writer;
    private final Engine engine;
    private final Lease lease;

    /** @param faults between the engine and the target */
    Worker(TargetHarness harness, Journal journal, Lease lease, FaultyTarget.Script faults) throws Exception {
        this.writer = new FaultyTarget(harness.openWriter(), faults);
        this.lease = lease;
        var settings = new EngineSettings(
                harness.settleTimeout().plusSeconds(60),
                harness.settleTimeout(),
                Duration.ofMillis(10),
                Duration.ofSeconds(1),
                EngineSettings.DEFAULT.settledFor(),
                EngineSettings.DEFAULT.doubtfulRounds());
        this.engine = new Engine(_ -> writer, journal, settings, Pace.SYSTEM);
    }

    /** @return empty if the lease was lost over it */
    Optional<WorkerAnswer> execute(WorkerCommand command, Plan plan, Position newest) throws EngineUnavailable {
        try {
            return Optional.of(engine.execute(command, plan, (_, position) -> position.compareTo(newest) >= 0, lease)
                    .answer());
        } catch (TargetException.Fenced _) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        writer.close();
    }
}
