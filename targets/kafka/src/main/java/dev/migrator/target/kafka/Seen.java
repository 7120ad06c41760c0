package dev.migrator.target.kafka;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;

/**
 * What one look at the cluster showed.
 *
 * @param states of every key asked for, in key order
 * @param marked topics that carry the marks of retirement, whether they exist or not
 * @param replicas by topic, where its partitions do not all have the same number of them
 */
record Seen(Map<EntryKey, EntryState> states, Set<String> marked, Map<String, SortedSet<Integer>> replicas) {
    /** Whether each partition of a topic has that many replicas. */
    boolean hasEvenly(EntryKey topic, int factor) {
        return !replicas.containsKey(topic.address())
                && States.content(state(topic))
                        .get(TopicFields.REPLICATION_FACTOR)
                        .equals(Value.of(factor));
    }

    EntryState state(EntryKey key) {
        return states.getOrDefault(key, EntryState.ABSENT);
    }
}
