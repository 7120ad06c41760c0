package dev.migrator.target.postgres;

import dev.migrator.core.error.Problem;
import dev.migrator.target.Pauses;
import dev.migrator.target.TargetException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A primary shows at once what it acknowledged. What was not acknowledged may still be at work: a session whose client is
 * gone, in the middle of its commit. Those of the same role and name that write now are waited for; the server ends each
 * within the time-outs that {@link Sessions} sets.
 */
final class Settlement {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

    private static final String WRITING = """
            SELECT pid || ' ' || backend_start || ' ' || xact_start
            FROM pg_catalog.pg_stat_activity
            WHERE usename = current_user AND application_name = ? AND datname = pg_catalog.current_database()
                  AND backend_xid IS NOT NULL AND pid <> pg_catalog.pg_backend_pid()
            """;

    private final Sessions sessions;

    Settlement(Sessions sessions) {
        this.sessions = sessions;
    }

    void await(Duration atMost) throws TargetException {
        long deadline = System.nanoTime() + atMost.toNanos();
        Set<String> left = new HashSet<>(writing());
        while (!left.isEmpty()) {
            if (System.nanoTime() - deadline > 0) {
                throw new TargetException.Unavailable(
                        Problem.of("TGT-NOT-SETTLED", "the target does not show yet what it acknowledged")
                                .about("target " + sessions.settings().target())
                                .expected("an end of the transactions that were at work, within " + atMost.toMillis()
                                        + " ms")
                                .found(left.size() + " still at work")
                                .todo("try again; else see pg_stat_activity for application_name "
                                        + sessions.settings().applicationName()),
                        null);
            }
            Pauses.pause(BETWEEN_LOOKS, "settle");
            left.retainAll(writing());
        }
    }

    /** Transactions that write: process, its start, and the transaction's. */
    private List<String> writing() throws TargetException {
        return sessions.read(
                "settle",
                connection -> Rows.all(
                        connection,
                        WRITING,
                        line -> line.getString(1),
                        sessions.settings().applicationName()));
    }
}
