package dev.migrator.engine;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Plan;
import dev.migrator.core.plan.PlannedOperation;
import dev.migrator.core.plan.StateHash;
import dev.migrator.core.plan.UndoClass;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;

/**
 * What undoing a plan gave back in a place, by the measure of a rollback.
 *
 * @param before what the plan writes, as it was before
 * @param end the same once all was undone
 */
record Restored(Plan plan, Map<EntryKey, EntryState> before, Map<EntryKey, EntryState> end) {
    /** Without what the plan says is one-way. */
    Digest hashBefore() {
        return StateHash.of(comparable(), before);
    }

    /** Without what the plan says is one-way. */
    Digest hashAfter() {
        return StateHash.of(comparable(), end);
    }

    EntryState before(EntryKey key) {
        return before.getOrDefault(key, EntryState.ABSENT);
    }

    EntryState end(EntryKey key) {
        return end.getOrDefault(key, EntryState.ABSENT);
    }

    /** {@link UndoClass#NONE} if the entry is another one than before. */
    UndoClass of(PlannedOperation planned) {
        var key = planned.operation().key();
        var fields = StateHash.pairs(plan).get(key);
        if (!StateHash.line(key, fields, before(key)).equals(StateHash.line(key, fields, end(key)))) {
            return UndoClass.NONE;
        }
        var kept = before(key) instanceof EntryState.Absent && end(key) instanceof EntryState.Retired;
        return kept && planned.operation() instanceof Operation.Create ? UndoClass.RETAINED : UndoClass.EXACT;
    }

    private SortedMap<EntryKey, SortedSet<String>> comparable() {
        var comparable = StateHash.pairs(plan);
        plan.operations()
                .filter(planned -> planned.undo() == UndoClass.NONE)
                .forEach(planned -> comparable.remove(planned.operation().key()));
        return comparable;
    }
}
