package dev.migrator.engine;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.error.Problem;
import dev.migrator.core.kinds.SmokeCheckKind;
import dev.migrator.core.lifecycle.Position;
import dev.migrator.core.lifecycle.WorkerAnswer;
import dev.migrator.core.lifecycle.WorkerCommand;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Batch;
import dev.migrator.core.plan.Phase;
import dev.migrator.core.plan.Plan;
import dev.migrator.core.plan.PlannedOperation;
import dev.migrator.core.plan.StateHash;
import dev.migrator.core.plan.UndoClass;
import dev.migrator.core.rehearsal.Unproven;
import dev.migrator.target.TargetException;
import dev.migrator.target.WriteGuard;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** One rehearsal: empty, furnish, apply, compare, check, undo, compare, empty. For one thread, and for one use. */
final class RehearsalRun {
    private final Rehearsal.Script script;
    private final Scenery scenery;
    private final Engine engine;
    private final RehearsedChecks checks;
    private final WriteGuard guard;
    private final SortedMap<EntryKey, String> outcomes = new TreeMap<>();
    private final SortedMap<EntryKey, List<String>> differences = new TreeMap<>();
    private Plan plan;
    private int seq;

    RehearsalRun(
            Rehearsal.Script script,
            Survey survey,
            Targets place,
            RehearsedChecks checks,
            EngineSettings settings,
            Pace pace,
            WriteGuard guard) {
        this.script = script;
        this.scenery = new Scenery(script, survey, place, settings, pace, guard);
        this.plan = scenery.plan();
        this.engine = new Engine(place, new MemoryJournal(), settings, pace);
        this.checks = checks;
        this.guard = guard;
    }

    /** @param unproven what is known of that already; more is added */
    RehearsalResult run(List<Unproven> unproven) throws EngineUnavailable, TargetException {
        var unfit = scenery.make(unproven);
        if (unfit.isPresent()) {
            return RehearsalResult.failed(unproven, unfit.get()).leaving(scenery.clear());
        }
        plan = scenery.plan();
        var result = done(scenery.before(), unproven);
        return result.leaving(scenery.clear());
    }

    private RehearsalResult done(Map<EntryKey, EntryState> before, List<Unproven> unproven)
            throws EngineUnavailable, TargetException {
        var issued = new ArrayList<Batch>();
        var refusal = apply(issued);
        var refused = new ArrayList<Batch>();
        for (var batch : issued.reversed()) {
            if (revert(batch).answer().hasRefusals()) {
                refused.add(batch);
            }
        }
        // as in production: what was refused is tried once more after all others
        for (var batch : refused) {
            revert(batch);
        }
        execute(envelope -> new WorkerCommand.Close(envelope, true, StateHash.of(StateHash.pairs(plan), before)));
        var end = scenery.read(plan.written());
        var restored = new Restored(plan, before, end);
        var operations =
                plan.operations().map(planned -> rehearsed(planned, restored)).toList();
        var hash = restored.hashBefore();
        var hashAfter = restored.hashAfter();
        return new RehearsalResult(
                operations,
                checks.results(),
                unproven,
                Optional.of(hash),
                Optional.of(hashAfter),
                refusal.or(() -> otherwise(operations)).or(() -> notUndone(hash, hashAfter)));
    }

    private Execution revert(Batch batch) throws EngineUnavailable, TargetException.Fenced {
        return execute(envelope -> new WorkerCommand.RevertBatch(envelope, batch.number()));
    }

