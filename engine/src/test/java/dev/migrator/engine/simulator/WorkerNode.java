package dev.migrator.engine.simulator;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.error.Problem;
import dev.migrator.core.lifecycle.Effect;
import dev.migrator.core.lifecycle.Fact;
import dev.migrator.core.lifecycle.MigrationId;
import dev.migrator.core.lifecycle.Position;
import dev.migrator.core.lifecycle.WorkerCommand;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.plan.Batch;
import dev.migrator.core.plan.Phase;
import dev.migrator.core.plan.Plan;
import dev.migrator.core.plan.PlannedOperation;
import dev.migrator.engine.DryRun;
import dev.migrator.engine.DryRunSummary;
import dev.migrator.engine.Engine;
import dev.migrator.engine.EngineSettings;
import dev.migrator.engine.EngineUnavailable;
import dev.migrator.engine.Execution;
import dev.migrator.engine.Journal;
import dev.migrator.engine.MemoryJournal;
import dev.migrator.target.DryRunOutcome;
import dev.migrator.target.TargetException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The worker: the real engine, dying at any call, with its journal kept or lost. */
final class WorkerNode {
    private static final EngineSettings SETTINGS = new EngineSettings(
            Duration.ofSeconds(3),
            Duration.ofSeconds(1),
            Duration.ofMillis(100),
            Duration.ofSeconds(1),
            Duration.ofSeconds(5),
            3);

    private final World world;
    private final Expectations expectations = new Expectations();
    private final SimulatedTarget target;
    private Journal journal = new MemoryJournal();
    private Engine engine;

    WorkerNode(World world, Outsider outsider) {
        this.world = world;
        this.target = new SimulatedTarget(world, outsider, expectations);
        this.engine = engine();
    }

    private Engine engine() {
        return new Engine(_ -> target, new DyingJournal(), SETTINGS, world.pace);
    }

    void work(Log<Object> log) {
        var command = (WorkerCommand) log.next();
        var plan = planFor(command);
        Execution execution;
        world.trace(() -> "the worker executes " + Oracle.name(command));
        world.oracle.executing(command);
        expectations.of(command, plan);
        try {
            execution = engine.execute(command, plan, this::isNewest, target.guard());
        } catch (EngineUnavailable e) {
            publish(new Fact.WorkDelayed(command.envelope().id(), "executor", e.problem()));
            return;
        } catch (Crash _) {
            restart(log);
            return;
        } catch (TargetException.Fenced _) {
            restart(log);
            return;
        }
        world.trace(() -> "the worker answers " + execution.answer());
        world.oracle.executed(command, execution);
        if (world.chance.accident(30)) {
            restart(log);
            return;
        }
        world.oracle.answered(execution.answer());
        publish(new Fact.Answered(execution.answer()));
        if (world.chance.accident(20)) {
            restart(log);
        } else {
            log.advance();
        }
    }

    /** @return false if it died on the way: the question comes again */
    boolean dryRun(Effect.DryRunRequested request) {
        var plan = world.plan(request.planDigest());
        world.oracle.dryRunning(request.id(), request.planDigest());
        try {
            var outcomes = world.bug == Bug.NO_DRY_RUN ? unasked(plan) : new DryRun(_ -> target).ask(plan);
            world.trace(() -> "the worker dry-runs the plan of " + request.id() + ": " + outcomes);
            var report = DryRunSummary.of(outcomes, "bucket:dry-run", Digest.ofText("dry run " + outcomes));
            publish(new Fact.DryRunAnswered(request.id(), request.revision(), request.planDigest(), report));
        } catch (TargetException.Unavailable e) {
            publish(new Fact.WorkDelayed(request.id(), "executor", e.problem()));
        } catch (Crash _) {
            return false;
        }
        return true;
    }

    private static List<DryRunOutcome> unasked(Plan plan) {
        return plan.operations()
                .<DryRunOutcome>map(planned ->
                        new DryRunOutcome.Accepted(planned.operation().key()))
                .toList();
    }

    private void publish(Fact fact) {
        world.broker.publish("results", World.ENVIRONMENT, fact);
    }

    private void restart(Log<Object> log) {
        boolean diskLost = world.chance.accident(6);
        world.trace(() -> "the worker starts again, " + (diskLost ? "its journal lost" : "its journal kept"));
        if (diskLost) {
            journal = new MemoryJournal();
            world.oracle.journalLost();
        }
        log.rewind(world.chance.below(4));
        engine = engine();
    }

    private boolean isNewest(MigrationId id, Position position) throws EngineUnavailable {
        if (world.chance.accident(60)) {
            throw new EngineUnavailable(Problem.of("WRK-FENCE", "the topic cannot be read to its end"), null);
        }
        return world.bug == Bug.NO_FENCE
                || world.broker.log("batches", id.value()).all().stream()
                        .map(message -> ((WorkerCommand) message).envelope().position())
                        .allMatch(other -> other.compareTo(position) <= 0);
    }

    private Plan planFor(WorkerCommand command) {
        var plan = world.plan(command.envelope().planDigest());
        return world.bug == Bug.INCARNATION_IGNORED ? withoutIncarnations(plan) : plan;
    }

    private static Plan withoutIncarnations(Plan plan) {
        return new Plan(
                plan.environment(),
                plan.bundleDigest(),
                plan.policyDigest(),
                plan.beforeHash(),
                plan.phases().stream()
                        .map(phase -> new Phase(
                                phase.number(),
                                phase.name(),
                                phase.batches().stream()
                                        .map(batch -> new Batch(
                                                batch.number(),
                                                batch.target(),
                                                batch.operations().stream()
                                                        .map(WorkerNode::withoutIncarnation)
                                                        .toList()))
                                        .toList(),
                                phase.checks()))
                        .toList(),
                plan.reads(),
                plan.warnings());
    }

    private static PlannedOperation withoutIncarnation(PlannedOperation planned) {
        return new PlannedOperation(
                planned.uid(),
                planned.resource(),
                planned.operation(),
                "",
                planned.risk(),
                planned.undo(),
                planned.dependsOn());
    }

    /** The disk is there, but the process may die before or after each line. */
    private final class DyingJournal implements Journal {
        @Override
        public void intend(MigrationId id, int batch, Set<EntryKey> keys) {
            between();
            journal.intend(id, batch, keys);
            between();
        }

        @Override
        public void record(MigrationId id, int batch, Map<EntryKey, String> incarnations) {
            between();
            journal.record(id, batch, incarnations);
            world.oracle.journalled(id, incarnations);
            between();
        }

        @Override
        public Map<EntryKey, String> incarnations(MigrationId id, int batch) {
            return world.bug == Bug.INCARNATION_IGNORED ? Map.of() : journal.incarnations(id, batch);
        }

        @Override
        public void forget(MigrationId id) {
            journal.forget(id);
            between();
        }

        private void between() {
            if (world.chance.accident(60)) {
                world.trace(() -> "the worker dies at its journal");
                throw new Crash();
            }
        }
    }
}
