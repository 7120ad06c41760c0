package dev.migrator.engine;

import dev.migrator.core.error.Problem;
import dev.migrator.core.lifecycle.WorkerCommand;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Batch;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Outcome;
import dev.migrator.core.plan.Plan;
import dev.migrator.core.plan.StateHash;
import dev.migrator.target.TargetException;
import dev.migrator.target.WriteGuard;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Carries out worker commands: the one place that decides when a target is written, read and settled. Executor, rehearsal
 * and simulator run this same code. Executing a command again, at any point and any number of times, leads to the same
 * end. Thread-safe for different migrations; commands of one migration come one after another.
 */
public final class Engine {
    private final Targets targets;
    private final Journal journal;
    private final EngineSettings settings;
    private final Pace pace;
    private final SettledTargets settled = new SettledTargets();
    private final UndoneInPart undoneInPart = new UndoneInPart();

    public Engine(Targets targets, Journal journal, EngineSettings settings, Pace pace) {
        this.targets = targets;
        this.journal = journal;
        this.settings = settings;
        this.pace = pace;
    }

    /**
     * @param plan the plan of the command's digest, already checked against it
     * @param fence asked first, and again before the first write
     * @param guard the worker's lease, asked before every call that writes
     * @return an answer to every command, whatever the plan holds and the target refuses
     * @throws EngineUnavailable if a target did not answer for as long as the settings allow, or cannot be read while
     *     something may be half done: keep the command and execute it again later
     * @throws TargetException.Fenced if the lease is lost: someone else executes the command; give no answer
     */
    public Execution execute(WorkerCommand command, Plan plan, Fence fence, WriteGuard guard)
            throws EngineUnavailable, TargetException.Fenced {
        var run = new Run(command, settings, targets, settled, pace, fence, guard);
        if (!run.isNewest()) {
            return Answers.superseded(command);
        }
        try {
            return switch (command) {
                case WorkerCommand.CheckScope check -> checkScope(check, plan, run);
                case WorkerCommand.ApplyBatch apply -> applyBatch(apply, plan, run);
                case WorkerCommand.RevertBatch revert -> revertBatch(revert, plan, run);
                case WorkerCommand.Close close -> close(close, plan, run);
            };
        } catch (Superseded _) {
            return Answers.superseded(command);
        } catch (UncheckedIOException e) {
            throw new EngineUnavailable(
                    Problem.of("WRK-JOURNAL", "the worker's journal cannot be written; without it nothing is")
                            .about(command.envelope().id().toString())
                            .found(String.valueOf(e.getMessage()))
                            .todo("look at the disk of the executor's work folder"),
                    e);
        }
    }

    private Execution checkScope(WorkerCommand.CheckScope check, Plan plan, Run run)
            throws EngineUnavailable, TargetException.Fenced {
        Map<EntryKey, EntryState> found;
        try {
            found = run.readSettled(plan.written());
        } catch (TargetException.Refused e) {
            return Answers.failed(check, e.problem());
        }
        var hash = StateHash.of(StateHash.pairs(plan), found);
        return hash.equals(check.beforeHash())
                ? Answers.done(check, hash, List.of(), List.of())
                : Answers.differs(check, hash, check.beforeHash(), List.of(), Differences.fromBefore(plan, found));
    }

    private Execution applyBatch(WorkerCommand.ApplyBatch apply, Plan plan, Run run)
            throws EngineUnavailable, TargetException.Fenced, Superseded {
        var batch = find(plan, apply.batch());
        if (batch.isEmpty()) {
            return Answers.failed(apply, noSuchBatch(apply.batch()));
        }
        undoneInPart.forget(run.id());
        var operations = new ArrayList<Operation>();
        var incarnations = new HashMap<EntryKey, String>();
        for (var planned : batch.get().operations()) {
            operations.add(planned.operation());
            incarnations.put(planned.operation().key(), planned.beforeIncarnation());
        }
        var outcomes =
                write(run, new BatchWriter.Work(apply.batch(), batch.get().target(), operations, incarnations, false));
        settleBeforeAnswer(run, batch.get().target());
        return Answers.ofBatch(apply, outcomes);
    }

