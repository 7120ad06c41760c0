package dev.migrator.target.postgres;

import dev.migrator.core.error.Problem;
import dev.migrator.target.SystemFacts;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What the server runs on, how the database writes and sorts text, and what the credential may do. */
final class ServerFacts {
    private static final String SETTINGS = """
            SELECT name, setting FROM pg_catalog.pg_settings
            WHERE name IN ('server_version', 'server_encoding', 'data_checksums', 'default_transaction_isolation',
                           'max_connections', 'max_identifier_length', 'max_prepared_transactions', 'password_encryption',
                           'row_security', 'synchronous_commit', 'wal_level', 'fsync', 'ssl')
            """;
    private static final String DATABASE = """
            SELECT datcollate, datctype FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database()
            """;
    private static final String ATTRIBUTES = """
            SELECT word FROM (
                SELECT 'SUPERUSER' AS word, rolsuper AS held FROM pg_catalog.pg_roles WHERE rolname = current_user
                UNION ALL
                SELECT 'CREATEROLE', rolcreaterole FROM pg_catalog.pg_roles WHERE rolname = current_user
                UNION ALL
                SELECT 'CREATE', pg_catalog.has_database_privilege(pg_catalog.current_database(), 'CREATE'))
            WHERE held
            """;

    private final Connection connection;
    private final DeclaredTables declared;

    ServerFacts(Connection connection, DeclaredTables declared) {
        this.connection = connection;
        this.declared = declared;
    }

    SystemFacts read() throws SQLException {
        var values = new TreeMap<String, String>();
        Rows.all(connection, SETTINGS, line -> values.put(line.getString(1), line.getString(2)));
        values.put(SystemFacts.VERSION, values.remove("server_version"));
        Rows.all(connection, DATABASE, line -> {
            values.put("collation", line.getString(1));
            return values.put("character_type", line.getString(2));
        });
        return new SystemFacts(values, Optional.of(rights()), List.<Problem>of());
    }

    /** On the database, and on the declared tables. */
    private SystemFacts.Rights rights() throws SQLException {
        SortedSet<String> reading = new TreeSet<>(List.of("CONNECT"));
        SortedSet<String> writing = new TreeSet<>(Rows.all(connection, ATTRIBUTES, line -> line.getString(1)));
        for (var one : declared.all()) {
            var name = one.table().text();
            for (var right : List.of("SELECT", "INSERT", "UPDATE", "DELETE")) {
                if (has(right, Sql.name(one.table()))) {
                    (right.equals("SELECT") ? reading : writing).add(right + " " + name);
                }
            }
        }
        return new SystemFacts.Rights(reading, writing);
    }

    /** False also for a table that is not there. */
    private boolean has(String right, String quotedName) throws SQLException {
        return Rows.flag(
                connection,
                "SELECT coalesce(pg_catalog.has_table_privilege(pg_catalog.to_regclass(?)::oid, ?), false)",
                quotedName,
                right);
    }
}
