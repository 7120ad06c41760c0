package dev.migrator.benchmarks;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;

/**
 * A made-up company: topics, and for each of them an ACL. Of every hundred topics ten are not there yet or have another
 * retention, so a tenth of all resources change. The same size is the same estate.
 */
final class Estate {
    private static final String KAFKA = "kafka";
    private static final int ONE_IN = 5;

    private final int first;
    private final int resources;

    /** @param resources how many, half of them topics; at least two */
    Estate(int resources) {
        this(0, resources);
    }

    /** @param first number of its first topic: estates that begin elsewhere have nothing in common */
    Estate(int first, int resources) {
        this.first = first;
        this.resources = resources;
    }

    /** Manifests as a reader of YAML hands them over. */
    List<Value> manifests() {
        var manifests = new ArrayList<Value>(resources);
        for (int i = 0; i < resources / 2; i++) {
            manifests.add(topic(first + i));
            manifests.add(acl(first + i));
        }
        return manifests;
    }

    private static Value topic(int number) {
        return Value.object(
                "apiVersion", Value.of("migrator.dev/v1"),
                "kind", Value.of("Topic"),
                "metadata",
                        Value.object(
                                "name", Value.of(name(number)),
                                "labels", Value.object("team", Value.of("team-" + number % 100))),
                "spec",
                        Value.object(
                                "partitions", Value.of(6),
                                "replicationFactor", Value.of(3),
                                "config",
                                        Value.object(
                                                "retention.ms", Value.of("604800000"),
                                                "min.insync.replicas", Value.of("2"))));
    }

    private static Value acl(int number) {
        return Value.object(
                "apiVersion", Value.of("migrator.dev/v1"),
                "kind", Value.of("Acl"),
                "metadata", Value.object("name", Value.of("reader." + number)),
                "spec",
                        Value.object(
                                "principal", Value.of("User:reader-" + number),
                                "operations", Value.array(List.of(Value.of("READ"))),
                                "resource", Value.object("type", Value.of("topic"), "name", Value.of(name(number)))));
    }

    private static String name(int number) {
        return "orders." + number;
    }

    /** What the target holds: every fifth topic has another retention, which makes a tenth of all resources change. */
    Map<EntryKey, EntryState> states(SortedSet<EntryKey> keys) {
        var states = new HashMap<EntryKey, EntryState>(keys.size() * 2);
        int topics = 0;
        for (var key : keys) {
            states.put(
                    key,
                    key.kind().equals("topic")
                            ? there(topics++ % ONE_IN == 0 ? "86400000" : "604800000")
                            : new EntryState.Present(Content.EMPTY, ""));
        }
        return states;
    }

    private static EntryState there(String retention) {
        return new EntryState.Present(
                Content.of(Map.of(
                        "partitions", Value.of(6),
                        "replicationFactor", Value.of(3),
                        "config.retention.ms", Value.of(retention),
                        "config.min.insync.replicas", Value.of("2"),
                        "config.segment.ms", Value.of("604800000"))),
                "topic-id");
    }

    static String target() {
        return KAFKA;
    }
}
