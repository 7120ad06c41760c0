package dev.migrator.engine.simulator;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.error.Problem;
import dev.migrator.core.lifecycle.Effect;
import dev.migrator.core.lifecycle.Fact;
import dev.migrator.core.lifecycle.MigrationId;
import dev.migrator.core.lifecycle.Position;
import dev.migrator.core.lifecycle.StoredObject;
import dev.migrator.core.lifecycle.WorkerAnswer;
import dev.migrator.core.lifecycle.WorkerCommand;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.plan.Plan;
import dev.migrator.core.plan.PlannedOperation;
import dev.migrator.core.rehearsal.Untouched;
import dev.migrator.core.undo.KitTarget;
import dev.migrator.core.undo.UndoKit;
import dev.migrator.core.undo.UndoKitCodec;
import dev.migrator.core.verdict.CheckResult;
import dev.migrator.engine.DryRun;
import dev.migrator.engine.DryRunSummary;
import dev.migrator.engine.Engine;
import dev.migrator.engine.EngineSettings;
import dev.migrator.engine.EngineUnavailable;
import dev.migrator.engine.Execution;
import dev.migrator.engine.Journal;
import dev.migrator.engine.MemoryJournal;
import dev.migrator.engine.Rehearsal;
import dev.migrator.engine.RehearsalResult;
import dev.migrator.target.DryRunOutcome;
import dev.migrator.target.TargetException;
import dev.migrator.target.WriteGuard;
import dev.migrator.target.testkit.InMemoryTarget;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The workers: the real engine, dying at any call, with its journal kept or lost; stopped at any call and continued, with
 * its right to write still there or gone to another worker.
 */
final class WorkerNode {
    private static final EngineSettings SETTINGS = new EngineSettings(
            Duration.ofSeconds(3),
            Duration.ofSeconds(1),
            Duration.ofMillis(100),
            Duration.ofSeconds(1),
            Duration.ofSeconds(5),
            3);

    /** One process with its disk. */
    private final class Instance {
        private final Journal journal;
        private final Engine engine;
        private boolean leaseOver;

        Instance(Journal journal) {
            this.journal = journal;
            this.engine = new Engine(_ -> target, new DyingJournal(journal), SETTINGS, world.pace);
        }
    }

    /** A command on its way through a worker. */
    private record Underway(
            Instance worker,
            Log<Object> log,
            WorkerCommand command,
            boolean wasNewest,
            Stoppable<Execution> execution) {}

    private final World world;
    private final Expectations expectations = new Expectations();
    private final SimulatedTarget target;
    /** There for rehearsals alone; what one leaves there, the next one finds. */
    private final InMemoryTarget rehearsalTarget = InMemoryTarget.ofAllKinds(World.REHEARSAL);
    /** Stopped in their middle: of the present worker, or of one that lost its right to write. */
    private final List<Underway> stopped = new ArrayList<>();

    private Instance holder;
    private Optional<Underway> running = Optional.empty();

    WorkerNode(World world, Outsider outsider) {
        this.world = world;
        this.target = new SimulatedTarget(world, outsider, expectations, this::mayStop);
        this.holder = new Instance(new MemoryJournal());
    }

    /** The next command of that log, or more of the one that is on its way. */
    void work(Log<Object> log) {
        var slow = stopped.stream()
                .filter(one -> one.worker() == holder && one.log() == log)
                .findFirst();
        if (slow.isPresent()) {
            goOn(slow.get());
            return;
        }
        var command = (WorkerCommand) log.next();
        var worker = holder;
        world.trace(() -> "the worker executes " + Oracle.name(command));
        boolean isNewest = world.oracle.starting(command);
        if (leadsForward(command) && isUndone(command)) {
            refuseUndone(log, command);
            return;
        }
        if (world.chance.accident(4)) {
            var plan = planFor(command);
            goOn(new Underway(worker, log, command, isNewest, new Stoppable<>(() -> execute(worker, command, plan))));
            return;
        }
        begin(command, isNewest);
        try {
            finish(worker, log, command, execute(worker, command, planFor(command)));
        } catch (EngineUnavailable | Crash | TargetException.Fenced e) {
            failed(worker, log, command, e);
        }
    }

    boolean hasStopped() {
        return !stopped.isEmpty();
    }

    /** Something that was stopped goes on, wherever it was; one that lost its right to write sleeps long. */
    void continueOne() {
        var one = world.chance.pick(stopped);
        if (!one.worker().leaseOver || !world.chance.unless(10)) {
            goOn(one);
        }
    }

    /** The worker is taken for dead, and another with a disk of its own takes its place. */
    void takeOver() {
        world.trace(() -> "another worker takes over");
        holder.leaseOver = true;
        holder = new Instance(new MemoryJournal());
        world.oracle.journalLost();
        world.broker.names().stream()
                .filter(name -> name.startsWith("batches/"))
                .forEach(name -> world.broker.log(name).rewind(world.chance.below(3)));
    }

