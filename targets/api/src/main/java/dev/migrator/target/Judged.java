package dev.migrator.target;

import dev.migrator.core.error.Problem;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.CompareAndSet;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Outcome;
import dev.migrator.core.plan.Removal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The operations of one {@link TargetWriter#apply} call, judged by {@link CompareAndSet} and by incarnation: which may
 * be written, and what became of the others. A target reads, judges here, writes {@link #writes()}, and answers with
 * {@link #outcomes}, so that every target decides alike.
 */
public final class Judged {
    /** Why an operation is not dry-run whose entry is not as it expects. */
    public static final String NOT_AS_PLANNED =
            "it is not as the plan expects it; if it stays so, it is planned again before anything is written";

    private final List<Operation> operations;
    private final Map<EntryKey, EntryState> found;
    private final Map<EntryKey, Outcome> ready;

    private Judged(List<Operation> operations, Map<EntryKey, EntryState> found, Map<EntryKey, Outcome> ready) {
        this.operations = operations;
        this.found = found;
        this.ready = ready;
    }

    /**
     * @param incarnations expected incarnation by key; a key that is missing or empty may have any
     * @param found what the settled target holds; a key that is missing counts as absent
     * @throws IllegalArgumentException if two operations name one key
     */
    public static Judged of(
            List<Operation> operations, Map<EntryKey, String> incarnations, Map<EntryKey, EntryState> found) {
        var states = new LinkedHashMap<EntryKey, EntryState>();
        var ready = new LinkedHashMap<EntryKey, Outcome>();
        for (var operation : operations) {
            var state = found.getOrDefault(operation.key(), EntryState.ABSENT);
            if (states.putIfAbsent(operation.key(), state) != null) {
                throw new IllegalArgumentException("one call names a key at most once: " + operation.key());
            }
            switch (judge(operation, incarnations.getOrDefault(operation.key(), ""), state)) {
                case CompareAndSet.Judgement.Write _ -> {}
                case CompareAndSet.Judgement.AlreadyApplied _ ->
                    ready.put(operation.key(), alreadyApplied(operation, state));
                case CompareAndSet.Judgement.Conflict(var actual) ->
                    ready.put(operation.key(), new Outcome.Conflict(operation.key(), actual));
            }
        }
        return new Judged(List.copyOf(operations), states, ready);
    }

    /**
     * {@link CompareAndSet#judge} for one life of the entry: another one than expected is a conflict, whatever it
     * holds, and so is its absence when it was to be taken into use again.
     *
     * @param incarnation the expected one, empty for any
     */
    public static CompareAndSet.Judgement judge(Operation operation, String incarnation, EntryState found) {
        if (incarnation.isEmpty()) {
            return CompareAndSet.judge(operation, found);
        }
        boolean anotherLife = switch (found) {
            // nothing to remove or change; but what was retired and is gone cannot come back as it was
            case EntryState.Absent _ -> operation instanceof Operation.Create;
            case EntryState.Present present -> !present.incarnation().equals(incarnation);
            // a retired stranger is as good as absent to a removal, but not ours to revive or to remove for good
            case EntryState.Retired retired ->
                (operation instanceof Operation.Create || operation.isPurge())
                        && !retired.incarnation().equals(incarnation);
        };
        return anotherLife ? new CompareAndSet.Judgement.Conflict(found) : CompareAndSet.judge(operation, found);
    }

    /** Operations to be written, in order. */
    public List<Operation> writes() {
        return operations.stream()
                .filter(operation -> !ready.containsKey(operation.key()))
                .toList();
    }

    /** What the operation on that key was judged by. */
    public EntryState found(EntryKey key) {
        return found.getOrDefault(key, EntryState.ABSENT);
    }

    /**
     * One outcome for each operation, in order.
     *
     * @param written by key, for {@link #writes()}; one that is missing comes out as {@link Outcome.Unknown}
     */
    public List<Outcome> outcomes(Map<EntryKey, ? extends Outcome> written) {
        var outcomes = new ArrayList<Outcome>(operations.size());
        for (var operation : operations) {
            var known = ready.get(operation.key());
            if (known == null) {
                known = written.get(operation.key());
            }
            outcomes.add(known != null ? known : new Outcome.Unknown(operation.key(), unanswered(operation)));
        }
        return List.copyOf(outcomes);
    }

    /**
     * One outcome of a dry run for each operation, in order.
     *
     * @param asked by key, what the target said to {@link #writes()}; one that is missing counts as unchecked
     */
    public List<DryRunOutcome> dryRunOutcomes(Map<EntryKey, ? extends DryRunOutcome> asked) {
        return operations.stream()
                .map(operation -> switch (ready.get(operation.key())) {
                    case null ->
                        asked.containsKey(operation.key())
                                ? asked.get(operation.key())
                                : new DryRunOutcome.Unchecked(operation.key(), "the target gave no answer for it");
                    case Outcome.Conflict _ -> new DryRunOutcome.Unchecked(operation.key(), NOT_AS_PLANNED);
                    case Outcome _ -> new DryRunOutcome.Accepted(operation.key());
                })
                .toList();
    }

    private static Outcome alreadyApplied(Operation operation, EntryState state) {
        return switch (state) {
            case EntryState.Present present -> new Outcome.AlreadyApplied(operation.key(), present.incarnation());
            case EntryState.Absent _ -> new Outcome.AlreadyApplied(operation.key(), "");
            // said again on every repetition, so that a repeated removal still lists what it kept
            case EntryState.Retired _ ->
                operation instanceof Operation.Delete(var key, var _, var removal) && removal == Removal.REMOVE_IF_EMPTY
                        ? new Outcome.Retained(key, "it is already out of use")
                        : new Outcome.AlreadyApplied(operation.key(), "");
        };
    }

    private static Problem unanswered(Operation operation) {
        return Problem.of("TGT-UNANSWERED", "the target gave no answer for this entry")
                .about(operation.key().toString())
                .expected("one answer for each entry written")
                .found("none")
                .todo("settle and read the entry before judging");
    }
}
