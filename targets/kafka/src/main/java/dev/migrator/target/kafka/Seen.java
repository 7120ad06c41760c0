package dev.migrator.target.kafka;

import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import java.util.Map;
import java.util.Set;

/**
 * What one look at the cluster showed.
 *
 * @param states of every key asked for, in key order
 * @param marked topics that carry the marks of retirement, whether they exist or not
 */
record Seen(Map<EntryKey, EntryState> states, Set<String> marked) {
    EntryState state(EntryKey key) {
        return states.getOrDefault(key, EntryState.ABSENT);
    }
}
