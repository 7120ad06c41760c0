package dev.migrator.engine;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.lifecycle.MigrationId;
import dev.migrator.core.lifecycle.Position;
import dev.migrator.core.lifecycle.WorkerCommand;
import dev.migrator.core.plan.Plan;
import dev.migrator.core.plan.PlanCodec;
import dev.migrator.target.TargetException;
import dev.migrator.target.TargetWriter;
import dev.migrator.target.WriteGuard;
import dev.migrator.target.testkit.FaultyTarget;
import dev.migrator.target.testkit.InMemoryTarget;
import dev.migrator.target.testkit.StaleReads;
import java.time.Duration;
import java.util.Optional;

/** An engine on an in-memory target whose reads lag until settled, and commands for it. */
final class EngineFixture {
    static final MigrationId ID = new MigrationId("m-1");
    static final EngineSettings SETTINGS = new EngineSettings(
            Duration.ofSeconds(60),
            Duration.ofSeconds(10),
            Duration.ofMillis(100),
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            3);

    final InMemoryTarget target = InMemoryTarget.ofAllKinds(Plans.TARGET).staleReads(StaleReads.UNTIL_SETTLED);
    final Journal journal = new MemoryJournal();
    final FakePace pace = new FakePace(1);
    private TargetWriter writer = target;
    private Position newest = new Position(1, 0);
    private Engine engine = engine();

    /** Puts faults between engine and target. */
    EngineFixture faults(FaultyTarget.Script script) {
        writer = new FaultyTarget(target, script);
        return this;
    }

    /** As after a crash: what the engine knew is gone, the journal is not. */
    EngineFixture restarted() {
        engine = engine();
        return this;
    }

    Execution check(Plan plan) throws EngineUnavailable, TargetException.Fenced {
        return execute(new WorkerCommand.CheckScope(next(plan), plan.beforeHash(), Optional.empty()), plan);
    }

    Execution apply(Plan plan, int batch) throws EngineUnavailable, TargetException.Fenced {
        return execute(new WorkerCommand.ApplyBatch(next(plan), batch), plan);
    }

    Execution revert(Plan plan, int batch) throws EngineUnavailable, TargetException.Fenced {
        return execute(new WorkerCommand.RevertBatch(next(plan), batch), plan);
    }

    Execution close(Plan plan, boolean rolledBack) throws EngineUnavailable, TargetException.Fenced {
        return execute(new WorkerCommand.Close(next(plan), rolledBack, plan.beforeHash()), plan);
    }

    Execution execute(WorkerCommand command, Plan plan) throws EngineUnavailable, TargetException.Fenced {
        return execute(command, plan, WriteGuard.ALWAYS);
    }

    Execution execute(WorkerCommand command, Plan plan, WriteGuard guard)
            throws EngineUnavailable, TargetException.Fenced {
        return engine.execute(command, plan, (_, position) -> position.compareTo(newest) >= 0, guard);
    }

    /** The envelope of the next command; issuing it supersedes those before. */
    WorkerCommand.Envelope next(Plan plan) {
        newest = new Position(newest.epoch(), newest.seq() + 1);
        return new WorkerCommand.Envelope(ID, "production", "c0ffee", newest, PlanCodec.digest(plan), "s3://plan");
    }

    private Engine engine() {
        return new Engine(name -> writer, journal, SETTINGS, pace);
    }

    static Digest digest(String text) {
        return Digest.ofText(text);
    }
}
