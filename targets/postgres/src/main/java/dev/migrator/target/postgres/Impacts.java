package dev.migrator.target.postgres;

import dev.migrator.core.error.ProblemException;
import dev.migrator.core.impact.Impact;
import dev.migrator.core.impact.Some;
import dev.migrator.core.impact.Use;
import dev.migrator.core.kinds.RowAddress;
import dev.migrator.core.kinds.TableName;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.plan.Operation;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Who uses what changes: for a row, the tables that refer to its table. */
final class Impacts {
    private static final String REFERRERS = """
            SELECT fn.nspname, fc.relname, f.conname
            FROM pg_catalog.pg_constraint f
            JOIN pg_catalog.pg_class fc ON fc.oid = f.conrelid
            JOIN pg_catalog.pg_namespace fn ON fn.oid = fc.relnamespace
            JOIN pg_catalog.pg_class c ON c.oid = f.confrelid
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE f.contype = 'f' AND f.conparentid = 0 AND n.nspname = ? AND c.relname = ?
            ORDER BY 1, 2, 3
            """;

    private final Connection connection;
    private final Map<TableName, Impact> byTable = new HashMap<>();

    Impacts(Connection connection) {
        this.connection = connection;
    }

    /** One for each, in key order. */
    Map<EntryKey, Impact> of(Collection<? extends Operation> operations) throws SQLException {
        var impacts = new TreeMap<EntryKey, Impact>();
        for (var operation : operations) {
            impacts.put(operation.key(), of(operation.key()));
        }
        return impacts;
    }

    private Impact of(EntryKey key) throws SQLException {
        try {
            var table = RowAddress.parse(key.address()).table();
            var known = byTable.get(table);
            if (known == null) {
                known = ofRowsIn(table);
                byTable.put(table, known);
            }
            return known;
        } catch (ProblemException e) {
            return Impact.unknown("who uses it", e.problem().message());
        }
    }

    private Impact ofRowsIn(TableName table) throws SQLException {
        var referrers = Rows.all(
                connection,
                REFERRERS,
                line -> new Use.Referrer(
                        new TableName(line.getString(1), line.getString(2)).text() + " (" + line.getString(3) + ")",
                        false),
                table.schema(),
                table.table());
        return Impact.NONE
                .with(new Use.Referrers(Some.of(referrers)))
                .without("who reads the row", "the database keeps no list of that");
    }
}
