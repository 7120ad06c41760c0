package dev.migrator.planner.work;

import dev.migrator.core.lifecycle.MigrationId;
import dev.migrator.core.lifecycle.MigrationState;
import dev.migrator.core.lifecycle.MigrationStatus;
import dev.migrator.kit.feed.StatusFeed;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which environments migrations may be writing to, from the statuses of all migrations. Thread-safe. */
public final class MigrationActivity implements StatusFeed.Listener {
    /** A paused one may have written, and may have a call under way. */
    private static final Set<MigrationState> MAY_WRITE = EnumSet.of(
            MigrationState.EXECUTING, MigrationState.VERIFYING, MigrationState.PAUSED, MigrationState.ROLLING_BACK);

    private static final Set<MigrationState> HAVE_WRITTEN =
            EnumSet.of(MigrationState.SUCCEEDED, MigrationState.ROLLED_BACK, MigrationState.ROLLBACK_INCOMPLETE);

    /**
     * What was going on at one moment. Two that are equal and idle: nobody wrote between them.
     *
     * @param changes how often something was heard from migrations that may write or have written
     * @param writing one that may be writing now
     */
    public record Mark(long changes, Optional<MigrationId> writing) {
        boolean isIdle() {
            return writing.isEmpty();
        }
    }

    private final Map<MigrationId, String> writing = new HashMap<>();
    private final Map<String, Long> changes = new HashMap<>();

    @Override
    public synchronized void accept(MigrationStatus status) {
        boolean mayWrite = MAY_WRITE.contains(status.state());
        if (mayWrite) {
            writing.put(status.id(), status.environment());
        }
        if (mayWrite || writing.containsKey(status.id()) || HAVE_WRITTEN.contains(status.state())) {
            changes.merge(status.environment(), 1L, Long::sum);
        }
        if (!mayWrite) {
            writing.remove(status.id());
        }
    }

    @Override
    public synchronized void forget(MigrationId id) {
        writing.remove(id);
    }

    public synchronized Mark mark(String environment) {
        return new Mark(
                changes.getOrDefault(environment, 0L),
                writing.entrySet().stream()
                        .filter(migration -> migration.getValue().equals(environment))
                        .map(Map.Entry::getKey)
                        .min(MigrationId::compareTo));
    }
}
