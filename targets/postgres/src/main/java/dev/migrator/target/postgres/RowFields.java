package dev.migrator.target.postgres;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.kinds.TableRowsKind;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.target.TargetException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Columns in statements, and rows in answers. */
final class RowFields {
    private RowFields() {}

    /** Every column as JSON text, in the order of the table. */
    static String all(Table table, String row) {
        return table.columns().stream().map(column -> column.asJson(row)).collect(Collectors.joining(", "));
    }

    /** @param lines alias of {@link Lines}, whose first values are those of the key, in its order */
    static String sameKey(Set<String> key, String row, String lines) {
        var same = new ArrayList<String>();
        for (var column : key) {
            same.add(row + "." + Sql.name(column) + " = " + lines + ".c" + same.size());
        }
        return String.join(" AND ", same);
    }

    /** @param sql gives the place from 1, then all columns */
    static List<FoundRow> records(Connection connection, Table table, Set<String> key, String sql, String parameter)
            throws SQLException, TargetException {
        try (var statement = connection.prepareStatement(sql)) {
            statement.setString(1, parameter);
            try (var lines = statement.executeQuery()) {
                var records = new ArrayList<FoundRow>();
                while (lines.next()) {
                    records.add(FoundRow.of(table, key, lines, 2, lines.getInt(1) - 1));
                }
                return records;
            }
        }
    }

    /** The column of a field. */
    static String column(String field) {
        return field.startsWith(TableRowsKind.COLUMN) ? field.substring(TableRowsKind.COLUMN.length()) : field;
    }

    static Problem unknown(Table table, String column) {
        return Problem.of("TGT-FIELD", "the entry has no such field")
                .expected("a column of " + table.name().text() + ": "
                        + table.columns().stream()
                                .map(Table.Column::name)
                                .limit(50)
                                .collect(Collectors.joining(", ")))
                .found(column)
                .todo("correct the name; upper and lower case differ");
    }

    /** Where the server would hold something else than planned, what to write instead. */
    static Optional<Problem> notKept(EntryKey key, Content planned, Content held) {
        return planned.fields().entrySet().stream()
                .filter(field -> !held.get(field.getKey()).equals(field.getValue()))
                .findFirst()
                .map(field -> notKept(key, field.getKey(), field.getValue(), held.get(field.getKey())));
    }

    private static Problem notKept(EntryKey key, String field, Value planned, Value held) {
        return Problem.of("TGT-NOT-KEPT", "the database would hold another value than the one to be written")
                .about(key + ", " + field)
                .expected(CanonicalJson.text(planned))
                .found(CanonicalJson.text(held))
                .todo("write " + CanonicalJson.text(held)
                        + " if that means the same; else a trigger, a generated column"
                        + " or the column's type changes it, and it cannot be managed here");
    }
}
