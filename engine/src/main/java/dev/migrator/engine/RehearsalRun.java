package dev.migrator.engine;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.error.Problem;
import dev.migrator.core.lifecycle.Position;
import dev.migrator.core.lifecycle.WorkerAnswer;
import dev.migrator.core.lifecycle.WorkerCommand;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Batch;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Outcome;
import dev.migrator.core.plan.Plan;
import dev.migrator.core.plan.PlannedOperation;
import dev.migrator.core.plan.StateHash;
import dev.migrator.core.plan.UndoClass;
import dev.migrator.core.rehearsal.Fit;
import dev.migrator.core.rehearsal.Rehearsable;
import dev.migrator.core.rehearsal.Unproven;
import dev.migrator.target.TargetException;
import dev.migrator.target.WriteGuard;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** One rehearsal: empty, furnish, apply, compare, undo, compare, empty. For one thread, and for one use. */
final class RehearsalRun {
    static final String APPLIED = "applied";
    private static final String NOT_REACHED = "not-reached";

    private final Rehearsal.Script script;
    private final Rehearsable rehearsable;
    private final Fit fit;
    private final Engine engine;
    private final Furnishing furnishing;
    private final WriteGuard guard;
    private final SortedMap<EntryKey, String> outcomes = new TreeMap<>();
    private final SortedMap<EntryKey, List<String>> differences = new TreeMap<>();
    private Plan plan;
    private int seq;

    RehearsalRun(
            Rehearsal.Script script,
            Rehearsable rehearsable,
            Fit fit,
            Targets place,
            EngineSettings settings,
            Pace pace,
            WriteGuard guard) {
        this.script = script;
        this.rehearsable = rehearsable;
        this.fit = fit;
        this.plan = rehearsable.plan();
        this.engine = new Engine(place, new MemoryJournal(), settings, pace);
        this.furnishing = new Furnishing(script, place, settings, pace, guard);
        this.guard = guard;
    }

    /** @param unproven what is known of that already; more is added */
    RehearsalResult run(List<Unproven> unproven) throws EngineUnavailable, TargetException {
        var wanted = wanted();
        var gone = new TreeMap<EntryKey, EntryState>();
        wanted.keySet().forEach(key -> gone.put(key, EntryState.ABSENT));
        furnishing.make(gone);
        var refused = furnishing.make(wanted);
        var before = furnishing.read(plan.written());
        var unfit = unfit(wanted, before, refused);
        if (unfit.isPresent()) {
            return RehearsalResult.failed(unproven, unfit.get()).leaving(furnishing.make(gone));
        }
        refused.forEach((key, problem) ->
                unproven.add(new Unproven(key.toString(), "it could not be made there: " + problem.code(), false)));
        plan = rehearsable.expecting(lives(before));
        var result = done(before, unproven);
        return result.leaving(furnishing.make(gone));
    }

    /** What the snapshot says, of targets that are there, as it is possible there. */
    private SortedMap<EntryKey, EntryState> wanted() {
        var wanted = new TreeMap<EntryKey, EntryState>();
        plan.written().forEach(key -> wanted.put(key, EntryState.ABSENT));
        script.snapshot().forEach((key, state) -> {
            if (script.targets().contains(key.target())
                    && script.untouched().why(key).isEmpty()) {
                wanted.put(
                        key,
                        switch (state) {
                            case EntryState.Absent absent -> absent;
                            case EntryState.Present(var content, var life) ->
                                new EntryState.Present(fit.content(key, content), life);
                            case EntryState.Retired(var content, var life) ->
                                new EntryState.Retired(fit.content(key, content), life);
                        });
            }
        });
        return wanted;
    }

    /** What the plan writes has to begin as it does where the plan is for; lives are others in every place. */
    private Optional<Problem> unfit(
            Map<EntryKey, EntryState> wanted, Map<EntryKey, EntryState> found, Map<EntryKey, Problem> refused) {
        var pairs = StateHash.pairs(plan);
        for (var pair : pairs.entrySet()) {
            var key = pair.getKey();
            var want = wanted.get(key);
            var is = found.getOrDefault(key, EntryState.ABSENT);
            var sameUse = (want instanceof EntryState.Retired) == (is instanceof EntryState.Retired)
                    || want instanceof EntryState.Absent;
            if (!sameUse || !line(key, pair.getValue(), want).equals(line(key, pair.getValue(), is))) {
                return Optional.of(Problem.of("REH-SETUP", "the rehearsal environment cannot be made like the real one")
                        .about(key.toString())
                        .expected(Differences.describe(want))
                        .found(Differences.describe(is)
                                + Optional.ofNullable(refused.get(key))
                                        .map(why -> ", as " + why.code() + " " + why.message() + " " + why.found())
                                        .orElse(""))
                        .todo("look at the rehearsal environment: its version, its rights, what else is in it"));
            }
        }
        return Optional.empty();
    }

