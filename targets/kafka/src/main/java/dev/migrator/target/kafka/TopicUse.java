package dev.migrator.target.kafka;

import dev.migrator.core.impact.Impact;
import dev.migrator.core.impact.Some;
import dev.migrator.core.impact.Use;
import dev.migrator.core.kinds.AclTuple;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.plan.Operation;
import dev.migrator.target.TargetException;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Who uses topics, and what they hold. */
final class TopicUse {
    /** Partitions whose offsets are read. */
    static final int MOST_PARTITIONS = 20_000;

    private static final String RECORDS = "records";

    private final KafkaConnection connection;
    private final Clock clock;
    private final OffsetReads offsets;

    TopicUse(KafkaConnection connection, Clock clock) {
        this.connection = connection;
        this.clock = clock;
        this.offsets = new OffsetReads(connection);
    }

    /** @param operations on topics */
    Map<EntryKey, Impact> of(List<Operation> operations, Reading<List<AclTuple>> rules, GroupReads groups)
            throws TargetException {
        var hidden = new HashMap<String, String>();
        var there = partitions(operations, hidden);
        var looked = atMost(there);
        var lookedInto = looked.stream().map(TopicPartition::topic).collect(Collectors.toSet());
        var settings = TopicSettings.read(connection, there.keySet());
        var seen = offsets.of(looked);
        var sizes = Reading.of(() -> new LogSizes(connection).of(looked));
        var kept = new Kept(settings, clock.instant());
        var byAge = offsets.firstSince(kept.byAge(operations, looked));
        var used = groups.of(there.keySet(), seen.ends());
        var index = indexed(rules);
        var impacts = new TreeMap<EntryKey, Impact>();
        for (var operation : operations) {
            var topic = operation.key().address();
            if (!there.containsKey(topic)) {
                var why = hidden.get(topic);
                impacts.put(operation.key(), why == null ? Impact.NONE : Impact.unknown("who uses it", why));
                continue;
            }
            var impact = kept.impact(operation, seen, byAge, sizes, Impact.NONE);
            impact = groups(impact, topic, used);
            impact = access(impact, topic, index);
            impact = lookedInto.contains(topic)
                    ? records(impact, topic, seen, sizes, settings)
                    : impact.without(RECORDS, "only " + MOST_PARTITIONS + " partitions of a plan are looked into");
            impacts.put(
                    operation.key(),
                    impact.without("producers", "the broker keeps no list of them")
                            .without("super users", "they are named in the brokers' own settings"));
        }
        return impacts;
    }

    /** Numbers of partitions of the topics that exist. @param hidden takes why others cannot be seen, by topic */
    private Map<String, Integer> partitions(List<Operation> operations, Map<String, String> hidden)
            throws TargetException {
        var names =
                operations.stream().map(operation -> operation.key().address()).toList();
        var answers = connection.awaitEach(
                "describe topics", connection.admin().describeTopics(names).topicNameValues());
        var partitions = new LinkedHashMap<String, Integer>();
        for (var name : names) {
            switch (answers.get(name)) {
                case Answer.Ok<TopicDescription>(var description) ->
                    partitions.put(name, description.partitions().size());
                case Answer.Err<TopicDescription>(UnknownTopicOrPartitionException _),
                        Answer.Err<TopicDescription>(InvalidTopicException _) -> {}
                case Answer.Err<TopicDescription>(var error) ->
                    hidden.put(name, Reading.why("describe the topic", error));
            }
        }
        return partitions;
    }

    private static Set<TopicPartition> atMost(Map<String, Integer> topics) {
        var partitions = new LinkedHashSet<TopicPartition>();
        for (var topic : topics.entrySet()) {
            if (partitions.size() + topic.getValue() > MOST_PARTITIONS) {
                break;
            }
            for (int partition = 0; partition < topic.getValue(); partition++) {
                partitions.add(new TopicPartition(topic.getKey(), partition));
            }
        }
        return partitions;
    }

    private static Impact groups(Impact impact, String topic, GroupReads.Found used) {
        var groups = used.byTopic().getOrDefault(topic, Some.none());
        for (var unknown : used.unknown()) {
            impact = impact.without(unknown.what(), unknown.why());
        }
        // "none" is only said where all of them were seen
        return groups.isEmpty() && !used.unknown().isEmpty() ? impact : impact.with(new Use.Groups(groups));
    }

    private static Reading<RuleIndex> indexed(Reading<List<AclTuple>> rules) {
        return switch (rules) {
            case Reading.Known<List<AclTuple>>(var all) -> new Reading.Known<>(new RuleIndex(all));
            case Reading.NotKnown<List<AclTuple>>(var why) -> new Reading.NotKnown<>(why);
        };
    }

    private static Impact access(Impact impact, String topic, Reading<RuleIndex> index) {
        return switch (index) {
            case Reading.Known<RuleIndex>(var rules) -> impact.with(new Use.Access(rules.of(topic)));
            case Reading.NotKnown<RuleIndex>(var why) -> impact.without("access", why);
        };
    }

    private static Impact records(
            Impact impact,
            String topic,
            OffsetReads.Seen seen,
            Reading<Map<TopicPartition, Long>> sizes,
            Reading<TopicSettings> settings) {
        var unanswered = seen.unanswered().get(topic);
        if (unanswered != null) {
            impact = impact.without(RECORDS, unanswered);
        } else {
            boolean fewer = settings instanceof Reading.Known<TopicSettings>(var known)
                    && known.of(topic, TopicSettings.CLEANUP).contains("compact");
            impact = impact.with(new Use.Records(seen.records(topic), fewer));
            var newest = seen.newest().get(topic);
            impact = newest == null ? impact : impact.with(new Use.LastWrite(Instant.ofEpochMilli(newest)));
        }
        return switch (sizes) {
            case Reading.Known<Map<TopicPartition, Long>>(var bytes) -> impact.with(new Use.Size(sum(bytes, topic)));
            case Reading.NotKnown<Map<TopicPartition, Long>>(var why) -> impact.without("size", why);
        };
    }

    private static long sum(Map<TopicPartition, Long> bytes, String topic) {
        return bytes.entrySet().stream()
                .filter(size -> size.getKey().topic().equals(topic))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }
}
