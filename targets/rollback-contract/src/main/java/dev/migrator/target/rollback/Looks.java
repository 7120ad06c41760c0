package dev.migrator.target.rollback;

import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.target.TargetException;
import dev.migrator.target.WriteGuard;
import dev.migrator.target.testkit.TargetHarness;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Settled reads by a writer that has no part in the migration. */
record Looks(TargetHarness harness) {
    SortedMap<EntryKey, EntryState> at(Set<EntryKey> keys) throws TargetException {
        harness.writer().settle(harness.settleTimeout(), WriteGuard.ALWAYS);
        return new TreeMap<>(harness.writer().readAll(keys));
    }

    EntryState at(EntryKey key) throws TargetException {
        return at(Set.of(key)).get(key);
    }

    boolean isThere(EntryKey key) throws TargetException {
        return at(key).exists();
    }
}
