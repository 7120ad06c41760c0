package dev.migrator.target.postgres;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.kinds.ActionAddress;
import dev.migrator.core.kinds.ActionType;
import dev.migrator.core.model.EntryKey;
import dev.migrator.target.ActionSystem;
import dev.migrator.target.SystemFacts;
import dev.migrator.target.TargetException;
import dev.migrator.target.WriteGuard;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.util.List;
import org.postgresql.core.Parser;

/**
 * Actions that are statements. One transaction holds a lock on the action, its probe, the statement, and the probe again: it is
 * committed only if the probe says then what was asked for, so nothing is ever half done.
 */
final class SqlActions implements ActionSystem {
    private static final String STATEMENT = "statement";
    /** Lines of an answer that are held at a time. */
    private static final int FETCHED = 100;

    private static final String READ_ONLY = "25006";
    private static final String LOCK = "SELECT pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended(?, 0))";

    private final Sessions sessions;

    SqlActions(Sessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public ActionType type() {
        return ActionType.SQL;
    }

    @Override
    public String identity() {
        return sessions.identity();
    }

    @Override
    public SystemFacts facts() throws TargetException {
        return sessions.read(
                "read facts",
                connection -> new ServerFacts(connection, sessions.settings().tables()).read());
    }

    @Override
    public boolean isDone(EntryKey key, ActionAddress action) throws TargetException {
        requireOneStatementEach(action);
        return sessions.read("probe action " + action.name(), connection -> {
            try {
                return probe(connection, action);
            } catch (SQLException e) {
                if (READ_ONLY.equals(e.getSQLState())) {
                    throw neither(action, "a SELECT that would write");
                }
                throw e;
            }
        });
    }

    @Override
    public Effect carryOut(EntryKey key, ActionAddress action, boolean undo, WriteGuard guard) throws TargetException {
        requireOneStatementEach(action);
        var doing = (undo ? "undo" : "do") + " action " + action.name();
        return sessions.writeAlone(doing, connection -> {
            // what is checked at the end of a transaction could not be told from a lost connection there
            Rows.run(connection, "SET CONSTRAINTS ALL IMMEDIATE");
            Rows.all(connection, LOCK, _ -> "", key.toString());
            if (probe(connection, action) != undo) {
                return new Effect.Seen();
            }
            guard.check();
            execute(connection, action.part(undo ? ActionAddress.UNDO : ActionAddress.DO));
            if (probe(connection, action) == undo) {
                throw new TargetException.Refused(notSeen(action, undo), null);
            }
            guard.check();
            connection.commit();
            return new Effect.Seen();
        });
    }

    private static boolean probe(Connection connection, ActionAddress action)
            throws SQLException, TargetException.Refused {
        var probe = action.part(ActionAddress.PROBE);
        try (var statement = prepared(connection, probe)) {
            requireOneBoolean(action, statement.getMetaData());
            statement.setMaxRows(2);
            try (var lines = statement.executeQuery()) {
                if (!lines.next()) {
                    throw neither(action, "no line");
                }
                boolean done = lines.getBoolean(1);
                if (lines.wasNull() || lines.next()) {
                    throw neither(action, lines.wasNull() ? "null" : "more than one line");
                }
                return done;
            }
        }
    }

    /** Asked before any line comes: lines of another shape may be as long as they like. */
    private static void requireOneBoolean(ActionAddress action, ResultSetMetaData columns)
            throws SQLException, TargetException.Refused {
        if (columns == null || columns.getColumnCount() == 0) {
            throw neither(action, "no column");
        }
        if (columns.getColumnCount() != 1 || !columns.getColumnTypeName(1).equals("bool")) {
            throw neither(
                    action, columns.getColumnCount() + " columns, the first of type " + columns.getColumnTypeName(1));
        }
    }

    /** As the driver takes it apart, which would send each part: one of them could end the transaction. */
    private static void requireOneStatementEach(ActionAddress action) throws TargetException.Refused {
        for (var part : List.of(ActionAddress.DO, ActionAddress.UNDO, ActionAddress.PROBE)) {
            var text = action.part(part).get(STATEMENT) instanceof Value.Text(var sql) ? sql : "";
            int found;
            try {
                found = Parser.parseJdbcSql(text, true, true, true, false, false)
                        .size();
            } catch (SQLException e) {
                throw new TargetException.Refused(notOne(action, part, "one that cannot be read"), e);
            }
            if (found > 1) {
                throw new TargetException.Refused(notOne(action, part, found + " statements"), null);
            }
        }
    }

    private static Problem notOne(ActionAddress action, String part, String found) {
        return Problem.of("ACT-STATEMENT", "this is not one statement that can run within a transaction")
                .about("action " + action.name() + ", " + part)
                .expected("one statement")
                .found(found)
                .todo("put several statements into a function, and call that");
    }

    /** Not done is never guessed: it would be done, or be said to be undone. */
    private static TargetException.Refused neither(ActionAddress action, String found) {
        return new TargetException.Refused(
                Problem.of("ACT-PROBE", "the probe's answer says neither that the action is done nor that it is not")
                        .about("action " + action.name())
                        .expected("one line with one boolean")
                        .found(found)
                        .todo("correct the SELECT: EXISTS (…) and coalesce(…, false) never answer null"),
                null);
    }

    private static Problem notSeen(ActionAddress action, boolean undo) {
        return Problem.of(
                        undo ? "ACT-NOT-UNDONE" : "ACT-NOT-DONE",
                        undo
                                ? "the statement ran, and the probe still says that the action is done"
                                : "the statement ran, and the probe does not say that the action is done")
                .about("action " + action.name())
                .expected("a probe that says so in the same transaction")
                .found("one that says otherwise; the transaction was rolled back")
                .todo("correct the statement or its probe");
    }

    private static void execute(Connection connection, Value.Obj step) throws SQLException {
        try (var statement = prepared(connection, step)) {
            statement.setFetchSize(FETCHED);
            if (statement.execute()) {
                readThrough(statement);
            }
        }
    }

    /** Lines that a statement returns are nobody's, but each may be made by a call that does something. */
    private static void readThrough(PreparedStatement statement) throws SQLException {
        try (var lines = statement.getResultSet()) {
            while (lines.next()) {
                // a few of them at a time
            }
        }
    }

    private static PreparedStatement prepared(Connection connection, Value.Obj step) throws SQLException {
        var text = step.get(STATEMENT) instanceof Value.Text(var sql) ? sql : "";
        var statement = connection.prepareStatement(text);
        try {
            if (step.get("parameters") instanceof Value.Arr(var parameters)) {
                for (int i = 0; i < parameters.size(); i++) {
                    set(statement, i + 1, parameters.get(i));
                }
            }
            return statement;
        } catch (SQLException | RuntimeException e) {
            statement.close();
            throw e;
        }
    }

    /** Without a type: the server takes the one that the statement asks for at that place. */
    private static void set(PreparedStatement statement, int at, Value parameter) throws SQLException {
        switch (parameter) {
            case Value.Text(var text) -> statement.setObject(at, text, Types.OTHER);
            case Value.Num(var number) -> statement.setObject(at, number.toPlainString(), Types.OTHER);
            case Value.Bool(var flag) -> statement.setObject(at, String.valueOf(flag), Types.OTHER);
            default -> statement.setNull(at, Types.NULL);
        }
    }

    @Override
    public void settle(Duration atMost) throws TargetException {
        new Settlement(sessions).await(atMost);
    }

    @Override
    public void close() {
        sessions.close();
    }
}