    /** Nothing of this history goes on. */
    void kill() {
        stopped.forEach(one -> one.execution().kill());
        stopped.clear();
    }

    private Execution execute(Instance worker, WorkerCommand command, Plan plan)
            throws EngineUnavailable, TargetException.Fenced {
        var unseen = switch (command) {
            case WorkerCommand.CheckScope _ -> world.bug == Bug.SCOPE_NOT_CHECKED;
            case WorkerCommand.Close close -> close.rolledBack() && world.bug == Bug.ROLLBACK_NOT_MEASURED;
            default -> false;
        };
        if (unseen) {
            return keepKit(command, Unseen.asBefore(command, plan));
        }
        var execution = worker.engine.execute(
                command,
                plan,
                this::isNewest,
                target.guard(() -> worker.leaseOver && world.bug != Bug.LEASE_IGNORED
                        || command instanceof WorkerCommand.ApplyBatch && isUndone(command)));
        return command instanceof WorkerCommand.Close && leadsForward(command) && isUndone(command)
                ? execution.answering(undone(command))
                : keepKit(command, execution);
    }

    private boolean isUndone(WorkerCommand command) {
        return world.bug != Bug.RECEIPT_IGNORED
                && world.undone.contains(command.envelope().id());
    }

    private static boolean leadsForward(WorkerCommand command) {
        return switch (command) {
            case WorkerCommand.CheckScope _, WorkerCommand.ApplyBatch _ -> true;
            case WorkerCommand.Close close -> !close.rolledBack();
            case WorkerCommand.RevertBatch _ -> false;
        };
    }

    private void refuseUndone(Log<Object> log, WorkerCommand command) {
        world.trace(() -> "the worker finds the receipt and does not carry out " + Oracle.name(command));
        var answer = undone(command);
        world.oracle.answered(answer);
        publish(new Fact.Answered(answer));
        log.advance();
    }

    private static WorkerAnswer undone(WorkerCommand command) {
        return new WorkerAnswer(
                command.envelope().id(),
                command.envelope().position(),
                switch (command) {
                    case WorkerCommand.CheckScope _ -> WorkerAnswer.Kind.CHECK_SCOPE;
                    case WorkerCommand.ApplyBatch _ -> WorkerAnswer.Kind.APPLY_BATCH;
                    case WorkerCommand.RevertBatch _ -> WorkerAnswer.Kind.REVERT_BATCH;
                    case WorkerCommand.Close _ -> WorkerAnswer.Kind.CLOSE;
                },
                command instanceof WorkerCommand.ApplyBatch apply ? apply.batch() : -1,
                WorkerAnswer.Result.FAILED,
                WorkerAnswer.Counts.NONE,
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.of(Problem.of(WorkerAnswer.UNDONE, "a person undoes it by its kit")),
                Optional.empty());
    }

    /** As the executor does it: before the answer that lets the writing begin, from the plan in the bucket. */
    private Execution keepKit(WorkerCommand command, Execution execution) throws EngineUnavailable {
        if (!(command instanceof WorkerCommand.CheckScope check)
                || execution.answer().result() != WorkerAnswer.Result.DONE) {
            return execution;
        }
        if (world.chance.accident(30)) {
            throw new EngineUnavailable(Problem.of("OBJ-UNAVAILABLE", "the bucket does not answer"), null);
        }
        if (world.chance.death(40)) {
            world.trace(() -> "the worker dies before it keeps the undo kit");
            throw new Crash();
        }
        var envelope = check.envelope();
        var plan = world.plan(envelope.planDigest());
        var bytes = UndoKitCodec.bytes(new UndoKit(
                envelope.id(),
                envelope.commit(),
                plan,
                envelope.planDigest(),
                check.snapshot(),
                UndoKit.written(plan).stream()
                        .map(name -> new KitTarget(name, "memory", target.identity()))
                        .toList()));
        if (world.bug != Bug.NO_KIT) {
            world.kits.computeIfAbsent(envelope.id(), _ -> new HashMap<>()).put(envelope.planDigest(), bytes);
        }
        var kit = new StoredObject("bucket:undo-kit", Digest.of(bytes));
        return execution.answering(execution.answer().with(kit));
    }

    private void begin(WorkerCommand command, boolean wasNewest) {
        world.oracle.executing(command, wasNewest);
        expectations.of(command, world.plan(command.envelope().planDigest()));
    }

