package dev.migrator.faults;

import static dev.migrator.faults.Written.acl;
import static dev.migrator.faults.Written.changed;
import static dev.migrator.faults.Written.rule;
import static dev.migrator.faults.Written.topic;

import java.util.stream.Stream;

/** Rules that no cluster keeps, and an executor that may not write them. */
final class AclFaults {
    private static final String ON_TOPIC = "type: topic, name: faults.there";

    private AclFaults() {}

    static Stream<Fault> all() {
        return Stream.concat(rules(), permissions());
    }

    private static Stream<Fault> rules() {
        return Stream.of(
                Fault.of("a principal without type", "MAN-VALUE", rule("r", "alice", "READ", ON_TOPIC)),
                Fault.of("an operation that there is not", "MAN-VALUE", rule("r", "User:a", "READD", ON_TOPIC)),
                Fault.of("an operation for searches", "MAN-VALUE", rule("r", "User:a", "ANY", ON_TOPIC)),
                Fault.of("no operation", "MAN-VALUE", rule("r", "User:a", "", ON_TOPIC)),
                Fault.of(
                        "a pattern for searches",
                        "MAN-VALUE",
                        rule("r", "User:a", "READ", ON_TOPIC + ", pattern: match")),
                Fault.of(
                        "a type of resource that there is not",
                        "MAN-VALUE",
                        rule("r", "User:a", "READ", "type: queue, name: q")),
                Fault.of(
                        "neither allow nor deny",
                        "MAN-VALUE",
                        acl("principal: 'User:a', operations: [READ], permission: MAYBE, resource: {" + ON_TOPIC
                                + "}")),
                Fault.of(
                        "another cluster than the one there is",
                        "ACL-RESOURCE",
                        rule("r", "User:a", "ALTER", "type: cluster, name: my-cluster")),
                Fault.of(
                        "the beginning of a cluster",
                        "ACL-RESOURCE",
                        rule("r", "User:a", "ALTER", "type: cluster, name: kafka-cluster, pattern: prefixed")),
                Fault.of(
                        "a topic that cannot be",
                        "ACL-RESOURCE",
                        rule("r", "User:a", "READ", "type: topic, name: a b")),
                Fault.of(
                        "the beginning of every topic",
                        "ACL-RESOURCE",
                        rule("r", "User:a", "READ", "type: topic, name: '*', pattern: prefixed")),
                Fault.of(
                        "how a retired topic is marked",
                        "ACL-RESERVED",
                        acl("principal: 'User:*', operations: [READ], permission: DENY, resource: {" + ON_TOPIC + "}")),
                Fault.of("no resource", "MAN-MISSING-FIELD", acl("principal: 'User:a', operations: [READ]")));
    }

    private static Stream<Fault> permissions() {
        var topic = topic("faults.new", "partitions: 1, replicationFactor: 1");
        return Stream.of(
                Fault.of("an executor that may only look: a topic", "DRY-PERMISSION", topic)
                        .writtenBy("watcher"),
                Fault.of("an executor that may only look: a config", "DRY-PERMISSION", changed("retention.ms: 1000"))
                        .writtenBy("watcher"),
                Fault.of(
                                "an executor that may only look: an ACL",
                                "DRY-PERMISSION",
                                rule("r", "User:a", "READ", ON_TOPIC))
                        .writtenBy("watcher"),
                Fault.of(
                                "an executor that may only look: a retirement",
                                "DRY-PERMISSION",
                                Written.absent(topic("faults.there", "partitions: 6")))
                        .writtenBy("watcher"),
                Fault.of("an executor that may create elsewhere", "DRY-PERMISSION", topic)
                        .writtenBy("elsewhere"),
                Fault.of("an executor that may not change configs", "DRY-PERMISSION", changed("retention.ms: 1000"))
                        .writtenBy("elsewhere"),
                Fault.of("an executor that may not even look", "TGT-DENIED", topic)
                        .writtenBy("nobody"),
                Fault.of("an executor with a wrong password", "TGT-AUTHENTICATION", topic)
                        .writtenBy("impostor"));
    }
}
