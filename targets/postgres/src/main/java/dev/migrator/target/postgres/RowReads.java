package dev.migrator.target.postgres;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.kinds.RowAddress;
import dev.migrator.core.kinds.TableName;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.target.TargetException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Rows by their keys: a few statements for a thousand rows of a table. */
final class RowReads {
    /** Rows that one statement asks for. */
    private static final int CHUNK = 1_000;

    private final Connection connection;
    private final Tables tables;

    RowReads(Connection connection, Tables tables) {
        this.connection = connection;
        this.tables = tables;
    }

    /** Rows of one table by one set of columns. */
    private record Group(TableName table, Set<String> key) implements Comparable<Group> {
        @Override
        public int compareTo(Group other) {
            int byTable = table.compareTo(other.table);
            return byTable != 0 ? byTable : key.toString().compareTo(other.key.toString());
        }
    }

    /** A row that is asked for. */
    private record Asked(EntryKey key, RowAddress address) {}

    Looked look(Collection<EntryKey> keys, boolean lock) throws SQLException, TargetException {
        var looked = new Looked();
        var groups = new TreeMap<Group, List<Asked>>();
        for (var key : keys) {
            try {
                var address = RowAddress.parse(key.address());
                groups.computeIfAbsent(new Group(address.table(), address.key().keySet()), _ -> new ArrayList<>())
                        .add(new Asked(key, address));
            } catch (ProblemException e) {
                looked.refused().put(key, e.problem().about(key.toString()));
            }
        }
        for (var group : groups.entrySet()) {
            look(group.getKey(), group.getValue(), lock, looked);
        }
        return looked;
    }

    private void look(Group group, List<Asked> asked, boolean lock, Looked looked)
            throws SQLException, TargetException {
        var found = tables.find(group.table());
        var problem = problem(group, found);
        boolean countable = !lock
                && found.table()
                        .filter(table -> group.key().stream()
                                .allMatch(column -> table.column(column).isPresent()))
                        .isPresent();
        if (problem.isPresent() && !countable) {
            asked.forEach(one -> looked.refused()
                    .put(one.key(), problem.get().about(one.key().toString())));
            return;
        }
        var table = found.table().orElseThrow();
        for (int from = 0; from < asked.size(); from += CHUNK) {
            var chunk = asked.subList(from, Math.min(asked.size(), from + CHUNK));
            var readable = readable(table, group.key(), chunk, looked);
            if (readable.isEmpty()) {
                continue;
            }
            if (problem.isPresent()) {
                exist(table, group.key(), readable, looked);
            } else {
                rows(table, group.key(), readable, lock, looked);
            }
        }
    }

    /** Where several rows may have the key, no more can be said than that there is one: what a plan may depend on. */
    private void exist(Table table, Set<String> key, List<Asked> asked, Looked looked) throws SQLException {
        var lines = lines(table, key, asked);
        var sql = "SELECT DISTINCT k.place FROM " + lines.from() + " JOIN " + Sql.name(table.name()) + " AS t ON "
                + RowFields.sameKey(key, "t", "k");
        Rows.all(connection, sql, line -> line.getInt(1) - 1, lines.parameter())
                .forEach(place ->
                        looked.states().put(asked.get(place).key(), new EntryState.Present(Content.EMPTY, "")));
    }

    private static Optional<Problem> problem(Group group, Tables.Found found) {
        if (found.table().isEmpty()) {
            return Optional.of(Problem.of("TGT-NO-TABLE", "there is no table of that name that could be managed")
                    .expected("the table " + group.table().text())
                    .found(found.instead())
                    .todo("make it with the tool that changes the structure of the database, or correct the name"));
        }
        var table = found.table().get();
        for (var column : group.key()) {
            if (table.column(column).isEmpty()) {
                return Optional.of(RowFields.unknown(table, column));
            }
        }
        return table.isTheKeyOfOneRow(group.key())
                ? Optional.empty()
                : Optional.of(Problem.of("TGT-KEY-NOT-UNIQUE", "more than one row could have this key")
                        .expected("the columns of a primary key or unique index of "
                                + table.name().text()
                                + " that is neither partial nor deferrable: "
                                + (table.uniqueKeys().isEmpty() ? "it has none" : table.uniqueKeys()))
                        .found(group.key().toString())
                        .todo("write the columns of such an index under key, or make one"));
    }