    /** @param issued takes the batches that were begun, in order        @return what a target refused, or which check failed */
    private Optional<Problem> apply(List<Batch> issued) throws EngineUnavailable, TargetException {
        for (var phase : plan.phases()) {
            for (var batch : phase.batches()) {
                issued.add(batch);
                var applied = execute(envelope -> new WorkerCommand.ApplyBatch(envelope, batch.number()));
                applied.outcomes().forEach(outcome -> outcomes.put(outcome.key(), OutcomeWord.of(outcome)));
                if (applied.answer().result() != WorkerAnswer.Result.DONE) {
                    return Optional.of(refused(applied.answer()));
                }
            }
            var written = new TreeSet<EntryKey>();
            phase.batches()
                    .forEach(batch -> batch.operations()
                            .forEach(planned -> written.add(planned.operation().key())));
            var found = scenery.read(written);
            phase.batches()
                    .forEach(batch -> batch.operations()
                            .forEach(planned -> differences.put(
                                    planned.operation().key(),
                                    Differences.fromAfter(
                                            planned,
                                            found.getOrDefault(
                                                    planned.operation().key(), EntryState.ABSENT)))));
            var failed = checks.run(phase, checked(phase, found));
            if (failed.isPresent()) {
                return failed;
            }
        }
        return Optional.empty();
    }

    /** What checks look at may have been written by an earlier phase. */
    private Map<EntryKey, EntryState> checked(Phase phase, Map<EntryKey, EntryState> found) throws TargetException {
        var others = new TreeSet<EntryKey>();
        phase.checks()
                .forEach(check -> SmokeCheckKind.subject(check)
                        .filter(subject -> !found.containsKey(subject))
                        .ifPresent(others::add));
        var all = new TreeMap<>(found);
        all.putAll(scenery.read(others));
        return all;
    }

    private Execution execute(Function<WorkerCommand.Envelope, WorkerCommand> command)
            throws EngineUnavailable, TargetException.Fenced {
        var envelope = new WorkerCommand.Envelope(
                script.id(), script.place(), script.commit(), new Position(1, ++seq), script.planDigest(), "");
        // nobody else gives commands here: whoever does has the place for itself
        return engine.execute(command.apply(envelope), plan, (_, _) -> true, guard);
    }

    private RehearsedOperation rehearsed(PlannedOperation planned, Restored restored) {
        var key = planned.operation().key();
        return new RehearsedOperation(
                planned,
                outcomes.getOrDefault(key, OutcomeWord.NOT_REACHED),
                differences.getOrDefault(key, List.of()),
                outcomes.containsKey(key) ? Optional.of(restored.of(planned)) : Optional.empty());
    }

    /** A batch that was not carried out, though nobody meant that. */
    static Problem refused(WorkerAnswer answer) {
        var why = answer.problem()
                .orElseGet(
                        () -> Problem.of("REH-REFUSED", "no reason was given").about("batch " + answer.batch()));
        return Problem.of("REH-REFUSED", "the plan cannot be carried out in the rehearsal environment")
                .about(why.thing())
                .expected("a plan that can be carried out")
                .found(why.code() + " " + why.message() + (why.found().isEmpty() ? "" : ": " + why.found()))
                .todo("correct the manifests, or the rehearsal environment if it is not like the real one");
    }

    private static Optional<Problem> otherwise(List<RehearsedOperation> operations) {
        return operations.stream()
                .filter(operation -> !operation.isAsPredicted())
                .findFirst()
                .map(operation -> operation.isDoneAsPredicted()
                        ? Problem.of("REH-NOT-UNDONE", "undoing the plan did not lead back to what was there")
                                .about(operation.planned().operation().key().toString())
                                .expected("undo " + operation.planned().undo())
                                .found("undo " + operation.undone().orElse(UndoClass.NONE))
                                .todo("do not carry it out like this: a rollback would not be complete")
                        : Problem.of("REH-NOT-AS-PREDICTED", "the plan leads to something else than it says")
                                .about(operation.planned().operation().key().toString())
                                .expected("what the plan says")
                                .found(
                                        operation.differences().isEmpty()
                                                ? operation.outcome()
                                                : operation.differences().getFirst())
                                .todo("look at what was found: the target may write values in another way"));
    }

    /** Each entry was compared already; this is the same measure as at the end of a rollback. */
    private static Optional<Problem> notUndone(Digest before, Digest after) {
        return before.equals(after)
                ? Optional.empty()
                : Optional.of(Problem.of("REH-NOT-UNDONE", "undoing the plan did not lead back to what was there")
                        .about("all that the plan writes")
                        .expected("state " + before)
                        .found("state " + after)
                        .todo("do not carry it out like this: a rollback would not be complete"));
    }
}
