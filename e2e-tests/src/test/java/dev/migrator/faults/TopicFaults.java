package dev.migrator.faults;

import static dev.migrator.faults.Written.changed;
import static dev.migrator.faults.Written.configured;
import static dev.migrator.faults.Written.topic;

import java.util.stream.Stream;

/** Topics and their configs. Found offline, by the planner, or by the broker. */
final class TopicFaults {
    private TopicFaults() {}

    static Stream<Fault> all() {
        return Stream.of(offline(), brokers(), changes(), shapes()).flatMap(faults -> faults);
    }

    private static Stream<Fault> offline() {
        return Stream.of(
                Fault.of("a time in words", "TOP-CONFIG-VALUE", configured("retention.ms: for ever")),
                Fault.of("a time with its unit", "TOP-CONFIG-VALUE", configured("retention.ms: 7d")),
                Fault.of("half a byte", "TOP-CONFIG-VALUE", configured("segment.bytes: 1.5")),
                Fault.of("a size with its unit", "TOP-CONFIG-VALUE", configured("max.message.bytes: 1MB")),
                Fault.of("a number in words", "TOP-CONFIG-VALUE", configured("min.insync.replicas: two")),
                Fault.of("a policy that there is not", "TOP-CONFIG-VALUE", configured("cleanup.policy: shred")),
                Fault.of("a compression that there is not", "TOP-CONFIG-VALUE", configured("compression.type: zip")),
                Fault.of(
                        "a level that the compression has not",
                        "TOP-CONFIG-VALUE",
                        configured("compression.gzip.level: 99")),
                Fault.of(
                        "a kind of time that there is not",
                        "TOP-CONFIG-VALUE",
                        configured("message.timestamp.type: Sometimes")),
                Fault.of(
                        "neither true nor false",
                        "TOP-CONFIG-VALUE",
                        configured("unclean.leader.election.enable: perhaps")),
                Fault.of("neither true nor false, elsewhere", "TOP-CONFIG-VALUE", configured("preallocate: perhaps")),
                Fault.of("no replica in sync", "TOP-CONFIG-VALUE", configured("min.insync.replicas: 0")),
                Fault.of("a size below nothing", "TOP-CONFIG-VALUE", configured("max.message.bytes: -1")),
                Fault.of("a time before now", "TOP-CONFIG-VALUE", configured("retention.ms: -2")),
                Fault.of(
                        "tombstones kept for less than no time",
                        "TOP-CONFIG-VALUE",
                        configured("delete.retention.ms: -5")),
                Fault.of("an index in steps below nothing", "TOP-CONFIG-VALUE", configured("index.interval.bytes: -1")),
                Fault.of("files deleted before they are", "TOP-CONFIG-VALUE", configured("file.delete.delay.ms: -1")),
                Fault.of("dirtier than all of it", "TOP-CONFIG-VALUE", configured("min.cleanable.dirty.ratio: 2")),
                Fault.of(
                        "throttled replicas that are none",
                        "TOP-CONFIG-VALUE",
                        configured("leader.replication.throttled.replicas: some")),
                Fault.of(
                        "a topic of Kafka's own",
                        "TOP-INTERNAL",
                        topic("__mine", "partitions: 1, replicationFactor: 1")),
                Fault.of("a name with a space", "MAN-VALUE", topic("a b", "partitions: 1, replicationFactor: 1")),
                Fault.of(
                        "a name of 250 characters",
                        "MAN-VALUE",
                        topic("x".repeat(250), "partitions: 1, replicationFactor: 1")),
                Fault.of(
                        "no partitions at all",
                        "MAN-VALUE",
                        topic("faults.new", "partitions: 0, replicationFactor: 1")),
                Fault.of("partitions not said", "MAN-MISSING-FIELD", topic("faults.new", "replicationFactor: 1")),
                Fault.of(
                        "a misspelt field",
                        "MAN-UNKNOWN-FIELD",
                        topic("faults.new", "partitions: 1, replicas: 1, replicationFactor: 1")));
    }

    private static Stream<Fault> brokers() {
        return Stream.of(
                Fault.of("a segment that holds nothing", "DRY-CONFIG", configured("segment.bytes: 1")),
                Fault.of("an index that holds nothing", "DRY-CONFIG", configured("segment.index.bytes: 1")),
                Fault.of(
                        "storage elsewhere, which the cluster has not",
                        "DRY-CONFIG",
                        configured("remote.storage.enable: true")),
                Fault.of("a config that no Kafka knows", "DRY-CONFIG", configured("retention: 1000")),
                Fault.of(
                        "three replicas on one broker",
                        "DRY-REPLICATION",
                        topic("faults.new", "partitions: 1, replicationFactor: 3")),
                Fault.of(
                        "more partitions than a request takes",
                        "DRY-POLICY",
                        topic("faults.new", "partitions: 20000, replicationFactor: 1")),
                Fault.of(
                        "a name that collides with a topic there",
                        "DRY-COLLISION",
                        topic("faults_a.b", "partitions: 1, replicationFactor: 1")));
    }

    private static Stream<Fault> changes() {
        return Stream.of(
                Fault.of("a time before now, later", "TOP-CONFIG-VALUE", changed("retention.ms: -2")),
                Fault.of("a policy that there is not, later", "TOP-CONFIG-VALUE", changed("cleanup.policy: shred")),
                Fault.of("no replica in sync, later", "TOP-CONFIG-VALUE", changed("min.insync.replicas: 0")),
                Fault.of("a config that no Kafka knows, later", "DRY-CONFIG", changed("retention: 1000")),
                Fault.of(
                        "one good and one bad config, later",
                        "DRY-CONFIG",
                        changed("retention.ms: 1000, segment.bytes: 1")));
    }

    private static Stream<Fault> shapes() {
        var there = topic("faults.new", "partitions: 1, replicationFactor: 1");
        return Stream.of(
                Fault.of(
                        "fewer partitions",
                        "PLN-PARTITIONS-DECREASE",
                        topic("faults.there", "partitions: 3, replicationFactor: 1")),
                Fault.of(
                        "more replicas than brokers",
                        "DRY-REPLICATION",
                        topic("faults.there", "partitions: 6, replicationFactor: 2")),
                Fault.of(
                        "two names that metrics cannot tell apart",
                        "TOP-COLLISION",
                        topic("faults.x_y", "partitions: 1, replicationFactor: 1"),
                        topic("faults.x.y", "partitions: 1, replicationFactor: 1")),
                Fault.of(
                        "one name twice",
                        "BND-DUPLICATE-UID",
                        there,
                        topic("faults.new", "address: faults.newer, partitions: 1, replicationFactor: 1")),
                Fault.of(
                        "one address twice",
                        "BND-DUPLICATE-ADDRESS",
                        there,
                        topic("faults.newer", "address: faults.new, partitions: 1, replicationFactor: 1")));
    }
}
