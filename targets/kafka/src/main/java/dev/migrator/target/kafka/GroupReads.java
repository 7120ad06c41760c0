package dev.migrator.target.kafka;

import dev.migrator.core.impact.Some;
import dev.migrator.core.impact.Unknown;
import dev.migrator.core.impact.Use;
import dev.migrator.target.TargetException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.GroupType;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;

/** Consumer groups of topics. A broker lists only the groups that the credential may see, so it is asked whether it is all. */
final class GroupReads {
    /** Groups whose offsets and members are read. */
    static final int MOST_GROUPS = 1_000;

    /** Groups asked about at a time: the broker answers all offsets of a group, of any topic. */
    static final int AT_A_TIME = 100;

    private static final String GROUPS = "groups";
    private static final int NAMES = 3;

    private static final Comparator<Use.Group> ACTIVE_FIRST = Comparator.comparing(
                    (Use.Group group) -> group.members() == 0)
            .thenComparing(
                    Comparator.comparingLong((Use.Group group) -> group.lag().orElse(-1))
                            .reversed())
            .thenComparing(Use.Group::id);

    private final KafkaConnection connection;

    GroupReads(KafkaConnection connection) {
        this.connection = connection;
    }

    /**
     * @param byTopic with members on it first, then by lag; topics without are missing
     * @param unknown empty if these are all that there are
     */
    record Found(Map<String, Some<Use.Group>> byTopic, List<Unknown> unknown) {
        static Found nothing(String why) {
            return new Found(Map.of(), List.of(new Unknown(GROUPS, why)));
        }
    }

    /** @param ends latest offset of each partition of the topics asked about */
    Found of(Collection<String> topics, Map<TopicPartition, Long> ends) throws TargetException {
        var listed = Reading.of(() ->
                connection.await("list groups", connection.admin().listGroups().all()));
        return switch (listed) {
            case Reading.NotKnown<Collection<GroupListing>>(var why) -> Found.nothing(why);
            case Reading.Known<Collection<GroupListing>>(var all) -> of(topics, ends, all);
        };
    }

    private Found of(Collection<String> topics, Map<TopicPartition, Long> ends, Collection<GroupListing> listed)
            throws TargetException {
        var unknown = new ArrayList<Unknown>();
        if (!seesAllGroups()) {
            unknown.add(new Unknown(
                    GROUPS, "no permission to DESCRIBE the cluster, so only groups that it may see are listed"));
        }
        var ids = listed.stream()
                .filter(GroupReads::consumes)
                .map(GroupListing::groupId)
                .sorted()
                .toList();
        var others = listed.stream().filter(GroupReads::isOfAnotherType).count();
        if (others > 0) {
            unknown.add(new Unknown(GROUPS, others + " share or streams groups are not looked into"));
        }
        if (ids.size() > MOST_GROUPS) {
            unknown.add(new Unknown(
                    GROUPS, "the cluster has " + ids.size() + "; the first " + MOST_GROUPS + " are looked into"));
            ids = ids.subList(0, MOST_GROUPS);
        }
        var denied = new TreeMap<String, String>();
        var byTopic = new HashMap<String, Some<Use.Group>>();
        for (int from = 0; from < ids.size(); from += AT_A_TIME) {
            var some = ids.subList(from, Math.min(ids.size(), from + AT_A_TIME));
            byTopic(topics, ends, some, committed(some, denied), described(some, denied))
                    .forEach((topic, groups) -> byTopic.merge(topic, first(groups, 0), GroupReads::merged));
        }
        if (!denied.isEmpty()) {
            unknown.add(new Unknown(
                    GROUPS,
                    denied.size() + " are not known, " + some(denied) + ": "
                            + denied.firstEntry().getValue()));
        }
        return new Found(byTopic, unknown);
    }

    private boolean seesAllGroups() throws TargetException {
        var operations = connection.await(
                "describe the cluster",
                connection
                        .admin()
                        .describeCluster(new DescribeClusterOptions().includeAuthorizedOperations(true))
                        .authorizedOperations());
        return operations != null && operations.contains(AclOperation.DESCRIBE);
    }

    /** Groups of other protocols, such as the workers of Kafka Connect, share work and read no topics. */
    private static boolean consumes(GroupListing group) {
        return !isOfAnotherType(group)
                && (group.protocol().equals("consumer") || group.protocol().isEmpty());
    }

    private static boolean isOfAnotherType(GroupListing group) {
        var type = group.type().orElse(GroupType.UNKNOWN);
        return type == GroupType.SHARE || type == GroupType.STREAMS;
    }

