package dev.migrator.target.postgres;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.kinds.RowAddress;
import dev.migrator.core.kinds.TableRowsKind;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Outcome;
import dev.migrator.target.TargetException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes rows of one table whose operations speak of the same columns: one statement for all of them. */
final class RowWrites {
    private final Connection connection;
    private final Table table;
    private final Set<String> key;
    /** Columns that are set, in the order in which their values are given. */
    private final List<Table.Column> set;

    private final Map<EntryKey, Outcome> outcomes = new HashMap<>();

    RowWrites(Connection connection, Table table, Set<String> key, Set<String> fields) {
        this.connection = connection;
        this.table = table;
        this.key = key;
        this.set = table.columns().stream()
                .filter(column -> fields.contains(TableRowsKind.COLUMN + column.name()))
                .filter(column -> !key.contains(column.name()))
                // what is computed is compared afterwards like everything else, and never written
                .filter(column -> !column.generated())
                .toList();
    }

    /** @param operations as {@link EntryStore#write} says */
    Map<EntryKey, Outcome> write(List<Operation> operations, Map<EntryKey, EntryState> found)
            throws SQLException, TargetException {
        switch (operations.getFirst()) {
            case Operation.Create _ -> insert(operations);
            case Operation.Update _ -> update(operations, found);
            case Operation.Delete _ -> delete(operations);
        }
        return outcomes;
    }

    private static Content planned(Operation operation) {
        return switch (operation) {
            case Operation.Create create -> create.after();
            case Operation.Update update -> update.after();
            case Operation.Delete _ -> Content.EMPTY;
        };
    }

    private Lines lines(List<Operation> operations, boolean withValues) {
        var types = new ArrayList<String>();
        key.forEach(column -> types.add(table.column(column).orElseThrow().type()));
        if (withValues) {
            set.forEach(column -> types.add(column.type()));
        }
        var values = new ArrayList<List<Value>>();
        for (var operation : operations) {
            var row = new ArrayList<Value>();
            RowAddress.parse(operation.key().address()).key().values().forEach(text -> row.add(Value.of(text)));
            if (withValues) {
                set.forEach(column -> row.add(planned(operation).get(TableRowsKind.COLUMN + column.name())));
            }
            values.add(row);
        }
        return new Lines(types, values);
    }

    private void insert(List<Operation> operations) throws SQLException, TargetException {
        var lines = lines(operations, true);
        var columns = new ArrayList<String>();
        var values = new ArrayList<String>();
        key.stream().filter(this::isWritten).forEach(columns::add);
        int at = 0;
        for (var column : key) {
            if (isWritten(column)) {
                values.add("k.c" + at);
            }
            at++;
        }
        for (var column : set) {
            columns.add(column.name());
            values.add("k.c" + at++);
        }
        var sql = "INSERT INTO " + Sql.name(table.name()) + " AS t ("
                + String.join(", ", columns.stream().map(Sql::name).toList()) + ")"
                // else a key that the server numbers could not be what it was before
                + (columns.stream()
                                .anyMatch(
                                        name -> table.column(name).orElseThrow().numbered())
                        ? " OVERRIDING SYSTEM VALUE"
                        : "")
                + " SELECT " + String.join(", ", values) + " FROM " + lines.from() + " ORDER BY k.place ON CONFLICT ("
                + String.join(", ", key.stream().map(Sql::name).toList()) + ") DO NOTHING RETURNING 0, "
                + RowFields.all(table, "t");
        var byAddress = new LinkedHashMap<RowAddress, Operation>();
        operations.forEach(
                operation -> byAddress.put(RowAddress.parse(operation.key().address()), operation));
        var strangers = new ArrayList<RowAddress>();
        for (var record : RowFields.records(connection, table, key, sql, lines.parameter())) {
            var operation = byAddress.remove(record.address());
            if (operation == null) {
                strangers.add(record.address());
            } else {
                compare(operation, record.content());
            }
        }
        if (!strangers.isEmpty()) {
            // whose row it was to be cannot be said: all that have none are refused
            byAddress.values().forEach(operation -> refuse(operation, moved(operation, strangers.getFirst())));
        }
    }

