package dev.migrator.target.postgres;

import dev.migrator.core.error.Problem;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Outcome;
import dev.migrator.target.Judged;
import dev.migrator.target.TargetException;
import dev.migrator.target.WriteGuard;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Operations of one transaction: looked up and locked, judged, written. Commits nothing itself. */
final class Batch {
    /** An entry that is another one each time it is looked at is given up after so many looks. */
    private static final int ROUNDS = 4;

    private final Connection connection;
    private final Stores stores;
    private final WriteGuard guard;
    private boolean wrote;

    Batch(Connection connection, Stores stores, WriteGuard guard) {
        this.connection = connection;
        this.stores = stores;
        this.guard = guard;
    }

    /** Whether anything was written that a commit would keep. */
    boolean wrote() {
        return wrote;
    }

    /**
     * @param operations of one kind, all creates, all updates or all deletes
     * @return one outcome for each
     */
    Map<EntryKey, Outcome> run(List<Operation> operations, Map<EntryKey, String> incarnations)
            throws SQLException, TargetException {
        var store = stores.of(operations.getFirst().key().kind());
        var outcomes = new HashMap<EntryKey, Outcome>();
        var open = operations;
        for (int round = 0; round < ROUNDS && !open.isEmpty(); round++) {
            var looked = store.look(keys(open), true);
            var usable = new ArrayList<Operation>();
            for (var operation : open) {
                var problem = looked.refused().get(operation.key());
                if (problem != null && !(operation instanceof Operation.Delete)) {
                    outcomes.put(operation.key(), new Outcome.Failed(operation.key(), problem));
                } else {
                    usable.add(operation);
                }
            }
            var judged = Judged.of(usable, incarnations, looked.states());
            var written = write(store, judged.writes(), looked.states());
            var raced = judged.writes().stream()
                    .filter(operation -> !written.containsKey(operation.key()))
                    .toList();
            var racedKeys = keys(raced);
            judged.outcomes(written).stream()
                    .filter(outcome -> !racedKeys.contains(outcome.key()))
                    .forEach(outcome -> outcomes.put(outcome.key(), outcome));
            open = raced;
        }
        open.forEach(
                operation -> outcomes.put(operation.key(), new Outcome.Unknown(operation.key(), raced(operation))));
        return outcomes;
    }

    private static Problem raced(Operation operation) {
        return Problem.of("TGT-RACED", "the entry keeps changing between reading and writing")
                .about(operation.key().toString())
                .todo("see who else writes it, or whether a trigger keeps it from being written");
    }

    /** All at once; what stands in the way is found by halving, and the others go on. */
    private Map<EntryKey, Outcome> write(EntryStore store, List<Operation> operations, Map<EntryKey, EntryState> found)
            throws SQLException, TargetException {
        if (operations.isEmpty()) {
            return Map.of();
        }
        guard.check();
        var before = connection.setSavepoint();
        Map<EntryKey, Outcome> written;
        try {
            written = store.write(operations, found);
        } catch (SQLException e) {
            if (!Faults.isOfAnEntry(e)) {
                throw e;
            }
            connection.rollback(before);
            return operations.size() == 1 ? failed(operations.getFirst(), e) : halves(store, operations, found);
        }
        var refused = operations.stream()
                .filter(operation -> written.get(operation.key()) instanceof Outcome.Failed)
                .toList();
        if (refused.isEmpty()) {
            connection.releaseSavepoint(before);
            wrote |= !written.isEmpty();
            return written;
        }
        connection.rollback(before);
        var others = new ArrayList<>(operations);
        others.removeAll(refused);
        var all = new HashMap<>(write(store, others, found));
        refused.forEach(operation -> all.put(operation.key(), written.get(operation.key())));
        return all;
    }

    private Map<EntryKey, Outcome> halves(EntryStore store, List<Operation> operations, Map<EntryKey, EntryState> found)
            throws SQLException, TargetException {
        int middle = operations.size() / 2;
        var all = new HashMap<>(write(store, operations.subList(0, middle), found));
        all.putAll(write(store, operations.subList(middle, operations.size()), found));
        return all;
    }

    private static Map<EntryKey, Outcome> failed(Operation operation, SQLException error) {
        var key = operation.key();
        return Map.of(key, new Outcome.Failed(key, Faults.problem(key.toString(), error)));
    }

    private static java.util.Set<EntryKey> keys(Collection<Operation> operations) {
        var keys = new java.util.TreeSet<EntryKey>();
        operations.forEach(operation -> keys.add(operation.key()));
        return keys;
    }
}
