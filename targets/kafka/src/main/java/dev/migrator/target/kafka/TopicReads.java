package dev.migrator.target.kafka;

import dev.migrator.core.error.Problem;
import dev.migrator.target.Pauses;
import dev.migrator.target.TargetException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.PartitionReassignment;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Reads topics with their configs. Kafka tells the two in separate requests, so a topic that was deleted, or deleted and
 * created again, in between is read again until description, configs and description agree.
 */
final class TopicReads {
    /** Topics in one request: bounds the size of an answer. */
    private static final int CHUNK = 1_000;

    private static final int ROUNDS = 8;
    private static final Duration BETWEEN_ROUNDS = Duration.ofMillis(100);

    private final KafkaConnection connection;

    TopicReads(KafkaConnection connection) {
        this.connection = connection;
    }

    /** Those of the topics that exist, by name. */
    Map<String, FoundTopic> read(Collection<String> names) throws TargetException {
        var found = new TreeMap<String, FoundTopic>();
        var all = List.copyOf(names);
        for (int from = 0; from < all.size(); from += CHUNK) {
            found.putAll(readChunk(all.subList(from, Math.min(all.size(), from + CHUNK))));
        }
        return found;
    }

    private Map<String, FoundTopic> readChunk(List<String> names) throws TargetException {
        var found = new TreeMap<String, FoundTopic>();
        Collection<String> open = names;
        for (int round = 0; round < ROUNDS; round++) {
            open = readRound(open, found);
            if (open.isEmpty()) {
                return found;
            }
            Pauses.pause(BETWEEN_ROUNDS, "read " + open.size() + " topics again");
        }
        throw new TargetException.Unavailable(
                Problem.of("TGT-CHANGING", "topics kept changing while they were read")
                        .about("topics " + some(open))
                        .todo("try again"),
                null);
    }

    /** One description, configs, and another description; returns what has to be read again. */
    private Collection<String> readRound(Collection<String> names, Map<String, FoundTopic> found)
            throws TargetException {
        var before = describe(names);
        if (before.isEmpty()) {
            return List.of();
        }
        var configs = configs(before.keySet());
        var after = describe(before.keySet());
        var again = new ArrayList<String>();
        for (var name : before.keySet()) {
            if (configs.containsKey(name) && before.get(name).equals(after.get(name))) {
                found.put(name, before.get(name).withConfigs(configs.get(name)));
            } else if (configs.containsKey(name) || after.containsKey(name)) {
                again.add(name);
            }
        }
        return again;
    }

    private Map<String, FoundTopic> describe(Collection<String> names) throws TargetException {
        String doing = "describe " + names.size() + " topics";
        var answers = connection.awaitEach(
                doing, connection.admin().describeTopics(names).topicNameValues());
        var there = new ArrayList<TopicDescription>();
        for (var answer : answers.entrySet()) {
            switch (answer.getValue()) {
                case Answer.Ok(var description) -> there.add(description);
                // a name that no topic can have, and one that none has
                case Answer.Err(InvalidTopicException _), Answer.Err(UnknownTopicOrPartitionException _) -> {}
                case Answer.Err(var error) -> throw Faults.of("describe topic " + answer.getKey(), error);
            }
        }
        var moving = moving(there);
        var found = new HashMap<String, FoundTopic>();
        there.forEach(description -> found.put(description.name(), found(description, moving)));
        return found;
    }

    private static FoundTopic found(TopicDescription description, Map<TopicPartition, PartitionReassignment> moving) {
        var partitions = description.partitions();
        var replicas = partitions.stream()
                .map(partition ->
                        replicas(partition, moving.get(new TopicPartition(description.name(), partition.partition()))))
                .collect(Collectors.toCollection(TreeSet::new));
        return new FoundTopic(description.topicId().toString(), partitions.size(), replicas, Map.of());
    }

    /** Kafka counts a copy from when it is ordered; here it counts once it has everything. */
    private static int replicas(TopicPartitionInfo partition, PartitionReassignment moving) {
        int ordered = partition.replicas().size();
        return moving == null || partition.isr().size() == ordered
                ? ordered
                : ordered - moving.addingReplicas().size();
    }

    /** Asked only where it can make a difference; not known to a credential that may not know. */
    private Map<TopicPartition, PartitionReassignment> moving(Collection<TopicDescription> descriptions)
            throws TargetException {
        boolean allInSync = descriptions.stream()
                .flatMap(description -> description.partitions().stream())
                .allMatch(partition ->
                        partition.isr().size() == partition.replicas().size());
        if (allInSync) {
            return Map.of();
        }
        try {
            return new Reassignments(connection).ongoing();
        } catch (TargetException.Refused _) {
            return Map.of();
        }
    }

    private Map<String, Map<String, String>> configs(Set<String> names) throws TargetException {
        var resources = names.stream()
                .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                .toList();
        var answers = connection.awaitEach(
                "describe the configs of " + names.size() + " topics",
                connection.admin().describeConfigs(resources).values());
        var found = new HashMap<String, Map<String, String>>();
        for (var answer : answers.entrySet()) {
            String name = answer.getKey().name();
            switch (answer.getValue()) {
                case Answer.Ok(var config) -> found.put(name, explicit(config));
                case Answer.Err(UnknownTopicOrPartitionException _) -> {}
                case Answer.Err(var error) -> throw Faults.of("describe the configs of topic " + name, error);
            }
        }
        return found;
    }

    /** Only what is set on the topic itself; a value that the broker hides is left out. */
    private static Map<String, String> explicit(Config config) {
        return config.entries().stream()
                .filter(entry -> entry.source() == ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG)
                .filter(entry -> entry.value() != null && !entry.isSensitive())
                .collect(Collectors.toMap(ConfigEntry::name, ConfigEntry::value));
    }

    private static String some(Collection<String> names) {
        String shown = new HashSet<>(names).stream().sorted().limit(5).collect(Collectors.joining(", "));
        return names.size() > 5 ? shown + " and " + (names.size() - 5) + " more" : shown;
    }
}
