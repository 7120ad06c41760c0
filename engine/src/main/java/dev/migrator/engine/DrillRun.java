package dev.migrator.engine;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.drill.DrillFault;
import dev.migrator.core.drill.DrillReport;
import dev.migrator.core.error.Problem;
import dev.migrator.core.lifecycle.Position;
import dev.migrator.core.lifecycle.WorkerAnswer;
import dev.migrator.core.lifecycle.WorkerCommand;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Batch;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Outcome;
import dev.migrator.core.plan.Plan;
import dev.migrator.core.plan.PlannedOperation;
import dev.migrator.core.plan.StateHash;
import dev.migrator.core.plan.UndoClass;
import dev.migrator.core.rehearsal.Unproven;
import dev.migrator.target.TargetException;
import dev.migrator.target.WriteGuard;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * One drill in a place that is made already: apply, let go wrong, undo, compare. Gives the commands that a lifecycle would
 * give. For one thread, and for one use.
 */
final class DrillRun {
    /** How long the worker is patient while its target is away: what waits longer costs time, and shows nothing more. */
    private static final Duration PATIENCE_WHILE_AWAY = Duration.ofSeconds(2);
    /** Longer than that, so that the worker gives its command back. */
    private static final Duration OUTAGE = Duration.ofSeconds(3);
    /** A lifecycle gives an unanswered command again for ever; this one for as long as a worker would be patient that often. */
    private static final int REPEATS = 3;

    private static final int NAMED = 3;

    private final Rehearsal.Script script;
    private final Scenery scenery;
    private final Plan plan;
    private final DrillFault fault;
    private final Optional<Operation> hit;
    private final FaultyPlace place;
    private final EngineSettings settings;
    private final EngineSettings repeating;
    private final Pace pace;
    private final WriteGuard guard;
    private final SortedMap<EntryKey, String> outcomes = new TreeMap<>();
    private Journal journal = new MemoryJournal();
    private Engine engine;
    private Position position = new Position(1, 0);

    DrillRun(
            Rehearsal.Script script,
            Scenery scenery,
            DrillFault fault,
            String request,
            Targets place,
            EngineSettings settings,
            Pace pace,
            WriteGuard guard) {
        this.script = script;
        this.scenery = scenery;
        this.plan = scenery.plan();
        this.fault = fault;
        this.hit = hit(fault, request, plan.operations().toList());
        this.place = new FaultyPlace(place, fault, hit, OUTAGE, pace);
        this.repeating = settings.patient(settings.patience().multipliedBy(REPEATS));
        this.settings = fault == DrillFault.OUTAGE && settings.patience().compareTo(PATIENCE_WHILE_AWAY) > 0
                ? settings.patient(PATIENCE_WHILE_AWAY)
                : settings;
        this.pace = pace;
        this.guard = guard;
        this.engine = engine();
    }

    private static Optional<Operation> hit(DrillFault fault, String request, List<PlannedOperation> operations) {
        if (fault == DrillFault.ANOMALY) {
            return Optional.empty();
        }
        // before the first one is written, there is nothing to undo
        int first = fault == DrillFault.REFUSAL && operations.size() > 1 ? 1 : 0;
        int hit = first + DrillFault.hit(request, operations.size() - first);
        return Optional.of(operations.get(hit).operation());
    }

    /** @param unproven what is known of that already */
    DrillResult run(List<Unproven> unproven) throws EngineUnavailable, TargetException {
        var before = scenery.before();
        var notWritten = notWritten(readPatiently(scenery.beside()), before);
        var issued = new ArrayList<Batch>();
        var refusal = apply(issued);
        var noticed = place.noticed().orElseGet(pace::elapsed);
        undo(issued, before);
        var restored = new Restored(plan, before, readPatiently(plan.written()));
        var notWrittenAfter = notWritten(readPatiently(scenery.beside()), restored.end());
        var read = pace.elapsed();
        var operations =
                plan.operations().map(planned -> drilled(planned, restored)).toList();
        var different = notUndone(operations, restored)
                .or(() -> otherThanBefore(notWritten, notWrittenAfter))
                .or(() -> otherHash(restored.hashBefore(), restored.hashAfter()));
        return new DrillResult(
                place.noticed().isPresent() ? hit.map(Operation::key) : Optional.empty(),
                operations,
                unproven,
                different.isEmpty() ? read.minus(noticed) : Duration.ZERO,
                Optional.of(restored.hashBefore()),
                Optional.of(restored.hashAfter()),
                different.or(() -> refusal).or(() -> nothingHappened(operations)),
                List.of());
    }

