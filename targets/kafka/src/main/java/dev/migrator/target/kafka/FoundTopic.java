package dev.migrator.target.kafka;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.model.Content;
import java.util.Map;
import java.util.TreeMap;

/**
 * A topic as a broker shows it.
 *
 * @param id topic id; another one after the topic was deleted and created again
 * @param partitions at least 1
 * @param replicationFactor of the first partition
 * @param configs set on the topic itself, not inherited
 */
record FoundTopic(String id, int partitions, int replicationFactor, Map<String, String> configs) {
    FoundTopic {
        configs = Map.copyOf(configs);
    }

    FoundTopic withConfigs(Map<String, String> found) {
        return new FoundTopic(id, partitions, replicationFactor, found);
    }

    Content content() {
        var fields = new TreeMap<String, Value>();
        fields.put(TopicFields.PARTITIONS, Value.of(partitions));
        fields.put(TopicFields.REPLICATION_FACTOR, Value.of(replicationFactor));
        configs.forEach((name, value) -> fields.put(TopicFields.CONFIG + name, Value.of(value)));
        return new Content(fields);
    }
}
