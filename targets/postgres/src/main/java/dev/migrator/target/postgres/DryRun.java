package dev.migrator.target.postgres;

import dev.migrator.core.model.EntryKey;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Outcome;
import dev.migrator.target.DryRunOutcome;
import dev.migrator.target.Judged;
import dev.migrator.target.TargetException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The real statements, in a transaction that whoever opened it rolls back. They take the locks that writing takes, for as
 * long as it lasts; numbers that they take from sequences for columns without a value are not given back.
 */
final class DryRun {
    private static final int AT_ONCE = 1_000;
    /** Others come first: a dry run waits for a lock no longer than this. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

    private final Batch batch;

    DryRun(Batch batch) {
        this.batch = batch;
    }

    static void prepare(Connection connection, Settings settings) throws SQLException {
        long wait = Math.clamp(settings.callTimeout().toMillis() / 2, 1, LONGEST_WAIT.toMillis());
        Rows.run(connection, "SET LOCAL lock_timeout = " + wait);
        Rows.run(connection, "SET CONSTRAINTS ALL IMMEDIATE");
    }

    List<DryRunOutcome> ask(List<Operation> operations) throws SQLException, TargetException {
        var outcomes = new HashMap<EntryKey, Outcome>();
        for (var group : Groups.inOrder(operations, AT_ONCE)) {
            outcomes.putAll(batch.run(group, Map.of()));
        }
        return operations.stream()
                .map(operation -> outcome(outcomes.get(operation.key())))
                .toList();
    }

    private static DryRunOutcome outcome(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Applied(var key, var _) -> new DryRunOutcome.Accepted(key);
            case Outcome.AlreadyApplied(var key, var _) -> new DryRunOutcome.Accepted(key);
            case Outcome.Retained(var key, var _) -> new DryRunOutcome.Accepted(key);
            case Outcome.Failed(var key, var problem) -> new DryRunOutcome.Refused(key, problem);
            case Outcome.Conflict(var key, var _) -> new DryRunOutcome.Unchecked(key, Judged.NOT_AS_PLANNED);
            case Outcome.Unknown(var key, var problem) -> new DryRunOutcome.Unchecked(key, problem.message());
        };
    }
}
