package dev.migrator.engine;

import dev.migrator.core.model.EntryKey;
import dev.migrator.core.plan.Batch;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.PlannedOperation;
import dev.migrator.core.plan.Removal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What undoing a batch asks of its target.
 *
 * @param operations in reverse order of the batch
 * @param incarnations expected, by key; empty for any
 * @param purges entries that nothing brings back
 */
record Inverses(List<Operation> operations, Map<EntryKey, String> incarnations, Set<EntryKey> purges) {
    /** @param made what the journal tells of the lives that the migration gave to entries */
    static Inverses of(Batch batch, Map<EntryKey, String> made) {
        var operations = new ArrayList<Operation>();
        var incarnations = new HashMap<EntryKey, String>();
        var purges = new TreeSet<EntryKey>();
        for (var planned : batch.operations().reversed()) {
            var key = planned.operation().key();
            if (planned.operation().isPurge()) {
                purges.add(key);
                continue;
            }
            operations.add(inverse(planned));
            incarnations.put(key, incarnation(planned, made.getOrDefault(key, "")));
        }
        return new Inverses(operations, incarnations, purges);
    }

    /** What is left when some of it is done. */
    Inverses without(Set<EntryKey> done) {
        var purgesLeft = new TreeSet<>(purges);
        purgesLeft.removeAll(done);
        return new Inverses(
                operations.stream()
                        .filter(operation -> !done.contains(operation.key()))
                        .toList(),
                incarnations,
                purgesLeft);
    }

    /** What was only taken into use again, and not made here, is never removed: it goes back out of use. */
    private static Operation inverse(PlannedOperation planned) {
        return wasRetired(planned)
                ? new Operation.Delete(
                        planned.operation().key(), ((Operation.Create) planned.operation()).after(), Removal.RETIRE)
                : planned.operation().inverse();
    }

    static boolean wasRetired(PlannedOperation planned) {
        return planned.operation() instanceof Operation.Create
                && !planned.beforeIncarnation().isEmpty();
    }

    /** A created entry has the life that the journal tells of; others still have the one they had when planned. */
    private static String incarnation(PlannedOperation planned, String made) {
        return planned.operation() instanceof Operation.Create && !wasRetired(planned)
                ? made
                : planned.beforeIncarnation();
    }
}
