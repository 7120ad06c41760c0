package dev.migrator.core.plan;

import dev.migrator.core.kinds.Assessment;
import dev.migrator.core.kinds.DesiredEntry;
import dev.migrator.core.model.EntryKey;
import java.util.List;

/** An operation on its way into a plan. */
record Step(DesiredEntry entry, Operation operation, String incarnation, Assessment assessment, Reason reason) {
    EntryKey key() {
        return operation.key();
    }

    boolean deletes() {
        return operation instanceof Operation.Delete;
    }

    /** Nothing brings back what it changes. */
    boolean isOneWay() {
        return assessment.risk() == Risk.ONE_WAY || assessment.undo() == UndoClass.NONE;
    }

    /** No manifest speaks of it. */
    boolean isPruned() {
        return reason.cause() == Reason.Cause.PRUNED;
    }

    Step because(Reason other) {
        return new Step(entry, operation, incarnation, assessment, other);
    }

    Step needing(DesiredEntry sameWithOtherDependencies) {
        return new Step(sameWithOtherDependencies, operation, incarnation, assessment, reason);
    }

    /** For what will hold data by the time it is undone: that is kept, out of use. */
    Step holdingDataWhenUndone() {
        boolean deletedOtherwise = operation instanceof Operation.Create && assessment.undo() == UndoClass.EXACT;
        return deletedOtherwise
                ? new Step(
                        entry,
                        operation,
                        incarnation,
                        new Assessment(assessment.risk(), UndoClass.RETAINED, assessment.warnings()),
                        reason)
                : this;
    }

    PlannedOperation planned(List<String> dependsOn) {
        return new PlannedOperation(
                entry.uid(),
                entry.resource().title(),
                operation,
                incarnation,
                assessment.risk(),
                assessment.undo(),
                dependsOn,
                reason);
    }
}
