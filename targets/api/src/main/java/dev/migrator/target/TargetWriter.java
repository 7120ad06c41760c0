package dev.migrator.target;

import dev.migrator.core.model.EntryKey;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A target that may be written. Only the executor holds credentials to open one. */
public interface TargetWriter extends TargetReader {
    /** Operations that one {@link #dryRun} takes: as many as a plan may have. */
    int MOST_DRY_RUN = 100_000;

    /**
     * Asks what would become of the operations, as far as the target can tell, this credential's permissions included.
     * Writes nothing, leaves nothing behind and is safe to repeat; large lists are cut into calls by the target itself.
     * What is not as an operation expects it comes out as {@link DryRunOutcome.Unchecked}: it is for a new plan.
     *
     * @param operations of one plan in its order, at most {@link #MOST_DRY_RUN}: earlier ones count as done when a later
     *     one needs them; each key at most once
     * @return one outcome each, in order; a refused entry never hides the outcome of another
     * @throws TargetException.Unavailable if the target did not answer: ask again
     * @throws TargetException.Refused if it refuses to answer at all, e.g. as the credential may not even read
     */
    List<DryRunOutcome> dryRun(List<Operation> operations) throws TargetException;

    /**
     * Writes each operation only if the target holds what it expects, by {@link
     * dev.migrator.core.plan.CompareAndSet}. Reads must be settled: call {@link #settle} first when writes were made
     * since. Operations of one call are independent of each other and name each key at most once.
     *
     * @param operations at most {@link #maxBatch()}
     * @param guard asked immediately before every call that writes
     * @return one outcome each, in order; a refused entry never hides the outcome of another
     * @throws TargetException.Unavailable if the answer was lost for all of them: some may have taken effect
     */
    default List<Outcome> apply(List<Operation> operations, WriteGuard guard) throws TargetException {
        return apply(operations, Map.of(), guard);
    }

    /**
     * Like {@link #apply(List, WriteGuard)}, bound to one life of each entry that {@code incarnations} names: another
     * incarnation is a conflict. {@link Judged} decides so for every target.
     *
     * @param incarnations expected incarnation by key; a key that is missing or empty may have any
     */
    List<Outcome> apply(List<Operation> operations, Map<EntryKey, String> incarnations, WriteGuard guard)
            throws TargetException;

    /**
     * Returns when reads on every server show all writes acknowledged so far.
     *
     * @throws TargetException.Unavailable if that was not so within {@code atMost}
     */
    void settle(Duration atMost, WriteGuard guard) throws TargetException;

    /** How long this writer has waited inside its calls, all of them together, until every server showed what was written. */
    default Duration waited() {
        return Duration.ZERO;
    }

    /** Operations that one {@link #apply} accepts, at least one. */
    int maxBatch();
}