    /**
     * Until something goes wrong: the command in which it does comes to its answer first, as no lifecycle undoes what is not
     * answered.
     *
     * @param issued takes the batches that were begun, in order
     * @return what was refused, but not on purpose
     */
    private Optional<Problem> apply(List<Batch> issued) throws EngineUnavailable, TargetException.Fenced {
        for (var batch : plan.batches().toList()) {
            issued.add(batch);
            var applied = answered(envelope -> new WorkerCommand.ApplyBatch(envelope, batch.number()));
            applied.outcomes().forEach(outcome -> outcomes.put(outcome.key(), OutcomeWord.of(outcome)));
            boolean onPurpose = fault == DrillFault.REFUSAL && isOnPurpose(applied);
            if (applied.answer().result() != WorkerAnswer.Result.DONE && !onPurpose) {
                return Optional.of(RehearsalRun.refused(applied.answer()));
            }
            if (place.noticed().isPresent()) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** What needs the refused entry may be refused as well; nothing may be in doubt for it. */
    private static boolean isOnPurpose(Execution applied) {
        return applied.answer().result() == WorkerAnswer.Result.FAILED
                && applied.outcomes().stream()
                        .anyMatch(outcome -> outcome instanceof Outcome.Failed(var _, var why)
                                && why.code().equals(FaultyPlace.CODE));
    }

    private void undo(List<Batch> issued, Map<EntryKey, EntryState> before)
            throws EngineUnavailable, TargetException.Fenced {
        position = new Position(position.epoch() + 1, position.seq());
        var refused = new ArrayList<Batch>();
        for (var batch : issued.reversed()) {
            if (reverted(batch).answer().hasRefusals()) {
                refused.add(batch);
            }
        }
        // as in production: what was refused is tried once more after all others
        for (var batch : refused) {
            reverted(batch);
        }
        answered(envelope -> new WorkerCommand.Close(envelope, true, StateHash.of(StateHash.pairs(plan), before)));
    }

    private Execution reverted(Batch batch) throws EngineUnavailable, TargetException.Fenced {
        return answered(envelope -> new WorkerCommand.RevertBatch(envelope, batch.number()));
    }

    /** One command, given again until it is answered, and taken over by another worker if the one that had it ends. */
    private Execution answered(Function<WorkerCommand.Envelope, WorkerCommand> of)
            throws EngineUnavailable, TargetException.Fenced {
        position = new Position(position.epoch(), position.seq() + 1);
        var command = of.apply(new WorkerCommand.Envelope(
                script.id(), script.place(), script.commit(), position, script.planDigest(), ""));
        var patience = new Patience(repeating, pace);
        while (true) {
            try {
                return engine.execute(command, plan, (_, given) -> given.compareTo(position) >= 0, guard);
            } catch (WorkerEnded _) {
                journal = fault == DrillFault.TAKEOVER ? new MemoryJournal() : journal;
                engine = engine();
            } catch (EngineUnavailable e) {
                patience.await(e.problem(), e);
            }
        }
    }

    private Engine engine() {
        return new Engine(place, journal, settings, pace);
    }

    private Map<EntryKey, EntryState> readPatiently(Set<EntryKey> keys)
            throws EngineUnavailable, TargetException.Refused, TargetException.Fenced {
        return new Patience(repeating, pace).until(() -> scenery.read(keys));
    }

    private DrilledOperation drilled(PlannedOperation planned, Restored restored) {
        var key = planned.operation().key();
        var undone = restored.of(planned);
        return new DrilledOperation(
                planned,
                outcomes.getOrDefault(key, OutcomeWord.NOT_REACHED),
                undone,
                undone == UndoClass.NONE ? differences(planned, restored) : List.of());
    }

    private static List<String> differences(PlannedOperation planned, Restored restored) {
        var key = planned.operation().key();
        var lines = Differences.fromBefore(planned, restored.end(key));
        // a plan says of before only what it needs
        return lines.isEmpty() ? List.of(difference(key, restored.before(key), restored.end(key))) : lines;
    }

    private static String difference(EntryKey key, EntryState before, EntryState after) {
        return key + ": expected " + Differences.describe(before) + ", found " + Differences.describe(after);
    }

    private static Optional<Problem> notUndone(List<DrilledOperation> operations, Restored restored) {
        var different = operations.stream()
                .filter(operation -> !operation.isAsPredicted())
                .toList();
        if (different.isEmpty()) {
            return Optional.empty();
        }
        var first = different.getFirst();
        var key = first.planned().operation().key();
        return Optional.of(notUndone(
                key.toString(),
                Differences.describe(restored.before(key)),
                found(different.stream()
                        .flatMap(operation -> operation.differences().isEmpty()
                                ? List.of(operation.planned().operation().key() + ": undo " + operation.undone()
                                                + ", though the plan says "
                                                + operation.planned().undo())
                                        .stream()
                                : operation.differences().stream())
                        .toList())));
    }

    /** What is none of the plan's business: entries beside it, and the other fields of those that it changes. */
    private Map<EntryKey, EntryState> notWritten(Map<EntryKey, EntryState> beside, Map<EntryKey, EntryState> written) {
        var states = new TreeMap<>(beside);
        plan.operations()
                .filter(planned -> planned.operation() instanceof Operation.Update)
                .filter(planned -> planned.undo() == UndoClass.EXACT)
                .forEach(planned -> {
                    var key = planned.operation().key();
                    if (written.get(key) instanceof EntryState.Present(var content, var _)) {
                        var others = new TreeMap<>(content.fields());
                        others.keySet().removeAll(planned.operation().writtenFields());
                        states.put(key, new EntryState.Present(Content.of(others), ""));
                    }
                });
        return states;
    }

    private static Optional<Problem> otherThanBefore(
            Map<EntryKey, EntryState> before, Map<EntryKey, EntryState> after) {
        var lines = new ArrayList<String>();
        Optional<EntryKey> first = Optional.empty();
        for (var neighbour : before.entrySet()) {
            var key = neighbour.getKey();
            var now = after.getOrDefault(key, EntryState.ABSENT);
            if (!now.equals(neighbour.getValue())) {
                first = first.or(() -> Optional.of(key));
                lines.add(difference(key, neighbour.getValue(), now));
            }
        }
        return first.map(key -> notUndone(key.toString(), Differences.describe(before.get(key)), found(lines)));
    }

    /** Each entry was compared already; this is the same measure as at the end of a rollback. */
    private static Optional<Problem> otherHash(Digest before, Digest after) {
        return before.equals(after)
                ? Optional.empty()
                : Optional.of(notUndone("all that the plan writes", "state " + before, "state " + after));
    }

    private static String found(List<String> lines) {
        var named = String.join("; ", lines.subList(0, Math.min(NAMED, lines.size())));
        return lines.size() > NAMED ? named + "; and " + (lines.size() - NAMED) + " more" : named;
    }

    private static Problem notUndone(String what, String expected, String found) {
        return Problem.of("DRL-NOT-UNDONE", "the rollback of a drill did not lead back to what was there")
                .about(what)
                .expected(expected)
                .found(found)
                .todo("find out why before anything is written: a rollback would not be complete");
    }

    /** One in which nothing was to be undone, or nothing went wrong, shows nothing. */
    private Optional<Problem> nothingHappened(List<DrilledOperation> operations) {
        var nothing = Problem.of(DrillReport.NO_EFFECT, "the fault has no effect on this plan")
                .about(hit.map(operation -> operation.key().toString()).orElse("environment " + script.place()))
                .todo("drill it with another fault, or the plan of another migration");
        if (hit.isPresent() && place.noticed().isEmpty()) {
            return Optional.of(
                    nothing.expected("an operation that writes something there").found("one that writes nothing"));
        }
        return operations.stream().anyMatch(DrilledOperation::isDone)
                ? Optional.empty()
                : Optional.of(nothing.expected("something to undo").found("nothing that was written"));
    }
}
