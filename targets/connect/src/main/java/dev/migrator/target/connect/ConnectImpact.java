package dev.migrator.target.connect;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.impact.Impact;
import dev.migrator.core.impact.Some;
import dev.migrator.core.impact.Use;
import dev.migrator.core.kinds.ConnectorKind;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.plan.Operation;
import dev.migrator.target.TargetException;
import dev.migrator.target.httpclient.Parallel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a connector does: its tasks, its topics, how far it has come. A few calls for each, some at a time. */
final class ConnectImpact {
    /** Connectors that are looked into; of more, removals come first. */
    static final int MOST_ENTRIES = 500;

    private static final String USERS = "who uses it";

    private final Connectors connectors;

    ConnectImpact(Connectors connectors) {
        this.connectors = connectors;
    }

    /** One for each operation, in key order. */
    Map<EntryKey, Impact> of(Collection<? extends Operation> operations) throws TargetException {
        var keys = operations.stream()
                .sorted(Comparator.comparing((Operation operation) -> !(operation instanceof Operation.Delete))
                        .thenComparing(Operation::key))
                .map(Operation::key)
                .toList();
        var looked = keys.subList(0, Math.min(MOST_ENTRIES, keys.size()));
        var found = Parallel.map(looked, this::of);
        var impacts = new TreeMap<EntryKey, Impact>();
        for (int i = 0; i < looked.size(); i++) {
            impacts.put(looked.get(i), found.get(i));
        }
        keys.subList(looked.size(), keys.size())
                .forEach(key -> impacts.put(
                        key, Impact.unknown(USERS, "only " + MOST_ENTRIES + " connectors of a plan are looked into")));
        return impacts;
    }

    private Impact of(EntryKey key) throws TargetException {
        try {
            var found = connectors.find(key.address());
            return found.isEmpty()
                    ? Impact.unknown(
                            "offsets of an earlier connector",
                            "a connector of this name goes on where an earlier one stopped, and Kafka Connect tells that only once there"
                                    + " is one")
                    : of(found.get());
        } catch (TargetException.Refused e) {
            return Impact.unknown(USERS, e.problem().code() + ", " + e.problem().message());
        }
    }

    private Impact of(Found found) throws TargetException {
        var impact = Impact.NONE
                .with(new Use.Running(
                        found.run().map(Run::name).orElse("UNASSIGNED"),
                        found.tasks(),
                        connectors.offsets(found.name()).map(List::size).orElse(0)))
                .without("what it reads or writes outside of Kafka", "Kafka Connect does not know it");
        impact = withTopics(impact, found);
        return found.config().containsKey("topics") || found.config().containsKey("topics.regex")
                ? impact.without(
                        "lag of group connect-" + found.name(), "the Kafka cluster tells it, not Kafka Connect")
                : impact;
    }

    private Impact withTopics(Impact impact, Found found) throws TargetException {
        if (!ConnectorKind.isLegal(found.name())) {
            return impact.without("topics it uses", "no path leads to a connector of this name");
        }
        Answer answer;
        try {
            answer = connectors.api().get(Paths.of(found.name(), "topics"));
        } catch (TargetException.Refused e) {
            return impact.without(
                    "topics it uses", e.problem().code() + ", " + e.problem().message());
        }
        if (!answer.ok()
                || !(answer.object().get(found.name()) instanceof Value.Obj used)
                || !(used.get("topics") instanceof Value.Arr(var items))) {
            return impact.without("topics it uses", "the cluster does not keep track of them");
        }
        var topics = new TreeSet<String>();
        for (var item : items) {
            if (item instanceof Value.Text(var topic)) {
                topics.add(topic);
            }
        }
        return impact.with(new Use.Topics(Some.of(new ArrayList<>(topics))));
    }
}