    private Execution revertBatch(WorkerCommand.RevertBatch revert, Plan plan, Run run)
            throws EngineUnavailable, TargetException.Fenced, Superseded {
        var batch = find(plan, revert.batch());
        if (batch.isEmpty()) {
            return Answers.failed(revert, noSuchBatch(revert.batch()));
        }
        var done = undoneInPart.of(run.id(), revert.batch());
        var inverses = Inverses.of(batch.get(), journal.incarnations(run.id(), revert.batch()))
                .without(done.keySet());
        FieldByField.Writing writing = operations -> write(
                run,
                new BatchWriter.Work(revert.batch(), batch.get().target(), operations, inverses.incarnations(), true));
        var outcomes = FieldByField.putBack(inverses.operations(), writing.write(inverses.operations()), writing);
        var others = new HashMap<>(done);
        others.putAll(notUndone(inverses.purges(), run));
        var all = inOrder(batch.get(), outcomes, others);
        undoneInPart.keep(run.id(), revert.batch(), all);
        return Answers.ofBatch(revert, all);
    }

    private static List<Outcome> inOrder(Batch batch, List<Outcome> undone, Map<EntryKey, Outcome> others) {
        var byKey = new HashMap<>(others);
        undone.forEach(outcome -> byKey.put(outcome.key(), outcome));
        return batch.operations().stream()
                .map(planned -> byKey.get(planned.operation().key()))
                .toList();
    }

    /** What was removed for good does not come back; a rollback says so for each, and is not complete. */
    private static Map<EntryKey, Outcome> notUndone(Set<EntryKey> purges, Run run)
            throws EngineUnavailable, TargetException.Fenced {
        if (purges.isEmpty()) {
            return Map.of();
        }
        Map<EntryKey, EntryState> found;
        try {
            found = run.readSettled(purges);
        } catch (TargetException.Refused e) {
            throw new EngineUnavailable(e.problem(), e);
        }
        var outcomes = new HashMap<EntryKey, Outcome>();
        purges.forEach(key -> outcomes.put(
                key,
                found.getOrDefault(key, EntryState.ABSENT) instanceof EntryState.Absent
                        ? new Outcome.Failed(key, purged(key))
                        : new Outcome.AlreadyApplied(key, "")));
        return outcomes;
    }

    private static Problem purged(EntryKey key) {
        return Problem.of("APL-PURGED", "the entry was removed for good; nothing brings it back")
                .about(key.toString())
                .expected("an entry that is still kept out of use")
                .found("none")
                .todo("make it anew, if it is needed: it will be another one, without the data of this");
    }

    private Execution close(WorkerCommand.Close close, Plan plan, Run run)
            throws EngineUnavailable, TargetException.Fenced {
        Map<EntryKey, EntryState> found;
        try {
            found = run.readSettled(plan.written());
        } catch (TargetException.Refused e) {
            throw new EngineUnavailable(e.problem(), e);
        }
        var hash = StateHash.of(StateHash.pairs(plan), found);
        journal.forget(run.id());
        settled.forget(run.id());
        undoneInPart.forget(run.id());
        if (!close.rolledBack()) {
            // later edits by others are no failure of a migration that was verified; they are listed
            return Answers.done(close, hash, List.of(), Differences.fromAfter(plan, found))
                    .seeing(found);
        }
        var retained = plan.operations()
                .filter(planned -> planned.operation() instanceof Operation.Create && !Inverses.wasRetired(planned))
                .map(planned -> planned.operation().key())
                .filter(key -> found.get(key) instanceof EntryState.Retired)
                .map(EntryKey::toString)
                .toList();
        // the hash counts what is retired as absent, so it does not tell that something is gone for good
        var gone = Differences.goneForGood(plan, found);
        if (hash.equals(close.beforeHash()) && gone.isEmpty()) {
            return Answers.done(close, hash, retained, List.of()).seeing(found);
        }
        var differences = new ArrayList<>(gone);
        differences.addAll(Differences.fromBefore(plan, found));
        return Answers.differs(close, hash, close.beforeHash(), retained, differences)
                .seeing(found);
    }

    private List<Outcome> write(Run run, BatchWriter.Work work)
            throws EngineUnavailable, TargetException.Fenced, Superseded {
        return new BatchWriter(run, journal, work, settings.doubtfulRounds()).write();
    }

    /** An answer says that reads now show it; whoever acts on the answer may rely on that. */
    private static void settleBeforeAnswer(Run run, String target) throws EngineUnavailable, TargetException.Fenced {
        if (!run.mayHaveWritten()) {
            return;
        }
        try {
            run.settleIfNeeded(target);
        } catch (TargetException.Refused e) {
            throw new EngineUnavailable(e.problem(), e);
        }
    }

    private static Optional<Batch> find(Plan plan, int number) {
        return plan.batches().filter(batch -> batch.number() == number).findFirst();
    }

    private static Problem noSuchBatch(int number) {
        return Problem.of("PLN-BATCH", "the plan has no such batch")
                .about("batch " + number)
                .todo("look at who writes the topic of batches");
    }
}
