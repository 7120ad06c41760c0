package dev.migrator.core.plan;

import dev.migrator.core.kinds.Assessment;
import dev.migrator.core.kinds.DesiredEntry;
import dev.migrator.core.model.EntryKey;
import java.util.List;

/** An operation on its way into a plan. */
record Step(DesiredEntry entry, Operation operation, String incarnation, Assessment assessment) {
    EntryKey key() {
        return operation.key();
    }

    boolean deletes() {
        return operation instanceof Operation.Delete;
    }

    boolean isCanary() {
        return Phases.isCanary(entry.resource());
    }

    PlannedOperation planned(List<String> dependsOn) {
        return new PlannedOperation(
                entry.uid(),
                entry.resource().title(),
                operation,
                incarnation,
                assessment.risk(),
                assessment.undo(),
                dependsOn);
    }
}