    /**
     * Those whose key is written as the server writes it. Another way of writing it would be another address of the same
     * row.
     */
    private List<Asked> readable(Table table, Set<String> key, List<Asked> asked, Looked looked)
            throws SQLException, TargetException {
        var before = connection.setSavepoint();
        var lines = lines(table, key, asked);
        var texts = new ArrayList<String>();
        int i = 0;
        for (var column : key) {
            var typed = table.column(column).orElseThrow();
            texts.add(new Table.Column("c" + i++, typed.type(), false, false, typed.numeric()).asJson("k"));
        }
        List<List<String>> written;
        try {
            written = Rows.all(
                    connection,
                    "SELECT " + String.join(", ", texts) + " FROM " + lines.from() + " ORDER BY place",
                    line -> {
                        var values = new ArrayList<String>();
                        for (int c = 1; c <= texts.size(); c++) {
                            values.add(line.getString(c));
                        }
                        return values;
                    },
                    lines.parameter());
        } catch (SQLException e) {
            if (!Faults.isOfAnEntry(e)) {
                throw e;
            }
            connection.rollback(before);
            return apart(table, key, asked, looked, e);
        }
        connection.releaseSavepoint(before);
        var readable = new ArrayList<Asked>();
        for (int at = 0; at < asked.size(); at++) {
            var one = asked.get(at);
            var canonical = new RowAddress(table.name(), texts(table, key, written.get(at)));
            if (canonical.equals(one.address())) {
                readable.add(one);
            } else {
                looked.refused().put(one.key(), misspelt(one, canonical));
            }
        }
        return readable;
    }

    private List<Asked> apart(Table table, Set<String> key, List<Asked> asked, Looked looked, SQLException error)
            throws SQLException, TargetException {
        if (asked.size() == 1) {
            var one = asked.getFirst().key();
            looked.refused().put(one, Faults.problem(one.toString(), error));
            return List.of();
        }
        int middle = asked.size() / 2;
        var readable = new ArrayList<>(readable(table, key, asked.subList(0, middle), looked));
        readable.addAll(readable(table, key, asked.subList(middle, asked.size()), looked));
        return readable;
    }

    private static Map<String, String> ordered(Set<String> key, List<String> values) {
        var ordered = new TreeMap<String, String>();
        int i = 0;
        for (var column : key) {
            ordered.put(column, values.get(i++));
        }
        return ordered;
    }

    private static SortedMap<String, String> texts(Table table, Set<String> key, List<String> json)
            throws TargetException.Refused {
        var texts = new TreeMap<String, String>();
        for (var column : ordered(key, json).entrySet()) {
            var value = FoundRow.value(table, column.getKey(), column.getValue());
            texts.put(column.getKey(), RowAddress.text(value).orElse(String.valueOf(column.getValue())));
        }
        return texts;
    }

    static Problem misspelt(EntryKey key, RowAddress asked, RowAddress canonical) {
        return Problem.of("TGT-KEY-FORM", "the key is written in another way than the database writes it")
                .about(key.toString())
                .expected(canonical.key().toString())
                .found(asked.key().toString())
                .todo("write the key as expected");
    }

    private static Problem misspelt(Asked asked, RowAddress canonical) {
        return misspelt(asked.key(), asked.address(), canonical);
    }

    private static Lines lines(Table table, Set<String> key, List<Asked> asked) {
        return new Lines(
                key.stream()
                        .map(column -> table.column(column).orElseThrow().type())
                        .toList(),
                asked.stream()
                        .map(one -> one.address().key().values().stream()
                                .map(Value::of)
                                .map(Value.class::cast)
                                .toList())
                        .toList());
    }

    private void rows(Table table, Set<String> key, List<Asked> asked, boolean lock, Looked looked)
            throws SQLException, TargetException {
        var lines = lines(table, key, asked);
        var sql = "SELECT k.place, " + RowFields.all(table, "t") + " FROM " + lines.from() + " JOIN "
                + Sql.name(table.name()) + " AS t ON " + RowFields.sameKey(key, "t", "k") + " ORDER BY k.place"
                + (lock ? " FOR UPDATE OF t" : "");
        for (var record : RowFields.records(connection, table, key, sql, lines.parameter())) {
            var one = asked.get(record.place());
            if (record.address().equals(one.address())) {
                looked.states().put(one.key(), new EntryState.Present(record.content(), ""));
            } else {
                // equal for the database, as with a collation that ignores case, and another text
                looked.refused().put(one.key(), misspelt(one, record.address()));
            }
        }
    }

    /** All rows of a declared table, by its key. */
    List<RowAddress> list(Table table, Set<String> key, int most) throws SQLException, TargetException {
        var columns = new ArrayList<String>();
        for (var column : key) {
            columns.add(table.column(column).orElseThrow().asJson("t"));
        }
        var json = Rows.all(
                connection,
                "SELECT " + String.join(", ", columns) + " FROM " + Sql.name(table.name()) + " AS t LIMIT "
                        + (most + 1L),
                line -> {
                    var values = new ArrayList<String>();
                    for (int c = 1; c <= columns.size(); c++) {
                        values.add(line.getString(c));
                    }
                    return values;
                });
        var addresses = new ArrayList<RowAddress>();
        for (var values : json) {
            if (!values.contains(null)) {
                addresses.add(new RowAddress(table.name(), texts(table, key, values)));
            }
        }
        return addresses;
    }
}
