package dev.migrator.core.kinds;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Risk;
import dev.migrator.core.plan.UndoClass;
import java.util.List;
import java.util.Set;

/** What undoing gives back where a target may or may not be able to delete and to retire. */
final class Undoing {
    /** Whether a field's change may cost data. */
    interface Loss {
        boolean mayLoseData(String field, Value before, Value after);
    }

    private Undoing() {}

    static Assessment ofCreate(Operation.Create create, EntryState found, Set<String> capabilities, Loss loss) {
        if (found instanceof EntryState.Retired(Content content, var _)) {
            return takenIntoUseAgain(create, content, loss);
        }
        if (capabilities.contains(KindRules.CAN_DELETE)) {
            return Assessment.of(Risk.ADDITIVE, UndoClass.EXACT);
        }
        return capabilities.contains(KindRules.CAN_RETIRE)
                ? Assessment.of(Risk.ADDITIVE, UndoClass.RETAINED)
                : Assessment.of(Risk.ONE_WAY, UndoClass.NONE);
    }

    private static Assessment takenIntoUseAgain(Operation.Create create, Content retired, Loss loss) {
        var title = create.key().kind() + " " + create.key().address();
        var loses = create.after().fields().entrySet().stream()
                .anyMatch(field -> loss.mayLoseData(field.getKey(), retired.get(field.getKey()), field.getValue()));
        return new Assessment(
                Risk.MUTATING,
                loses ? UndoClass.DATA_LOSS : UndoClass.RETAINED,
                List.of(title + ": was retired and is taken into use again"));
    }

    static Assessment ofRetire(Set<String> capabilities) {
        return capabilities.contains(KindRules.CAN_RETIRE)
                ? Assessment.of(Risk.DESTRUCTIVE, UndoClass.EXACT)
                : Assessment.of(Risk.ONE_WAY, UndoClass.NONE);
    }
}