    private void goOn(Underway one) {
        stopped.remove(one);
        running = Optional.of(one);
        begin(one.command(), one.wasNewest());
        boolean ended;
        try {
            ended = one.execution().run();
        } finally {
            running = Optional.empty();
        }
        if (!ended) {
            world.trace(() -> "the worker stops in the middle of " + Oracle.name(one.command()));
            stopped.add(one);
            return;
        }
        try {
            finish(one.worker(), one.log(), one.command(), one.execution().get());
        } catch (EngineUnavailable | Crash | TargetException.Fenced e) {
            failed(one.worker(), one.log(), one.command(), e);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void mayStop() {
        if (running.isPresent() && world.chance.accident(8)) {
            running.get().execution().stop();
        }
    }

    private void failed(Instance worker, Log<Object> log, WorkerCommand command, Throwable why) {
        if (why instanceof EngineUnavailable e) {
            publish(new Fact.WorkDelayed(command.envelope().id(), "executor", e.problem()));
        } else if (worker == holder) {
            restart(log);
        }
    }

    private void finish(Instance worker, Log<Object> log, WorkerCommand command, Execution execution) {
        if (worker.leaseOver && world.bug != Bug.LEASE_IGNORED) {
            // it may have looked with eyes of long ago; an answer that nobody hears promises nothing
            world.trace(() -> "a worker without its lease keeps its answer to itself");
            return;
        }
        world.oracle.executed(command, execution);
        world.trace(() -> "the worker answers " + execution.answer());
        if (world.chance.death(30)) {
            restartIfHolding(worker, log);
            return;
        }
        world.oracle.answered(execution.answer());
        publish(new Fact.Answered(execution.answer()));
        if (world.chance.death(20)) {
            restartIfHolding(worker, log);
        } else if (worker == holder) {
            log.advance();
        }
    }

    private void restartIfHolding(Instance worker, Log<Object> log) {
        if (worker == holder) {
            restart(log);
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

    /** @return false if it died on the way: the question comes again, to a worker that remembers nothing of it */
    boolean rehearse(Effect.RehearsalRequested request) {
        if (world.chance.accident(20)) {
            var why = Problem.of("TST-AWAY", "the place to rehearse in does not answer");
            publish(new Fact.WorkDelayed(request.id(), "executor", why));
            return false;
        }
        var plan = world.plan(request.planDigest());
        var result = world.bug == Bug.NO_REHEARSAL ? unrehearsed() : rehearsal(request, plan);
        if (world.chance.death(10)) {
            world.trace(() -> "the worker dies after the rehearsal of " + request.id());
            return false;
        }
        var report = result.report("bucket:rehearsal", Digest.ofText("rehearsal " + result));
        world.trace(() -> "the worker rehearsed the plan of " + request.id() + ": " + report);
        publish(new Fact.RehearsalAnswered(
                request.id(),
                request.revision(),
                request.planDigest(),
                request.snapshot().digest(),
                report));
        return !world.chance.death(30);
    }

    private RehearsalResult rehearsal(Effect.RehearsalRequested request, Plan plan) {
        var script = new Rehearsal.Script(
                request.id(),
                request.commit(),
                plan,
                request.planDigest(),
                request.rehearsalEnvironment(),
                Set.of(World.TARGET),
                Map.of(plan.environment(), Set.of(World.TARGET)),
                new Untouched(Map.of()),
                world.snapshots.get(request.snapshot().digest()));
        try {
            var result = new Rehearsal(
                            _ -> rehearsalTarget,
                            _ -> _ -> InMemoryTarget.ofAllKinds("source"),
                            check -> CheckResult.passed(check.name(), "fine"),
                            SETTINGS,
                            world.pace)
                    .run(script, WriteGuard.ALWAYS);
            world.oracle.rehearsed(request.id(), request.planDigest(), result.problem());
            return result;
        } catch (EngineUnavailable | TargetException e) {
            throw new IllegalStateException("a place without faults", e);
        }
    }

    private static RehearsalResult unrehearsed() {
        return new RehearsalResult(
                List.of(), List.of(), List.of(), Optional.empty(), Optional.empty(), Optional.empty());
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
            world.oracle.journalLost();
        }
        log.rewind(world.chance.below(4));
        var dead = holder;
        stopped.stream()
                .filter(one -> one.worker() == dead)
                .forEach(one -> one.execution().kill());
        stopped.removeIf(one -> one.worker() == dead);
        holder = new Instance(diskLost ? new MemoryJournal() : dead.journal);
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
        return world.bug == Bug.INCARNATION_IGNORED ? plan.mapped(WorkerNode::withoutIncarnation) : plan;
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
        private final Journal journal;

        DyingJournal(Journal journal) {
            this.journal = journal;
        }

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
            if (world.chance.death(60)) {
                world.trace(() -> "the worker dies at its journal");
                throw new Crash();
            }
            mayStop();
        }
    }
}
