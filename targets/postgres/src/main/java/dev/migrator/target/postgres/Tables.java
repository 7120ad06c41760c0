package dev.migrator.target.postgres;

import dev.migrator.core.kinds.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Tables as the catalog describes them, each asked for once in a transaction. */
final class Tables {
    private static final String FIND = """
            SELECT c.oid, c.relkind::text,
                   c.relkind = 'r' AND EXISTS (SELECT FROM pg_catalog.pg_inherits WHERE inhparent = c.oid)
            FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = ? AND c.relname = ?
            """;
    private static final String COLUMNS = """
            SELECT a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod), a.attgenerated <> '', a.attidentity <> '',
                   coalesce(nullif(t.typbasetype, 0), t.oid) IN ('numeric'::regtype, 'float4'::regtype, 'float8'::regtype)
            FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
            WHERE a.attrelid = ? AND a.attnum > 0 AND NOT a.attisdropped
            ORDER BY a.attnum
            """;
    private static final String KEYS = """
            SELECT i.indisprimary, ARRAY(
                SELECT a.attname::text
                FROM unnest(i.indkey::int2[]) WITH ORDINALITY AS k(number, place)
                JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.number
                WHERE k.place <= i.indnkeyatts
                ORDER BY k.place)
            FROM pg_catalog.pg_index i
            WHERE i.indrelid = ? AND i.indisunique AND i.indisvalid AND i.indimmediate
                  AND i.indpred IS NULL AND i.indexprs IS NULL
            ORDER BY i.indexrelid
            """;
    private static final String TAKERS = """
            SELECT f.conname, n.nspname, c.relname, f.confdeltype::text,
                   ARRAY(SELECT a.attname::text FROM unnest(f.conkey) WITH ORDINALITY AS k(number, place)
                         JOIN pg_catalog.pg_attribute a ON a.attrelid = f.conrelid AND a.attnum = k.number
                         ORDER BY k.place),
                   ARRAY(SELECT a.attname::text FROM unnest(f.confkey) WITH ORDINALITY AS k(number, place)
                         JOIN pg_catalog.pg_attribute a ON a.attrelid = f.confrelid AND a.attnum = k.number
                         ORDER BY k.place)
            FROM pg_catalog.pg_constraint f
            JOIN pg_catalog.pg_class c ON c.oid = f.conrelid
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE f.contype = 'f' AND f.confrelid = ? AND f.conparentid = 0 AND f.confdeltype IN ('c', 'n', 'd')
            ORDER BY f.oid
            """;

    /** What is under a name: a table, or why none can be used. */
    record Found(Optional<Table> table, String instead) {}

    private final Connection connection;
    private final Map<TableName, Found> known = new HashMap<>();

    Tables(Connection connection) {
        this.connection = connection;
    }

    Found find(TableName name) throws SQLException {
        var found = known.get(name);
        if (found == null) {
            found = look(name);
            known.put(name, found);
        }
        return found;
    }

    private record Line(long oid, String kind, boolean hasHeirs) {}

    private Found look(TableName name) throws SQLException {
        var lines = Rows.all(
                connection,
                FIND,
                line -> new Line(line.getLong(1), line.getString(2), line.getBoolean(3)),
                name.schema(),
                name.table());
        if (lines.isEmpty()) {
            return new Found(Optional.empty(), "no table of that name");
        }
        var line = lines.getFirst();
        if (!line.kind().equals("r") && !line.kind().equals("p")) {
            return new Found(Optional.empty(), "something else than a table: a view, say, or a foreign table");
        }
        if (line.hasHeirs()) {
            return new Found(Optional.empty(), "a table that others inherit from, where no key is unique");
        }
        return new Found(Optional.of(read(name, line.oid())), "");
    }

    private Table read(TableName name, long oid) throws SQLException {
        var columns = Rows.all(
                connection,
                COLUMNS,
                line -> new Table.Column(
                        line.getString(1),
                        line.getString(2),
                        line.getBoolean(3),
                        line.getBoolean(4),
                        line.getBoolean(5)),
                oid);
        var unique = new ArrayList<Set<String>>();
        var primary = new ArrayList<String>();
        for (var key : Rows.all(connection, KEYS, Tables::key, oid)) {
            unique.add(new LinkedHashSet<>(key.columns()));
            if (key.primary()) {
                primary.addAll(key.columns());
            }
        }
        var takers = Rows.all(
                connection,
                TAKERS,
                line -> new Table.ForeignKey(
                        line.getString(1),
                        new TableName(line.getString(2), line.getString(3)),
                        Rows.texts(line, 5),
                        Rows.texts(line, 6),
                        line.getString(4)),
                oid);
        return new Table(name, columns, unique, primary, takers);
    }

    private record Key(boolean primary, List<String> columns) {}

    private static Key key(java.sql.ResultSet line) throws SQLException {
        return new Key(line.getBoolean(1), Rows.texts(line, 2));
    }
}
