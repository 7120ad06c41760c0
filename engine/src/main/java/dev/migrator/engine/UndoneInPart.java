package dev.migrator.engine;

import dev.migrator.core.lifecycle.MigrationId;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.plan.Outcome;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/**
 * What this engine has put back of batches of which the target refused something. When such a batch is tried again, what
 * is back is left to whoever writes it now, also if they write what the migration had written. Only in memory: undoing
 * asks for no disk, and whoever knows nothing of it tries the whole batch, by compare-and-set.
 */
final class UndoneInPart {
    /** Outcomes of all of them together: of those that were kept first, nothing more is known then. */
    private static final int MOST = 100_000;

    private record Where(MigrationId id, int batch) {}

    private final SequencedMap<Where, Map<EntryKey, Outcome>> done = new LinkedHashMap<>();

    /** What is done of that batch, by key. */
    synchronized Map<EntryKey, Outcome> of(MigrationId id, int batch) {
        return done.getOrDefault(new Where(id, batch), Map.of());
    }

    /** @param outcomes of the whole batch */
    synchronized void keep(MigrationId id, int batch, List<Outcome> outcomes) {
        if (outcomes.stream().noneMatch(Outcome.Failed.class::isInstance)) {
            return;
        }
        done.put(
                new Where(id, batch),
                outcomes.stream().filter(Outcome::done).collect(Collectors.toMap(Outcome::key, outcome -> outcome)));
        int kept = done.values().stream().mapToInt(Map::size).sum();
        while (kept > MOST && done.size() > 1) {
            kept -= done.pollFirstEntry().getValue().size();
        }
    }

    /** The migration is over, or applies (again): nothing of it is known to be back. */
    synchronized void forget(MigrationId id) {
        done.keySet().removeIf(where -> where.id().equals(id));
    }
}
