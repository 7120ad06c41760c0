package dev.migrator.target.postgres;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.kinds.RowAddress;
import dev.migrator.core.kinds.TableRowsKind;
import dev.migrator.core.model.Content;
import dev.migrator.target.TargetException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Set;
import java.util.TreeMap;

/**
 * A row as the server holds it.
 *
 * @param place of what was asked for, from 0; -1 where the answer does not say
 */
record FoundRow(int place, RowAddress address, Content content) {
    /** The columns of the table, from that column of the line on. */
    static FoundRow of(Table table, Set<String> key, ResultSet line, int first, int place)
            throws SQLException, TargetException.Refused {
        var fields = new TreeMap<String, Value>();
        var keyTexts = new TreeMap<String, String>();
        for (int i = 0; i < table.columns().size(); i++) {
            var column = table.columns().get(i).name();
            var value = value(table, column, line.getString(first + i));
            fields.put(TableRowsKind.COLUMN + column, value);
            if (key.contains(column)) {
                // a key with NULL in it has no address, and no other row can be taken for it
                keyTexts.put(column, RowAddress.text(value).orElse(CanonicalJson.text(value)));
            }
        }
        return new FoundRow(place, new RowAddress(table.name(), keyTexts), Content.of(fields));
    }

    static Value value(Table table, String column, String json) throws TargetException.Refused {
        if (json == null) {
            return Value.NULL;
        }
        try {
            return CanonicalJson.parse(json);
        } catch (ProblemException e) {
            throw new TargetException.Refused(
                    Problem.of("TGT-TOO-LARGE", "the target's answer is too large")
                            .about("table " + table.name().text() + ", column " + column)
                            .expected(e.problem().expected())
                            .found(e.problem().found())
                            .todo("rows of this table cannot be managed while the column holds such a value"),
                    e);
        }
    }
}