    private boolean isWritten(String column) {
        return !table.column(column).orElseThrow().generated();
    }

    private static Problem moved(Operation operation, RowAddress to) {
        return Problem.of("TGT-NOT-KEPT", "the database would hold another value than the one to be written")
                .about(operation.key().toString())
                .expected("a row with this key")
                .found("a row with the key " + to.key())
                .todo("a trigger changes the key, and the row cannot be managed here");
    }

    private void update(List<Operation> operations, Map<EntryKey, EntryState> found)
            throws SQLException, TargetException {
        if (set.isEmpty()) {
            // only computed columns: they are what they are
            operations.forEach(operation -> compare(
                    operation,
                    found.get(operation.key()) instanceof EntryState.Present(var content, var _)
                            ? content
                            : Content.EMPTY));
            return;
        }
        var lines = lines(operations, true);
        var assignments = new ArrayList<String>();
        int at = key.size();
        for (var column : set) {
            assignments.add(Sql.name(column.name()) + " = k.c" + at++);
        }
        var sql = "UPDATE " + Sql.name(table.name()) + " AS t SET " + String.join(", ", assignments) + " FROM "
                + lines.from() + " WHERE " + RowFields.sameKey(key, "t", "k") + " RETURNING k.place, "
                + RowFields.all(table, "t");
        for (var record : RowFields.records(connection, table, key, sql, lines.parameter())) {
            compare(operations.get(record.place()), record.content());
        }
    }

    private void delete(List<Operation> operations) throws SQLException, TargetException {
        var lines = lines(operations, false);
        for (var taker : table.takers()) {
            refuseReferenced(operations, lines, taker);
        }
        if (!outcomes.isEmpty()) {
            return;
        }
        var sql = "DELETE FROM " + Sql.name(table.name()) + " AS t USING " + lines.from() + " WHERE "
                + RowFields.sameKey(key, "t", "k") + " RETURNING k.place";
        Rows.all(connection, sql, line -> line.getInt(1) - 1, lines.parameter())
                .forEach(place -> applied(operations.get(place)));
    }

    /** Rows that would go or change along with it come back by no undoing. */
    private void refuseReferenced(List<Operation> operations, Lines lines, Table.ForeignKey taker) throws SQLException {
        var same = new ArrayList<String>();
        for (int i = 0; i < taker.columns().size(); i++) {
            same.add("r." + Sql.name(taker.columns().get(i)) + " = t."
                    + Sql.name(taker.refersTo().get(i)));
        }
        var sql = "SELECT DISTINCT k.place FROM " + lines.from() + " JOIN " + Sql.name(table.name()) + " AS t ON "
                + RowFields.sameKey(key, "t", "k") + " JOIN " + Sql.name(taker.from()) + " AS r ON "
                + String.join(" AND ", same);
        Rows.all(connection, sql, line -> line.getInt(1) - 1, lines.parameter())
                .forEach(place -> refuse(
                        operations.get(place),
                        Problem.of("TGT-ROW-REFERENCED", "other rows would go or change along with this one")
                                .about(operations.get(place).key().toString())
                                .expected("no row of " + taker.from().text() + " that refers to it by " + taker.name())
                                .found("at least one, and the foreign key "
                                        + (taker.does().equals("c") ? "deletes it as well" : "clears its reference"))
                                .todo("delete those rows first")));
    }

    private void compare(Operation operation, Content held) {
        RowFields.notKept(operation.key(), planned(operation), held)
                .ifPresentOrElse(problem -> refuse(operation, problem), () -> applied(operation));
    }

    private void applied(Operation operation) {
        outcomes.put(operation.key(), new Outcome.Applied(operation.key(), ""));
    }

    private void refuse(Operation operation, Problem problem) {
        outcomes.put(operation.key(), new Outcome.Failed(operation.key(), problem));
    }
}
