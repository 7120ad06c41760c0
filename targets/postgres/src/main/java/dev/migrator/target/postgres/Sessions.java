package dev.migrator.target.postgres;

import dev.migrator.core.environment.TargetConfig;
import dev.migrator.core.error.Problem;
import dev.migrator.target.TargetException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import org.postgresql.Driver;

/**
 * Gives each call a connection of its own, and makes sure that values look the same on each. One that a call has left in
 * order is kept for the next, as a new one takes longer than most calls. Thread-safe.
 */
final class Sessions implements AutoCloseable {
    private static final Driver DRIVER = new Driver();
    /** The server ends a session that nobody has used for that long. */
    private static final Duration LONGEST_IDLE = Duration.ofMinutes(1);

    private static final int FIRST_WITH_IDLE_TIMEOUT = 14;
    private static final int SECONDS_TO_ANSWER = 2;

    private final Settings settings;
    private final String identity;
    private final AtomicReference<Connection> idle = new AtomicReference<>();
    private volatile boolean closed;

    /** What is done with a connection. */
    @FunctionalInterface
    interface Work<R> {
        R with(Connection connection) throws SQLException, TargetException;
    }

    private Sessions(Settings settings, String identity) {
        this.settings = settings;
        this.identity = identity;
    }

    /**
     * @throws TargetException.Refused {@code TGT-WRONG-CLUSTER} if it is another database than the expected, {@code
     *     TGT-REPLICA} if the server only repeats another one
     */
    static Sessions open(TargetConfig config, Settings settings) throws TargetException {
        String identity;
        try (var unknown = new Sessions(settings, "")) {
            identity = unknown.read("connect to " + config.name(), connection -> {
                requirePrimary(config, connection);
                return identity(connection);
            });
        }
        var expected = config.expectedClusterId().filter(id -> !id.isEmpty());
        if (expected.isPresent() && !expected.get().equals(identity)) {
            throw new TargetException.Refused(
                    Problem.of("TGT-WRONG-CLUSTER", "the address leads to another database than the environment names")
                            .about("target " + config.name() + " at " + config.address())
                            .expected("cluster id " + expected.get())
                            .found("cluster id " + identity)
                            .todo("correct address or clusterId of the target in the environments file"),
                    null);
        }
        return new Sessions(settings, identity);
    }

    /** Replicas lag behind: what they show is no ground for a decision. */
    private static void requirePrimary(TargetConfig config, Connection connection)
            throws SQLException, TargetException.Refused {
        if (Rows.flag(connection, "SELECT pg_catalog.pg_is_in_recovery()")) {
            throw new TargetException.Refused(
                    Problem.of(Faults.REPLICA, "the server takes no writes")
                            .about("target " + config.name() + " at " + config.address())
                            .expected("a primary server")
                            .found("a server in recovery, a replica")
                            .todo("give the address of the primary server"),
                    null);
        }
    }

    /** The server's own number, made once with its data, and the database in it. */
    private static String identity(Connection connection) throws SQLException {
        return Rows.text(
                connection,
                "SELECT system_identifier || '/' || pg_catalog.current_database() FROM pg_catalog.pg_control_system()");
    }

    /** The database's identity: number of the cluster, slash, name of the database. */
    String identity() {
        return identity;
    }

    Settings settings() {
        return settings;
    }

    /** One view of the database for all that is read; nothing can be written. */
    <R> R read(String doing, Work<R> work) throws TargetException {
        return with(doing, true, connection -> {
            connection.setReadOnly(true);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            connection.setAutoCommit(false);
            try {
                return work.with(connection);
            } finally {
                rollBack(connection);
            }
        });
    }

    /** A transaction that the work commits; else it is rolled back. */
    <R> R write(String doing, Work<R> work) throws TargetException {
        return with(doing, true, connection -> inTransaction(connection, work));
    }

    /** As {@link #write}, on a connection that nobody uses afterwards: the work may leave settings in it that stay. */
    <R> R writeAlone(String doing, Work<R> work) throws TargetException {
        return with(doing, false, connection -> inTransaction(connection, work));
    }

    private static <R> R inTransaction(Connection connection, Work<R> work) throws SQLException, TargetException {
        connection.setReadOnly(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        connection.setAutoCommit(false);
        try {
            return work.with(connection);
        } finally {
            rollBack(connection);
        }
    }

    /** @param again whether the connection may be kept for another call */
    private <R> R with(String doing, boolean again, Work<R> work) throws TargetException {
        Connection connection;
        try {
            connection = take();
        } catch (SQLException e) {
            throw Faults.of(doing, e);
        }
        boolean inOrder = false;
        try {
            var result = work.with(connection);
            inOrder = again;
            return result;
        } catch (SQLException e) {
            throw Faults.of(doing, e);
        } finally {
            if (inOrder) {
                keep(connection);
            } else {
                // whatever went wrong: the next call begins with a session that nothing has happened to
                close(connection);
            }
        }
    }

    private Connection take() throws SQLException {
        var kept = idle.getAndSet(null);
        if (kept != null) {
            // asked each time: the server may have been started again, or have ended the session
            if (kept.isValid(SECONDS_TO_ANSWER)) {
                return kept;
            }
            close(kept);
        }
        return connect();
    }

    private void keep(Connection connection) {
        if (closed || !idle.compareAndSet(null, connection)) {
            close(connection);
        } else if (closed) {
            close();
        }
    }

    @Override
    public void close() {
        closed = true;
        var kept = idle.getAndSet(null);
        if (kept != null) {
            close(kept);
        }
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException _) {
            // it is gone all the same
        }
    }

    private Connection connect() throws SQLException {
        var connection = DRIVER.connect(
                settings.url(), (Properties) settings.properties().clone());
        try (var statement = connection.createStatement()) {
            statement.execute(preparation());
            if (connection.getMetaData().getDatabaseMajorVersion() >= FIRST_WITH_IDLE_TIMEOUT) {
                statement.execute("SET idle_session_timeout = " + LONGEST_IDLE.toMillis());
            }
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** How values are written as text must not depend on who asks, and no call may hold locks for ever. */
    private String preparation() {
        long millis = Math.clamp(settings.callTimeout().toMillis(), 1, Integer.MAX_VALUE);
        return """
                SET TimeZone = 'UTC';
                SET DateStyle = 'ISO, YMD';
                SET IntervalStyle = 'postgres';
                SET extra_float_digits = 1;
                SET bytea_output = 'hex';
                SET lc_monetary = 'C';
                SET row_security = off;
                SET standard_conforming_strings = on;
                SET statement_timeout = %1$d;
                SET lock_timeout = %2$d;
                SET idle_in_transaction_session_timeout = %1$d
                """.formatted(millis, Math.max(1, millis / 2));
    }

    /** A transaction that has ended, or a connection that is lost, has nothing to roll back. */
    private static void rollBack(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException _) {
            // the server does so itself when the connection is gone
        }
    }
}
