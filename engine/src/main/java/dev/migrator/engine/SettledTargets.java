package dev.migrator.engine;

import dev.migrator.core.lifecycle.MigrationId;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/** When this engine last settled each target for each migration, so that a fresh proof is not asked for twice. */
final class SettledTargets {
    private static final int MOST = 10_000;

    private record Where(MigrationId id, String target) {}

    private final SequencedMap<Where, Duration> settledAt = new LinkedHashMap<>();

    synchronized void settled(MigrationId id, String target, Duration now) {
        settledAt.put(new Where(id, target), now);
        if (settledAt.size() > MOST) {
            settledAt.pollFirstEntry();
        }
    }

    synchronized void written(MigrationId id, String target) {
        settledAt.remove(new Where(id, target));
    }

    synchronized boolean isSettled(MigrationId id, String target, Duration now, Duration goodFor) {
        var at = settledAt.get(new Where(id, target));
        return at != null && now.minus(at).compareTo(goodFor) < 0;
    }

    synchronized void forget(MigrationId id) {
        settledAt.keySet().removeIf(where -> where.id().equals(id));
    }
}