    private Map<String, Map<TopicPartition, OffsetAndMetadata>> committed(List<String> ids, Map<String, String> denied)
            throws TargetException {
        if (ids.isEmpty()) {
            return Map.of();
        }
        var asked = ids.stream().collect(Collectors.toMap(id -> id, _ -> new ListConsumerGroupOffsetsSpec()));
        var sent = connection.admin().listConsumerGroupOffsets(asked);
        var answers = new LinkedHashMap<String, KafkaFuture<Map<TopicPartition, OffsetAndMetadata>>>();
        ids.forEach(id -> answers.put(id, sent.partitionsToOffsetAndMetadata(id)));
        return known("read the offsets of groups", answers, denied);
    }

    private Map<String, ConsumerGroupDescription> described(List<String> ids, Map<String, String> denied)
            throws TargetException {
        return ids.isEmpty()
                ? Map.of()
                : known(
                        "describe groups",
                        connection.admin().describeConsumerGroups(ids).describedGroups(),
                        denied);
    }

    private <T> Map<String, T> known(String doing, Map<String, KafkaFuture<T>> asked, Map<String, String> denied)
            throws TargetException {
        var known = new HashMap<String, T>();
        connection.awaitEach(doing, asked).forEach((id, answer) -> {
            switch (answer) {
                case Answer.Ok<T>(var value) -> known.put(id, value);
                case Answer.Err<T>(var error) -> denied.put(id, Reading.why(doing, error));
            }
        });
        return known;
    }

    private static Map<String, List<Use.Group>> byTopic(
            Collection<String> topics,
            Map<TopicPartition, Long> ends,
            List<String> ids,
            Map<String, Map<TopicPartition, OffsetAndMetadata>> committed,
            Map<String, ConsumerGroupDescription> described) {
        var byTopic = new HashMap<String, List<Use.Group>>();
        for (var id : ids) {
            var members = membersByTopic(described.get(id));
            var lags = lagByTopic(committed.getOrDefault(id, Map.of()), ends);
            var state =
                    described.containsKey(id) ? described.get(id).groupState().name() : "UNKNOWN";
            for (var topic : topics) {
                if (members.containsKey(topic) || lags.containsKey(topic)) {
                    byTopic.computeIfAbsent(topic, _ -> new ArrayList<>())
                            .add(new Use.Group(
                                    id,
                                    members.getOrDefault(topic, 0),
                                    state,
                                    lags.getOrDefault(topic, OptionalLong.empty())));
                }
            }
        }
        return byTopic;
    }

    /** What a list keeps, of groups in any order. */
    private static Some<Use.Group> first(List<Use.Group> groups, long more) {
        var some = Some.of(groups.stream().sorted(ACTIVE_FIRST).toList());
        return new Some<>(some.first(), some.more() + more);
    }

    private static Some<Use.Group> merged(Some<Use.Group> some, Some<Use.Group> others) {
        var all = new ArrayList<>(some.first());
        all.addAll(others.first());
        return first(all, some.more() + others.more());
    }

    private static Map<String, Integer> membersByTopic(ConsumerGroupDescription group) {
        var members = new HashMap<String, Integer>();
        if (group != null) {
            group.members()
                    .forEach(member -> member.assignment().topicPartitions().stream()
                            .map(TopicPartition::topic)
                            .distinct()
                            .forEach(topic -> members.merge(topic, 1, Integer::sum)));
        }
        return members;
    }

    /** Empty where the end of a partition is not known. */
    private static Map<String, OptionalLong> lagByTopic(
            Map<TopicPartition, OffsetAndMetadata> committed, Map<TopicPartition, Long> ends) {
        var lags = new HashMap<String, OptionalLong>();
        committed.forEach((partition, offset) -> {
            if (offset != null) {
                var end = ends.get(partition);
                var lag = end == null ? OptionalLong.empty() : OptionalLong.of(Math.max(0, end - offset.offset()));
                lags.merge(partition.topic(), lag, GroupReads::sum);
            }
        });
        return lags;
    }

    private static OptionalLong sum(OptionalLong one, OptionalLong other) {
        return one.isPresent() && other.isPresent()
                ? OptionalLong.of(one.getAsLong() + other.getAsLong())
                : OptionalLong.empty();
    }

    private static String some(Map<String, String> denied) {
        var first = denied.keySet().stream().limit(NAMES).collect(Collectors.joining(", "));
        return denied.size() > NAMES ? first + ", …" : first;
    }
}