    private static Object line(EntryKey key, SortedSet<String> fields, EntryState state) {
        return StateHash.line(
                key,
                fields,
                state instanceof EntryState.Present(var content, var _) ? new EntryState.Present(content, "") : state);
    }

    private static Map<EntryKey, String> lives(Map<EntryKey, EntryState> states) {
        var lives = new TreeMap<EntryKey, String>();
        states.forEach((key, state) -> {
            switch (state) {
                case EntryState.Present(var _, var life) -> lives.put(key, life);
                case EntryState.Retired(var _, var life) -> lives.put(key, life);
                case EntryState.Absent _ -> {
                    // has no life
                }
            }
        });
        return lives;
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
        var end = furnishing.read(plan.written());
        var operations = plan.operations()
                .map(planned -> rehearsed(planned, before, end))
                .toList();
        var comparable = StateHash.pairs(plan);
        plan.operations()
                .filter(planned -> planned.undo() == UndoClass.NONE)
                .forEach(planned -> comparable.remove(planned.operation().key()));
        var hash = StateHash.of(comparable, before);
        var hashAfter = StateHash.of(comparable, end);
        return new RehearsalResult(
                operations,
                unproven,
                Optional.of(hash),
                Optional.of(hashAfter),
                refusal.or(() -> otherwise(operations)).or(() -> notUndone(hash, hashAfter)));
    }

    private Execution revert(Batch batch) throws EngineUnavailable, TargetException.Fenced {
        return execute(envelope -> new WorkerCommand.RevertBatch(envelope, batch.number()));
    }

    /** @param issued takes the batches that were begun, in order        @return what a target refused */
    private Optional<Problem> apply(List<Batch> issued) throws EngineUnavailable, TargetException {
        for (var phase : plan.phases()) {
            for (var batch : phase.batches()) {
                issued.add(batch);
                var applied = execute(envelope -> new WorkerCommand.ApplyBatch(envelope, batch.number()));
                applied.outcomes().forEach(outcome -> outcomes.put(outcome.key(), word(outcome)));
                if (applied.answer().result() != WorkerAnswer.Result.DONE) {
                    return Optional.of(refused(applied.answer()));
                }
            }
            var written = new TreeSet<EntryKey>();
            phase.batches()
                    .forEach(batch -> batch.operations()
                            .forEach(planned -> written.add(planned.operation().key())));
            var found = furnishing.read(written);
            phase.batches()
                    .forEach(batch -> batch.operations()
                            .forEach(planned -> differences.put(
                                    planned.operation().key(),
                                    Differences.fromAfter(
                                            planned,
                                            found.getOrDefault(
                                                    planned.operation().key(), EntryState.ABSENT)))));
        }
        return Optional.empty();
    }

    private Execution execute(Function<WorkerCommand.Envelope, WorkerCommand> command)
            throws EngineUnavailable, TargetException.Fenced {
        var envelope = new WorkerCommand.Envelope(
                script.id(), script.place(), script.commit(), new Position(1, ++seq), script.planDigest(), "");
        // nobody else gives commands here: whoever does has the place for itself
        return engine.execute(command.apply(envelope), plan, (_, _) -> true, guard);
    }

    private static String word(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Applied _, Outcome.AlreadyApplied _ -> APPLIED;
            case Outcome.Retained _ -> "retained";
            case Outcome.Conflict _ -> "conflict";
            case Outcome.Failed _ -> "failed";
            case Outcome.Unknown _ -> "unknown";
        };
    }

    private RehearsedOperation rehearsed(
            PlannedOperation planned, Map<EntryKey, EntryState> before, Map<EntryKey, EntryState> end) {
        var key = planned.operation().key();
        return new RehearsedOperation(
                planned,
                outcomes.getOrDefault(key, NOT_REACHED),
                differences.getOrDefault(key, List.of()),
                outcomes.containsKey(key)
                        ? Optional.of(undone(
                                planned,
                                before.getOrDefault(key, EntryState.ABSENT),
                                end.getOrDefault(key, EntryState.ABSENT)))
                        : Optional.empty());
    }

    private UndoClass undone(PlannedOperation planned, EntryState before, EntryState end) {
        var key = planned.operation().key();
        var fields = StateHash.pairs(plan).get(key);
        if (!StateHash.line(key, fields, before).equals(StateHash.line(key, fields, end))) {
            return UndoClass.NONE;
        }
        var kept = before instanceof EntryState.Absent && end instanceof EntryState.Retired;
        return kept && planned.operation() instanceof Operation.Create ? UndoClass.RETAINED : UndoClass.EXACT;
    }

    private static Problem refused(WorkerAnswer answer) {
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
