package dev.migrator.faults;

import static dev.migrator.faults.Written.avro;
import static dev.migrator.faults.Written.manifest;
import static dev.migrator.faults.Written.record;
import static dev.migrator.faults.Written.topic;

import dev.migrator.faults.Fault.Where;
import java.util.stream.Stream;

/** What is wrong with the whole: files, targets, checks. */
final class PlanningFaults {
    private static final String TOPIC = topic("faults.new", "partitions: 1, replicationFactor: 1");

    private PlanningFaults() {}

    static Stream<Fault> all() {
        return Stream.of(
                Fault.of("another cluster than the one named", "TGT-WRONG-CLUSTER", TOPIC)
                        .in(Where.WRONG_CLUSTER),
                Fault.of("an identity that registries have not", "TGT-WRONG-CLUSTER", avro("New", "1", record("")))
                        .in(Where.REGISTRY_WITH_ID),
                Fault.of("an environment without such a target", "PLN-NO-TARGET", TOPIC)
                        .in(Where.WITHOUT_KAFKA),
                Fault.of("an environment with two such targets", "PLN-AMBIGUOUS-TARGET", TOPIC)
                        .in(Where.WITH_TWO_CLUSTERS),
                Fault.of("a kind that there is not", "MAN-UNKNOWN-KIND", manifest("Topik", "t", "partitions: 1")),
                Fault.of("a version of manifests that there is not", "MAN-VALUE", TOPIC.replace("/v1", "/v99")),
                Fault.of(
                        "a check of a topic that is nowhere",
                        "PLN-CHECK-SUBJECT",
                        TOPIC,
                        manifest("SmokeCheck", "c", "type: topic-round-trip, topic: faults.nowhere")),
                Fault.of(
                        "a check of a schema that is nowhere",
                        "BND-DANGLING-REFERENCE",
                        TOPIC,
                        manifest("SmokeCheck", "c", "type: schema-readable, schema: faults/Nowhere")),
                Fault.of("a key twice", "YML-DUPLICATE-KEY", TOPIC + "kind: Topic\n"),
                Fault.of("a file that is no YAML", "YML-SYNTAX", "kind: [Topic\n"),
                Fault.of("a tag of another language", "YML-TAG", TOPIC + "more: !!python/object:os.system {}\n"),
                Fault.of("nothing at all", "MAN-NONE"));
    }
}
