package dev.migrator.target.postgres;

import java.sql.Connection;
import java.sql.SQLException;

/** Where a server is in its write-ahead log. */
final class WalPosition {
    /** The first eight digits of a log file's name. */
    private static final int TIMELINE_DIGITS = 8;

    /**
     * The end of what was inserted, not of what was written: without synchronous commits, what a commit has made visible may
     * not be written yet. With the timeline: after a failover a position may come again on another one.
     */
    private static final String POSITION = """
            SELECT 'timeline ' || ltrim(substr(pg_catalog.pg_walfile_name(at), 1, %d), '0') || ', WAL ' || at
            FROM pg_catalog.pg_current_wal_insert_lsn() AS at
            """.formatted(TIMELINE_DIGITS);

    private WalPosition() {}

    static String read(Connection connection) throws SQLException {
        return Rows.text(connection, POSITION);
    }
}
