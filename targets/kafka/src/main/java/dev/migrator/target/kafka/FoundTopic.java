package dev.migrator.target.kafka;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.model.Content;
import java.util.Collections;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A topic as a broker shows it.
 *
 * @param id topic id; another one after the topic was deleted and created again
 * @param partitions at least 1
 * @param replicas how many its partitions have; more than one number while a reassignment is under way, or was cut off
 * @param configs set on the topic itself, not inherited
 */
record FoundTopic(String id, int partitions, SortedSet<Integer> replicas, Map<String, String> configs) {
    FoundTopic {
        replicas = Collections.unmodifiableSortedSet(new TreeSet<>(replicas));
        configs = Map.copyOf(configs);
    }

    /** Of the partition with the fewest: what can be relied on. */
    private int replicationFactor() {
        return replicas.isEmpty() ? 0 : replicas.first();
    }

    FoundTopic withConfigs(Map<String, String> found) {
        return new FoundTopic(id, partitions, replicas, found);
    }

    Content content() {
        var fields = new TreeMap<String, Value>();
        fields.put(TopicFields.PARTITIONS, Value.of(partitions));
        fields.put(TopicFields.REPLICATION_FACTOR, Value.of(replicationFactor()));
        configs.forEach((name, value) -> fields.put(TopicFields.CONFIG + name, Value.of(value)));
        return new Content(fields);
    }
}
