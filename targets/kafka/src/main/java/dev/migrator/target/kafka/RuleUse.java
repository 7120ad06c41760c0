package dev.migrator.target.kafka;

import dev.migrator.core.error.ProblemException;
import dev.migrator.core.impact.Impact;
import dev.migrator.core.impact.Some;
import dev.migrator.core.impact.Use;
import dev.migrator.core.kinds.AclTuple;
import dev.migrator.core.model.EntryKey;
import dev.migrator.target.TargetException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.ListTopicsOptions;

/** What access rules take in, of the topics that are there. */
final class RuleUse {
    private final KafkaConnection connection;

    RuleUse(KafkaConnection connection) {
        this.connection = connection;
    }

    Map<EntryKey, Impact> of(Collection<EntryKey> rules) throws TargetException {
        var names = Reading.of(() -> List.copyOf(new TreeSet<>(connection.await(
                "list topics",
                connection
                        .admin()
                        .listTopics(new ListTopicsOptions().listInternal(false))
                        .names()))));
        var impacts = new TreeMap<EntryKey, Impact>();
        for (var rule : rules) {
            var impact = Impact.unknown(
                    "clients of the principal", "the broker does not tell who is connected under which name");
            impacts.put(rule, covers(rule, names, impact));
        }
        return impacts;
    }

    private static Impact covers(EntryKey rule, Reading<List<String>> names, Impact impact) {
        AclTuple tuple;
        try {
            tuple = AclTuple.parse(rule.address());
        } catch (ProblemException e) {
            return impact.without("what it takes in", "its address is none of a rule");
        }
        if (!tuple.resourceType().equals("TOPIC")) {
            return impact;
        }
        return switch (names) {
            case Reading.Known<List<String>>(var all) ->
                impact.with(new Use.Covers(
                        Kinds.TOPIC,
                        Some.of(all.stream()
                                .filter(name -> RuleIndex.takesIn(tuple, name))
                                .toList())));
            case Reading.NotKnown<List<String>>(var why) -> impact.without("what it takes in", why);
        };
    }
}
