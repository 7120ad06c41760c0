package dev.migrator.manifests.imports;

import java.util.List;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * What {@code terraform show -json} prints of a state or a plan: topics and rules of the providers Mongey/kafka and
 * confluentinc/confluent. Attributes of other resources are never shown: state holds secrets.
 */
final class TerraformFormat implements Format {
    /** Confluent Cloud keeps three copies of everything and tells it nowhere. */
    private static final int CONFLUENT_COPIES = 3;

    @Override
    public List<String> suffixes() {
        return List.of(".json");
    }

    @Override
    public void read(List<Node> documents, Collected into) {
        for (Node document : documents) {
            var state = document.at("values").isNothing() ? document.at("planned_values") : document.at("values");
            if (state.isNothing()) {
                into.notUnderstood(document, "this is no state of Terraform", "what 'terraform show -json' prints");
            } else {
                var others = new TreeMap<String, Integer>();
                module(state.at("root_module"), others, into);
                others.forEach((type, count) -> into.notUnderstood(
                        state.at("root_module"), count + " resources of type " + type + ", which is not Kafka's"));
            }
        }
    }

    private static void module(Node module, TreeMap<String, Integer> others, Collected into) {
        for (Node resource : module.at("resources").items()) {
            if (resource.scalar("mode").orElse("managed").equals("managed")) {
                resource(resource, others, into);
            }
        }
        module.at("child_modules").items().forEach(child -> module(child, others, into));
    }

    private static void resource(Node resource, TreeMap<String, Integer> others, Collected into) {
        var type = resource.scalar("type").orElse("");
        var values = resource.at("values");
        switch (type) {
            case "kafka_topic" ->
                topic(resource, values, "name", "partitions", into.count(values, "replication_factor"), into);
            case "confluent_kafka_topic" ->
                topic(resource, values, "topic_name", "partitions_count", OptionalInt.of(CONFLUENT_COPIES), into);
            case "kafka_acl" ->
                rule(
                        resource,
                        values,
                        new Names(
                                "resource_name",
                                "resource_type",
                                "resource_pattern_type_filter",
                                "acl_principal",
                                "acl_host",
                                "acl_operation",
                                "acl_permission_type"),
                        into);
            case "confluent_kafka_acl" ->
                rule(
                        resource,
                        values,
                        new Names(
                                "resource_name",
                                "resource_type",
                                "pattern_type",
                                "principal",
                                "host",
                                "operation",
                                "permission"),
                        into);
            default -> {
                if (type.startsWith("kafka_") || type.startsWith("confluent_")) {
                    into.notUnderstood(
                            resource,
                            resource.scalar("address").orElse("a resource") + " is of type " + type,
                            "kafka_topic, kafka_acl, confluent_kafka_topic or confluent_kafka_acl");
                } else {
                    others.merge(type.isEmpty() ? "(none)" : type, 1, Integer::sum);
                }
            }
        }
    }

    private static void topic(
            Node resource, Node values, String name, String partitions, OptionalInt replication, Collected into) {
        values.scalar(name)
                .ifPresentOrElse(
                        topic -> into.topic(
                                resource,
                                topic,
                                into.count(values, partitions),
                                replication,
                                Settings.of(values.at("config"), into)),
                        () -> into.notUnderstood(
                                resource, "a topic whose name is known only after it was applied", name));
    }

    /** What a provider calls the parts of a rule. */
    private record Names(
            String name,
            String type,
            String pattern,
            String principal,
            String host,
            String operation,
            String permission) {}

    private static void rule(Node resource, Node values, Names names, Collected into) {
        var principal = values.scalar(names.principal());
        if (principal.isEmpty()) {
            into.notUnderstood(resource, "a rule without a principal", names.principal());
            return;
        }
        Rules.rules(
                resource,
                principal.get(),
                values.scalar(names.permission()).orElse("(none)"),
                values.scalar(names.host()).orElse("*"),
                values.scalar(names.type()).orElse("(none)"),
                values.scalar(names.pattern()).orElse("Literal"),
                values.scalar(names.name()),
                List.of(values.scalar(names.operation()).orElse("(none)")),
                into);
    }
}
