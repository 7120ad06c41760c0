package dev.migrator.core.kinds;

import dev.migrator.core.plan.Risk;
import dev.migrator.core.plan.UndoClass;
import java.util.List;

/**
 * How much an operation can hurt and what undoing it gives back.
 *
 * @param warnings what an approver has to know about it, one sentence each
 */
public record Assessment(Risk risk, UndoClass undo, List<String> warnings) {
    public Assessment {
        warnings = List.copyOf(warnings);
    }

    static Assessment of(Risk risk, UndoClass undo) {
        return new Assessment(risk, undo, List.of());
    }
}
