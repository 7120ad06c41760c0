package dev.migrator.benchmarks.pipeline;

import dev.migrator.core.bundle.BundleReader;
import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The topics and ACLs of a run: each topic has one partition and one setting of its own, and one reader. One pair more is
 * never deleted, as no plan may delete everything of a kind.
 *
 * @param prefix of all names: loads with different ones have nothing in common
 * @param pairs topics, and as many ACLs, without the pair that stays
 */
record Load(String prefix, int pairs) {
    static final String SETTING = "retention.ms";
    static final String FIRST = "86400000";
    static final String SECOND = "172800000";
    private static final String STAYS = "stays";
    /** Nobody listens there: what is checked so fails at once. */
    private static final String NOWHERE = "http://127.0.0.1:1/";

    List<String> topics() {
        return IntStream.range(0, pairs).mapToObj(number -> prefix + number).toList();
    }

    static String reader(String topic) {
        return "User:reader-of-" + topic;
    }

    /** All of it there, with that value of the setting. */
    Value.Obj bundle(String value) {
        return bundle(manifests(value, false), List.of());
    }

    /** All of it there, and a check that fails after it was applied. */
    Value.Obj failingBundle(String value) {
        return bundle(manifests(value, false), List.of(check()));
    }

    /** All of it gone. */
    Value.Obj absentBundle(String value) {
        return bundle(manifests(value, true), List.of());
    }

    private List<Value> manifests(String value, boolean absent) {
        var manifests = new ArrayList<Value>();
        topics().forEach(name -> {
            manifests.add(asked(topic(name, value), absent));
            manifests.add(asked(acl(name), absent));
        });
        manifests.add(topic(prefix + STAYS, value));
        manifests.add(acl(prefix + STAYS));
        return manifests;
    }

    private static Value.Obj bundle(List<Value> manifests, List<Value> more) {
        var all = new ArrayList<>(manifests);
        all.addAll(more);
        var read = BundleReader.read(Value.array(all));
        var bundle = read.bundle()
                .orElseThrow(() -> new IllegalStateException(read.findings().toString()));
        return (Value.Obj) CanonicalJson.parse(bundle.bytes());
    }

    private static Value asked(Value.Obj manifest, boolean absent) {
        if (!absent) {
            return manifest;
        }
        var fields = new TreeMap<>(manifest.fields());
        fields.put("state", Value.of("absent"));
        return Value.object(fields);
    }

    private static Value.Obj topic(String name, String value) {
        return manifest(
                "Topic",
                name,
                Value.object(
                        "partitions", Value.of(1),
                        "replicationFactor", Value.of(1),
                        "config", Value.object(SETTING, Value.of(value))));
    }

    private static Value.Obj acl(String topic) {
        return manifest(
                "Acl",
                "reader-of-" + topic,
                Value.object(
                        "principal", Value.of(reader(topic)),
                        "operations", Value.array(List.of(Value.of("READ"))),
                        "resource", Value.object("type", Value.of("topic"), "name", Value.of(topic))));
    }

    private Value.Obj check() {
        return manifest(
                "SmokeCheck",
                prefix + "fails",
                Value.object("type", Value.of("http"), "url", Value.of(NOWHERE), "status", Value.of(200)));
    }

    private static Value.Obj manifest(String kind, String name, Value spec) {
        return Value.object(
                "apiVersion",
                Value.of("migrator.dev/v1"),
                "kind",
                Value.of(kind),
                "metadata",
                Value.object("name", Value.of(name)),
                "spec",
                spec);
    }
}
