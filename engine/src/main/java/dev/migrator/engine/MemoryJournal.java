package dev.migrator.engine;

import dev.migrator.core.lifecycle.MigrationId;
import dev.migrator.core.model.EntryKey;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A journal that is gone with the process. */
public final class MemoryJournal implements Journal {
    private final Map<MigrationId, Map<Integer, Map<EntryKey, String>>> batches = new HashMap<>();

    @Override
    public synchronized void intend(MigrationId id, int batch, Set<EntryKey> keys) {
        batch(id, batch).keySet().removeAll(keys);
    }

    @Override
    public synchronized void record(MigrationId id, int batch, Map<EntryKey, String> incarnations) {
        var recorded = batch(id, batch);
        incarnations.forEach((key, incarnation) -> {
            if (!incarnation.isEmpty()) {
                recorded.putIfAbsent(key, incarnation);
            }
        });
    }

    @Override
    public synchronized Map<EntryKey, String> incarnations(MigrationId id, int batch) {
        return Map.copyOf(batches.getOrDefault(id, Map.of()).getOrDefault(batch, Map.of()));
    }

    @Override
    public synchronized void forget(MigrationId id) {
        batches.remove(id);
    }

    private Map<EntryKey, String> batch(MigrationId id, int batch) {
        return batches.computeIfAbsent(id, _ -> new HashMap<>()).computeIfAbsent(batch, _ -> new TreeMap<>());
    }
}
