package dev.migrator.snapshot.work;

import dev.migrator.core.lifecycle.MigrationId;
import dev.migrator.core.lifecycle.MigrationStatus;
import dev.migrator.kit.feed.StatusFeed;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Which migrations may still need their snapshot, from the statuses of all migrations. Thread-safe. */
public final class NeededMigrations implements StatusFeed.Listener {
    private record Known(boolean ended, Instant updatedAt) {}

    private final Map<MigrationId, Known> known = new HashMap<>();

    @Override
    public synchronized void accept(MigrationStatus status) {
        known.put(status.id(), new Known(status.ended(), status.updatedAt()));
    }

    @Override
    public synchronized void forget(MigrationId id) {
        known.remove(id);
    }

    /** Ids of those that have not ended, or ended less than an undo window ago. */
    public synchronized Set<String> at(Instant now, Duration undoWindow) {
        return known.entrySet().stream()
                .filter(migration -> !migration.getValue().ended()
                        || migration.getValue().updatedAt().plus(undoWindow).isAfter(now))
                .map(migration -> migration.getKey().value())
                .collect(Collectors.toSet());
    }
}
