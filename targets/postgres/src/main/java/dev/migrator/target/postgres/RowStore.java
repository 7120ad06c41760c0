package dev.migrator.target.postgres;

import dev.migrator.core.error.Problem;
import dev.migrator.core.kinds.RowAddress;
import dev.migrator.core.kinds.TableName;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Outcome;
import dev.migrator.target.TargetException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Rows of tables. */
final class RowStore implements EntryStore {
    /** Rows of one table that are listed. */
    static final int MOST_LISTED = 100_000;

    private final String target;
    private final DeclaredTables declared;
    private final Connection connection;
    private final Tables tables;
    private final RowReads reads;

    RowStore(String target, DeclaredTables declared, Connection connection) {
        this.target = target;
        this.declared = declared;
        this.connection = connection;
        this.tables = new Tables(connection);
        this.reads = new RowReads(connection, tables);
    }

    @Override
    public List<EntryKey> list() throws SQLException, TargetException {
        var keys = new LinkedHashSet<EntryKey>();
        for (var one : declared.all()) {
            var table = tables.find(one.table()).table();
            if (table.isPresent()) {
                for (var address : reads.list(table.get(), key(one, table.get()), MOST_LISTED)) {
                    keys.add(new EntryKey(target, Kinds.ROW, address.address()));
                }
                if (keys.size() > MOST_LISTED) {
                    throw tooMany(one.table());
                }
            }
        }
        return List.copyOf(keys);
    }

    private static Set<String> key(DeclaredTables.Declared declared, Table table) throws TargetException.Refused {
        var key = new java.util.TreeSet<>(declared.key().isEmpty() ? table.primaryKey() : declared.key());
        if (!table.isTheKeyOfOneRow(key)) {
            throw new TargetException.Refused(
                    Problem.of("TGT-KEY-NOT-UNIQUE", "more than one row could have this key")
                            .about("table " + table.name().text() + ", property " + Settings.TABLES)
                            .expected("a primary key, or the columns of a unique index in brackets: "
                                    + table.uniqueKeys())
                            .found(key.isEmpty() ? "no primary key" : key.toString())
                            .todo("correct the property " + Settings.TABLES + " of the credential"),
                    null);
        }
        return key;
    }

    private static TargetException.Refused tooMany(TableName table) {
        return new TargetException.Refused(
                Problem.of("TGT-TOO-MANY", "the target holds more than can be listed")
                        .about("table " + table.text())
                        .expected("at most " + MOST_LISTED + " rows in all tables of the property " + Settings.TABLES)
                        .found("more")
                        .todo("take tables that are no configuration out of the property"),
                null);
    }

    @Override
    public Looked look(Collection<EntryKey> keys, boolean forWriting) throws SQLException, TargetException {
        return reads.look(keys, forWriting);
    }

    /** Operations that one statement can carry out. */
    private record Group(TableName table, Set<String> key, Set<String> fields) {}

    @Override
    public Map<EntryKey, Outcome> write(List<Operation> operations, Map<EntryKey, EntryState> found)
            throws SQLException, TargetException {
        var groups = new LinkedHashMap<Group, List<Operation>>();
        for (var operation : operations) {
            var address = RowAddress.parse(operation.key().address());
            // what a row held before it goes does not matter to the statement
            Set<String> fields =
                    operation instanceof Operation.Delete ? Set.of() : Set.copyOf(operation.writtenFields());
            groups.computeIfAbsent(new Group(address.table(), address.key().keySet(), fields), _ -> new ArrayList<>())
                    .add(operation);
        }
        var outcomes = new HashMap<EntryKey, Outcome>();
        for (var group : groups.entrySet()) {
            outcomes.putAll(write(group.getKey(), group.getValue(), found));
        }
        return outcomes;
    }

    private Map<EntryKey, Outcome> write(Group group, List<Operation> operations, Map<EntryKey, EntryState> found)
            throws SQLException, TargetException {
        var table = tables.find(group.table()).table().orElseThrow();
        for (var field : group.fields()) {
            if (table.column(RowFields.column(field)).isEmpty()) {
                var failed = new HashMap<EntryKey, Outcome>();
                for (var operation : operations) {
                    failed.put(
                            operation.key(),
                            new Outcome.Failed(
                                    operation.key(),
                                    RowFields.unknown(table, RowFields.column(field))
                                            .about(operation.key().toString())));
                }
                return failed;
            }
        }
        return new RowWrites(connection, table, group.key(), group.fields()).write(operations, found);
    }
}
