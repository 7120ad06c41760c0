package dev.migrator.console.work;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.lifecycle.MigrationId;
import dev.migrator.core.lifecycle.MigrationState;
import dev.migrator.core.lifecycle.MigrationStatus;
import dev.migrator.core.lifecycle.StatusJson;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.snapshot.Coverage;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which migrations wrote an entry, and of which commit. Known of those whose status is still kept and whose snapshot names the
 * entry; that their plan writes it, the plan itself says, as a snapshot also holds what is only read.
 */
public final class EntryWriters {
    /** Those that may have written: before, nothing is. What is over by now, or undone, its state says. */
    private static final Set<MigrationState> WRITING = EnumSet.of(
            MigrationState.EXECUTING,
            MigrationState.VERIFYING,
            MigrationState.PAUSED,
            MigrationState.ROLLING_BACK,
            MigrationState.SUCCEEDED,
            MigrationState.ROLLED_BACK,
            MigrationState.ROLLBACK_INCOMPLETE);

    private final StatusBoard statuses;
    private final Plans plans;

    public EntryWriters(StatusBoard statuses, Plans plans) {
        this.statuses = statuses;
        this.plans = plans;
    }

    /**
     * The migration as people are shown it; with its {@code problem} if its plan cannot be read any more.
     *
     * @param taken what a snapshot was taken of that names the entry
     * @return empty if it did not write the entry, or is not known
     */
    Optional<Value> of(Coverage.OfPlan taken, EntryKey key) {
        return statuses.find(new MigrationId(taken.migration()))
                .filter(status -> WRITING.contains(status.state()))
                .filter(status -> status.planDigest().equals(Optional.of(taken.plan())))
                .flatMap(status -> described(status, key));
    }

    private Optional<Value> described(MigrationStatus status, EntryKey key) {
        try {
            return plans.change(status, key).map(change -> item(status, "change", Value.of(verb(change))));
        } catch (ProblemException e) {
            return Optional.of(item(status, "problem", StatusJson.problem(e.problem())));
        }
    }

    private static Value item(MigrationStatus status, String name, Value more) {
        var fields = new TreeMap<String, Value>();
        fields.put("migration", Value.of(status.id().value()));
        fields.put("commit", Value.of(status.commit()));
        fields.put("requester", Value.of(status.requester()));
        fields.put("state", Value.of(status.state().name()));
        fields.put("at", Value.of(status.updatedAt().toString()));
        status.restores().ifPresent(what -> fields.put("restores", Value.of(what)));
        fields.put(name, more);
        return Value.object(fields);
    }

    private static String verb(Operation change) {
        return switch (change) {
            case Operation.Create _ -> "create";
            case Operation.Update _ -> "change";
            case Operation.Delete delete -> delete.isPurge() ? "purge" : "retire";
        };
    }
}
