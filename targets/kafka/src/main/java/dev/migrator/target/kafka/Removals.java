package dev.migrator.target.kafka;

import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Outcome;
import dev.migrator.core.plan.Removal;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A removal retires before it deletes; one that was cut off in between is finished when it is repeated. */
final class Removals {
    /** Kinds whose entries are there as long as anybody has set anything. */
    private static final Set<String> KEPT_BY_OTHERS = Set.of(Kinds.QUOTA, Kinds.USER);

    private Removals() {}

    /**
     * Removals that find their own incarnation retired and as expected: it may be empty and can go; and those of quotas and users that
     * find only what others have set; and purges of topics whose marks are left.
     */
    static List<Operation> unfinished(List<Operation> operations, Map<EntryKey, String> incarnations, Seen seen) {
        return operations.stream()
                .filter(operation -> operation.isPurge()
                        ? leftMarks((Operation.Delete) operation, seen)
                        : isUnfinished(operation, incarnations, seen.state(operation.key())))
                .toList();
    }

    /** The topic is gone, and what kept it out of use is not. */
    private static boolean leftMarks(Operation.Delete purge, Seen seen) {
        return purge.key().kind().equals(Kinds.TOPIC)
                && seen.state(purge.key()) instanceof EntryState.Absent
                && seen.marked().contains(purge.key().address());
    }

    private static boolean isUnfinished(Operation operation, Map<EntryKey, String> incarnations, EntryState found) {
        return operation instanceof Operation.Delete delete
                && delete.removal() == Removal.REMOVE_IF_EMPTY
                && (isRetired(delete, incarnations, found)
                        || (KEPT_BY_OTHERS.contains(delete.key().kind()) && isDone(delete, found)));
    }

    /**
     * Whether a removal was done, or cut off after it was, and what is left was never its own: it is answered as kept,
     * also when it is repeated.
     */
    private static boolean isDone(Operation.Delete delete, EntryState found) {
        return found instanceof EntryState.Present(var content, var _)
                && delete.before().readable().fields().keySet().stream()
                        .allMatch(field -> content.get(field).isNull());
    }

    private static boolean isRetired(Operation.Delete delete, Map<EntryKey, String> incarnations, EntryState found) {
        return found instanceof EntryState.Retired(var content, var incarnation)
                && incarnation.equals(incarnations.get(delete.key()))
                && delete.before().holdsIn(content);
    }

    /** The outcomes with those of finished removals in their places. */
    static List<Outcome> merged(List<Outcome> judged, Map<EntryKey, Outcome> written) {
        return judged.stream()
                .map(outcome -> written.getOrDefault(outcome.key(), outcome))
                .toList();
    }
}
