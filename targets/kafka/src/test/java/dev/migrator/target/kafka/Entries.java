package dev.migrator.target.kafka;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.kinds.AclTuple;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Outcome;
import dev.migrator.target.TargetException;
import dev.migrator.target.TargetReader;
import dev.migrator.target.TargetWriter;
import dev.migrator.target.WriteGuard;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** Short words for tests about single entries. */
final class Entries {
    private Entries() {}

    static String fresh() {
        return "s-" + UUID.randomUUID().toString().substring(0, 8);
    }

    static Operation.Create topic(String name) {
        return topic(name, "3600000");
    }

    static Operation.Create topic(String name, String retention) {
        return new Operation.Create(
                KafkaHarness.topic(name),
                Content.of(Map.of(
                        "partitions", Value.of(1),
                        "replicationFactor", Value.of(1),
                        "config.retention.ms", Value.of(retention))));
    }

    static Operation.Update retention(String topic, String before, String after) {
        return new Operation.Update(
                KafkaHarness.topic(topic),
                Content.of("config.retention.ms", Value.of(before)),
                Content.of("config.retention.ms", Value.of(after)));
    }

    static Operation.Create reader(String principal, String topic) {
        return rule(principal, "READ", "LITERAL", topic);
    }

    static Operation.Create rule(String user, String operation, String patternType, String topic) {
        return new Operation.Create(
                KafkaHarness.acl(new AclTuple("User:" + user, "*", operation, "ALLOW", "TOPIC", patternType, topic)),
                Content.EMPTY);
    }

    static TargetWriter writer() throws TargetException {
        return new KafkaProvider().openWriter(TestCluster.config(), TestCluster.admin(), TestCluster.CALL_TIMEOUT);
    }

    static void settle(TargetWriter writer) throws TargetException {
        writer.settle(Duration.ofSeconds(60), WriteGuard.ALWAYS);
    }

    static Outcome apply(TargetWriter writer, Operation operation, WriteGuard guard) throws TargetException {
        return writer.apply(List.of(operation), Map.of(), guard).getFirst();
    }

    static Outcome apply(TargetWriter writer, Operation operation) throws TargetException {
        return apply(writer, operation, WriteGuard.ALWAYS);
    }

    static dev.migrator.core.model.EntryState read(TargetReader reader, EntryKey key) throws TargetException {
        return reader.readAll(Set.of(key)).get(key);
    }

    static Set<EntryKey> keys(Collection<? extends Operation> operations) {
        var keys = new TreeSet<EntryKey>();
        operations.forEach(operation -> keys.add(operation.key()));
        return keys;
    }

    /** As the worker does it: the id of what was written goes with its inverse. */
    static Map<EntryKey, String> incarnations(Collection<Outcome> outcomes) {
        var incarnations = new HashMap<EntryKey, String>();
        for (var outcome : outcomes) {
            if (outcome instanceof Outcome.Applied(var key, var incarnation)) {
                incarnations.put(key, incarnation);
            }
        }
        return incarnations;
    }
}
