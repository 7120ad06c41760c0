package dev.migrator.target.kafka;

import dev.migrator.core.impact.Impact;
import dev.migrator.core.kinds.AclTuple;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.plan.Operation;
import dev.migrator.target.TargetException;
import java.time.Clock;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.acl.AclBindingFilter;

/**
 * Who uses what operations change. A fixed number of requests for all of them together: offsets, sizes, groups and rules are
 * each read once.
 */
final class ImpactReads {
    /** Topics that are looked into; of more, removals come first. */
    static final int MOST_TOPICS = 1_000;

    private static final String NOT_TOLD = "brokers tell each client how long it waits, and nobody else";
    private static final String NOT_LISTED = "brokers do not list who is connected; a session goes on until it ends";
    private static final String NOT_LOOKED = "only " + MOST_TOPICS + " topics of a plan are looked into";

    private final KafkaConnection connection;
    private final TopicUse topics;
    private final GroupReads groups;

    ImpactReads(KafkaConnection connection, Clock clock) {
        this.connection = connection;
        this.topics = new TopicUse(connection, clock);
        this.groups = new GroupReads(connection);
    }

    /** One for each operation, in key order. */
    Map<EntryKey, Impact> of(Collection<? extends Operation> operations) throws TargetException {
        var impacts = new TreeMap<EntryKey, Impact>();
        if (operations.isEmpty()) {
            return impacts;
        }
        var rules = Reading.of(this::rules);
        var wanted = operations.stream()
                .filter(operation -> operation.key().kind().equals(Kinds.TOPIC))
                .sorted(Comparator.comparing((Operation operation) -> !(operation instanceof Operation.Delete))
                        .thenComparing(Operation::key))
                .<Operation>map(operation -> operation)
                .toList();
        var looked = wanted.subList(0, Math.min(MOST_TOPICS, wanted.size()));
        if (!looked.isEmpty()) {
            impacts.putAll(topics.of(looked, rules, groups));
        }
        wanted.subList(looked.size(), wanted.size())
                .forEach(operation -> impacts.put(operation.key(), Impact.unknown("who uses it", NOT_LOOKED)));
        var ofRules = operations.stream()
                .filter(operation -> operation.key().kind().equals(Kinds.ACL))
                .map(Operation::key)
                .toList();
        operations.stream()
                .map(Operation::key)
                .filter(key -> key.kind().equals(Kinds.QUOTA))
                .forEach(key -> impacts.put(key, Impact.unknown("whom it slows down", NOT_TOLD)));
        operations.stream()
                .map(Operation::key)
                .filter(key -> key.kind().equals(Kinds.USER))
                .forEach(key -> impacts.put(key, Impact.unknown("whether anybody is logged in", NOT_LISTED)));
        if (!ofRules.isEmpty()) {
            impacts.putAll(new RuleUse(connection).of(ofRules));
        }
        return impacts;
    }

    private List<AclTuple> rules() throws TargetException {
        return connection
                .await(
                        "describe ACLs",
                        connection.admin().describeAcls(AclBindingFilter.ANY).values())
                .stream()
                .map(Acls::tuple)
                .filter(tuple ->
                        !SettleMarker.isMarker(tuple) && !Acls.marksRemoval(tuple) && !tuple.marksRetiredTopic())
                .toList();
    }
}
