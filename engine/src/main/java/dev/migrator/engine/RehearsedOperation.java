package dev.migrator.engine;

import dev.migrator.core.plan.PlannedOperation;
import dev.migrator.core.plan.UndoClass;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What became of one operation in a rehearsal, beside what the plan says of it.
 *
 * @param planned as it was done there
 * @param outcome stable word, e.g. {@code applied}
 * @param differences from what the plan leads to, once it was applied; a line for each field
 * @param undone what undoing it gave back; empty if it did not come to that
 */
public record RehearsedOperation(
        PlannedOperation planned, String outcome, List<String> differences, Optional<UndoClass> undone) {
    public RehearsedOperation {
        Objects.requireNonNull(planned);
        Objects.requireNonNull(outcome);
        differences = List.copyOf(differences);
        Objects.requireNonNull(undone);
    }

    /** Whether it led to what the plan says. */
    public boolean isDoneAsPredicted() {
        return outcome.equals(OutcomeWord.APPLIED) && differences.isEmpty();
    }

    /** Whether it went back at least as far as the plan says. */
    public boolean isUndoneAsPredicted() {
        return undone.filter(found -> found.compareTo(planned.undo()) <= 0).isPresent();
    }

    public boolean isAsPredicted() {
        return isDoneAsPredicted() && isUndoneAsPredicted();
    }
}
