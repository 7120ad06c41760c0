package dev.migrator.target.kafka;

import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Outcome;
import dev.migrator.core.plan.Removal;
import java.util.List;
import java.util.Map;

/** A removal retires before it deletes; one that was cut off in between is finished when it is repeated. */
final class Removals {
    private Removals() {}

    /**
     * Removals that find their own incarnation retired and as expected: it may be empty and can go; and those of quotas that
     * find only what others have set.
     */
    static List<Operation> unfinished(List<Operation> operations, Map<EntryKey, String> incarnations, Seen seen) {
        return operations.stream()
                .filter(operation -> isUnfinished(operation, incarnations, seen.state(operation.key())))
                .toList();
    }

    private static boolean isUnfinished(Operation operation, Map<EntryKey, String> incarnations, EntryState found) {
        return operation instanceof Operation.Delete delete
                && delete.removal() == Removal.REMOVE_IF_EMPTY
                && (isRetired(delete, incarnations, found)
                        || (delete.key().kind().equals(Kinds.QUOTA) && QuotaWrites.isDone(delete, found)));
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
