package dev.migrator.e2e;

import java.sql.SQLException;
import java.util.List;

/**
 * A database's own log: each row that was written and committed, as the server decodes it out of its write-ahead log. What a
 * dry run wrote and took back is not in it. Kept from the moment this is made until it is closed.
 */
final class WriteAheadLog implements AutoCloseable {
    private final Database database;
    private final String slot;

    /** @param slot name of lower-case letters and underscores that nobody else uses */
    WriteAheadLog(Database database, String slot) throws SQLException {
        this.database = database;
        this.slot = slot;
        database.texts("SELECT pg_create_logical_replication_slot('%s', 'test_decoding')".formatted(slot));
    }

    /** Rows of all tables, in the order in which their transactions ended: {@code table public.t: INSERT: id[text]:'a'}. */
    List<String> rows() throws SQLException {
        return database
                .texts("SELECT data FROM pg_logical_slot_peek_changes('%s', NULL, NULL, 'include-xids', '0')"
                        .formatted(slot))
                .stream()
                .filter(line -> line.startsWith("table "))
                .toList();
    }

    @Override
    public void close() throws SQLException {
        database.texts("SELECT pg_drop_replication_slot('%s')::text".formatted(slot));
    }
}
