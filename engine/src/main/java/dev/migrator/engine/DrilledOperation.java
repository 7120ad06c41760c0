package dev.migrator.engine;

import dev.migrator.core.plan.PlannedOperation;
import dev.migrator.core.plan.UndoClass;
import java.util.List;
import java.util.Objects;

/**
 * What became of one operation in a drill.
 *
 * @param planned as it was to be done there
 * @param outcome of applying it, a stable word, e.g. {@code applied}, {@code not-reached}
 * @param undone how much of what was there before is there in the end
 * @param differences of the end from what was there before; a line for each field
 */
public record DrilledOperation(PlannedOperation planned, String outcome, UndoClass undone, List<String> differences) {
    public DrilledOperation {
        Objects.requireNonNull(planned);
        Objects.requireNonNull(outcome);
        Objects.requireNonNull(undone);
        differences = List.copyOf(differences);
    }

    /** Whether it was written. */
    public boolean isDone() {
        return outcome.equals(OutcomeWord.APPLIED) || outcome.equals(OutcomeWord.RETAINED);
    }

    /** Whether it was written, and is not any more. */
    public boolean isUndone() {
        return isDone() && undone != UndoClass.NONE;
    }

    /** Whether the entry went back at least as far as the plan says. */
    public boolean isAsPredicted() {
        return undone.compareTo(planned.undo()) <= 0;
    }
}
