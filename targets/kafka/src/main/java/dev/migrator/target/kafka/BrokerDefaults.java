package dev.migrator.target.kafka;

import dev.migrator.target.TargetException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.config.ConfigResource;

/** Configs of brokers that decide what a topic, a record or a client may be where the topic itself says nothing. */
final class BrokerDefaults {
    /** Brokers that are asked; one request each. */
    private static final int MOST_BROKERS = 100;

    private static final List<String> NAMES = List.of(
            "allow.everyone.if.no.acl.found",
            "alter.config.policy.class.name",
            "authorizer.class.name",
            "auto.create.topics.enable",
            "compression.type",
            "create.topic.policy.class.name",
            "default.replication.factor",
            "delete.topic.enable",
            "group.consumer.max.session.timeout.ms",
            "group.consumer.min.session.timeout.ms",
            "group.coordinator.rebalance.protocols",
            "group.max.session.timeout.ms",
            "group.max.size",
            "group.min.session.timeout.ms",
            "log.cleanup.policy",
            "log.message.timestamp.after.max.ms",
            "log.message.timestamp.before.max.ms",
            "log.message.timestamp.type",
            "log.retention.bytes",
            "log.retention.ms",
            "log.retention.minutes",
            "log.retention.hours",
            "log.roll.hours",
            "log.segment.bytes",
            "max.connections",
            "max.connections.per.ip",
            "message.max.bytes",
            "min.insync.replicas",
            "num.partitions",
            "offsets.retention.minutes",
            "offsets.topic.replication.factor",
            "remote.log.storage.system.enable",
            "replica.fetch.max.bytes",
            "transaction.max.timeout.ms",
            "transaction.state.log.min.isr",
            "transaction.state.log.replication.factor",
            "unclean.leader.election.enable");

    private final KafkaConnection connection;

    BrokerDefaults(KafkaConnection connection) {
        this.connection = connection;
    }

    /** Value by {@code broker.<config>}; where brokers differ, all values with the brokers that have them. */
    SortedMap<String, String> read(Collection<Node> brokers) throws TargetException {
        var asked = brokers.stream()
                .sorted(Comparator.comparingInt(Node::id))
                .limit(MOST_BROKERS)
                .map(broker -> new ConfigResource(ConfigResource.Type.BROKER, broker.idString()))
                .toList();
        var byBroker = new TreeMap<Integer, Map<String, String>>();
        for (var answer : connection
                .awaitEach(
                        "describe the configs of " + asked.size() + " brokers",
                        connection.admin().describeConfigs(asked).values())
                .entrySet()) {
            switch (answer.getValue()) {
                case Answer.Ok(var config) ->
                    byBroker.put(
                            Integer.valueOf(answer.getKey().name()),
                            config.entries().stream()
                                    .filter(entry -> NAMES.contains(entry.name()))
                                    .collect(Collectors.toMap(ConfigEntry::name, BrokerDefaults::shown)));
                case Answer.Err(var error) ->
                    throw Faults.of(
                            "describe the configs of broker " + answer.getKey().name(), error);
            }
        }
        var values = new TreeMap<String, String>();
        for (String name : NAMES) {
            var found = new TreeMap<String, List<Integer>>();
            byBroker.forEach((broker, configs) -> {
                if (configs.containsKey(name)) {
                    found.merge(configs.get(name), List.of(broker), BrokerDefaults::joined);
                }
            });
            if (!found.isEmpty()) {
                values.put("broker." + name, text(found));
            }
        }
        return values;
    }

    /** A value that the broker does not show, as it does with settings of plug-ins. */
    private static String shown(ConfigEntry entry) {
        if (entry.isSensitive()) {
            return "(hidden)";
        }
        return entry.value() == null ? "(not set)" : entry.value();
    }

    private static List<Integer> joined(List<Integer> some, List<Integer> more) {
        return java.util.stream.Stream.concat(some.stream(), more.stream()).toList();
    }

    private static String text(SortedMap<String, List<Integer>> brokersByValue) {
        return brokersByValue.size() == 1
                ? brokersByValue.firstKey()
                : brokersByValue.entrySet().stream()
                        .map(value -> value.getKey() + " (brokers "
                                + value.getValue().stream().map(String::valueOf).collect(Collectors.joining(", "))
                                + ")")
                        .collect(Collectors.joining("; "));
    }
}
