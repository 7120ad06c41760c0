package dev.migrator.target.postgres;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Outcome;
import dev.migrator.target.TargetException;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.postgresql.util.PSQLException;

/**
 * Entries that the catalog holds: each is written by statements of its own, those of many in one round trip, and read
 * again before anything is kept.
 */
abstract class CatalogStore implements EntryStore {
    /** Entries of one kind that are listed. */
    static final int MOST_LISTED = 100_000;

    final String target;
    final Connection connection;

    CatalogStore(String target, Connection connection) {
        this.target = target;
        this.connection = connection;
    }

    /** Why an entry cannot be written, beyond what the server itself refuses. */
    abstract Map<EntryKey, Problem> refusals(List<Operation> operations) throws SQLException;

    /** What changes it. Called after {@link #look}. */
    abstract List<String> statements(Operation operation);

    @Override
    public Map<EntryKey, Outcome> write(List<Operation> operations, Map<EntryKey, EntryState> found)
            throws SQLException, TargetException {
        var outcomes = new HashMap<EntryKey, Outcome>();
        refusals(operations)
                .forEach((key, problem) -> outcomes.put(key, new Outcome.Failed(key, problem.about(key.toString()))));
        if (!outcomes.isEmpty()) {
            return outcomes;
        }
        try (var statement = connection.createStatement()) {
            for (var operation : operations) {
                for (var sql : statements(operation)) {
                    statement.addBatch(sql);
                }
            }
            var _ = statement.executeBatch();
        } catch (BatchUpdateException e) {
            // its own text repeats the statement, and with it what a password becomes
            throw e.getNextException() instanceof PSQLException server
                    ? server
                    : new SQLException("a statement was refused", e.getSQLState());
        }
        var now = look(operations.stream().map(Operation::key).toList(), false).states();
        for (var operation : operations) {
            var state = now.getOrDefault(operation.key(), EntryState.ABSENT);
            outcomes.put(
                    operation.key(),
                    notKept(operation, state)
                            .<Outcome>map(problem -> new Outcome.Failed(operation.key(), problem))
                            .orElse(new Outcome.Applied(operation.key(), "")));
        }
        return outcomes;
    }

    private static Optional<Problem> notKept(Operation operation, EntryState now) {
        var wrong = Problem.of("TGT-NOT-KEPT", "the database would hold another value than the one to be written");
        return switch (operation) {
            case Operation.Create(var key, var after) -> notKept(wrong, key, after, now);
            case Operation.Update(var key, var _, var after) -> notKept(wrong, key, after, now);
            case Operation.Delete(var key, var _, var _) ->
                now.exists()
                        ? Optional.of(wrong.about(key.toString())
                                .expected("no such entry")
                                .found("it is still there: granted by somebody else as well, or to everybody")
                                .todo("have those who granted it take it back"))
                        : Optional.empty();
        };
    }

    private static Optional<Problem> notKept(Problem wrong, EntryKey key, Content planned, EntryState now) {
        if (!(now instanceof EntryState.Present(var content, var _))) {
            return Optional.of(wrong.about(key.toString())
                    .expected("the entry")
                    .found("none")
                    .todo("see the server's log: it took the statement and did nothing"));
        }
        return planned.readable().fields().entrySet().stream()
                .filter(field -> !content.get(field.getKey()).equals(field.getValue()))
                .findFirst()
                .map(field -> wrong.about(key + ", " + field.getKey())
                        .expected(CanonicalJson.text(field.getValue()))
                        .found(CanonicalJson.text(content.get(field.getKey())))
                        .todo("write " + CanonicalJson.text(content.get(field.getKey())) + " if that means the same"));
    }

    /** What was read, for the keys that were asked for. */
    static void keep(Map<EntryKey, EntryState> states, EntryKey key, SortedMap<String, Value> fields) {
        states.put(key, new EntryState.Present(new Content(fields), ""));
    }

    TargetException.Refused tooMany(String what) {
        return new TargetException.Refused(
                Problem.of("TGT-TOO-MANY", "the target holds more than can be listed")
                        .about("target " + target)
                        .expected("at most " + MOST_LISTED + " " + what)
                        .found("more"),
                null);
    }

    /** Entries of the catalog cannot be locked one by one: who may, keeps everybody else from changing them. */
    static void lock(Connection connection, String catalog) throws SQLException {
        if (Rows.flag(connection, "SELECT rolsuper FROM pg_catalog.pg_roles WHERE rolname = current_user")) {
            Rows.run(connection, "LOCK TABLE pg_catalog." + catalog + " IN SHARE ROW EXCLUSIVE MODE");
        }
    }

    static String[] texts(List<String> all) {
        return all.toArray(String[]::new);
    }
}
