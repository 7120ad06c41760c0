package dev.migrator.manifests.imports;

import dev.migrator.core.kinds.AclTuple;
import java.util.List;
import java.util.Optional;

/** Makes access rules from a tool's words. */
final class Rules {
    /** Begins what a tool fills in when it runs. */
    static final String TEMPLATE = "{{";

    private static final String CLUSTER = "kafka-cluster";

    private Rules() {}

    /** One rule for each operation; what cannot be one is said. */
    static void rules(
            Node place,
            String principal,
            String permission,
            String host,
            String type,
            String pattern,
            Optional<String> name,
            List<String> operations,
            Collected into) {
        var kafkaType = KafkaWords.resourceType(type);
        var kafkaPattern = KafkaWords.pattern(pattern);
        var kafkaPermission = KafkaWords.permission(permission);
        if (kafkaType.isEmpty()) {
            into.notUnderstood(
                    place, "a rule for a resource of type " + type, "topic, group, cluster or transactional id");
        } else if (kafkaPattern.isEmpty()) {
            into.notUnderstood(place, "a rule with the pattern " + pattern, "literal or prefixed");
        } else if (kafkaPermission.isEmpty()) {
            into.notUnderstood(place, "a rule of type " + permission, "allow or deny");
        } else if ((principal + name.orElse("") + host).contains(TEMPLATE)) {
            into.notUnderstood(place, "a rule that a template makes", "templates resolved");
        } else if (name.isEmpty() && !kafkaType.get().equals("CLUSTER")) {
            into.notUnderstood(place, "a rule for a resource without a name", "a name");
        } else {
            var resource = kafkaType.get().equals("CLUSTER") ? CLUSTER : name.get();
            for (String operation : operations) {
                KafkaWords.operation(operation)
                        .ifPresentOrElse(
                                word -> into.acl(
                                        place,
                                        new AclTuple(
                                                principal,
                                                host,
                                                word,
                                                kafkaPermission.get(),
                                                kafkaType.get(),
                                                kafkaPattern.get(),
                                                resource)),
                                () -> into.notUnderstood(
                                        place,
                                        "a rule for the operation " + operation,
                                        "one of " + String.join(", ", KafkaWords.operations())));
            }
        }
    }

    /** Rules that allow something from every host. */
    static void allow(
            Node place,
            String principal,
            String type,
            String pattern,
            String name,
            List<String> operations,
            Collected into) {
        rules(place, principal, "ALLOW", "*", type, pattern, Optional.of(name), operations, into);
    }
}
