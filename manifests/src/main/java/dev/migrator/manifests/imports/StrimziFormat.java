package dev.migrator.manifests.imports;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Custom resources of Strimzi: KafkaTopic, and the rules of a KafkaUser with simple authorization. */
final class StrimziFormat implements Format {
    private static final String GROUP = "kafka.strimzi.io/";
    /** What Kubernetes keeps beside the spec. */
    private static final List<String> RESOURCE = List.of("apiVersion", "kind", "metadata", "spec", "status");

    @Override
    public List<String> suffixes() {
        return List.of(".yaml", ".yml", ".json");
    }

    @Override
    public void read(List<Node> documents, Collected into) {
        documents.stream().flatMap(StrimziFormat::resources).forEach(resource -> {
            if (!resource.scalar("apiVersion").orElse("").startsWith(GROUP)) {
                into.notUnderstood(resource, "a resource of another kind", "apiVersion " + GROUP + "…");
            } else {
                switch (resource.scalar("kind").orElse("")) {
                    case "KafkaTopic" -> topic(resource, into);
                    case "KafkaUser" -> user(resource, into);
                    default ->
                        into.notUnderstood(
                                resource,
                                "a resource of kind " + resource.scalar("kind").orElse("(none)"),
                                "KafkaTopic or KafkaUser");
                }
            }
        });
    }

    /** The document, or what a list holds, as {@code kubectl get -o yaml} prints one. */
    private static Stream<Node> resources(Node document) {
        return document.scalar("kind").orElse("").endsWith("List")
                ? document.at("items").items().stream()
                : Stream.of(document);
    }

    private static void topic(Node resource, Collected into) {
        into.unknownFields(resource, RESOURCE);
        var spec = resource.at("spec");
        into.unknownFields(spec, List.of("partitions", "replicas", "config", "topicName"));
        var name = spec.scalar("topicName").or(() -> resource.at("metadata").scalar("name"));
        var managed = resource.at("metadata").at("annotations").at("strimzi.io/managed");
        if (managed.scalar().orElse("true").equals("false")) {
            into.notUnderstood(managed, "the operator does not manage this topic");
        } else if (name.isEmpty()) {
            into.notUnderstood(resource, "a topic without a name", "metadata.name");
        } else {
            into.topic(
                    resource,
                    name.get(),
                    into.count(spec, "partitions"),
                    into.count(spec, "replicas"),
                    Settings.of(spec.at("config"), into));
        }
    }

    private static void user(Node resource, Collected into) {
        into.unknownFields(resource, RESOURCE);
        var spec = resource.at("spec");
        into.unknownFields(spec, List.of("authentication", "authorization", "quotas", "template"));
        if (!spec.at("quotas").isNothing()) {
            into.notUnderstood(spec.at("quotas"), "quotas are no kind that is managed here");
        }
        var name = resource.at("metadata").scalar("name");
        var authorization = spec.at("authorization");
        if (name.isEmpty()) {
            into.notUnderstood(resource, "a user without a name", "metadata.name");
        } else if (!authorization.isNothing()) {
            if (!authorization.scalar("type").orElse("").equals("simple")) {
                into.notUnderstood(authorization, "authorization that does not live in Kafka", "type: simple");
            }
            into.unknownFields(authorization, List.of("type", "acls"));
            var principal = principal(name.get(), spec.at("authentication"));
            authorization.at("acls").items().forEach(rule -> rule(rule, principal, into));
        }
    }

    /** A certificate's subject for TLS, else the name as it is. */
    private static String principal(String name, Node authentication) {
        return switch (authentication.scalar("type").orElse("")) {
            case "tls", "tls-external" -> "User:CN=" + name;
            default -> "User:" + name;
        };
    }

    private static void rule(Node rule, String principal, Collected into) {
        into.unknownFields(rule, List.of("resource", "operations", "operation", "host", "type"));
        var resource = rule.at("resource");
        into.unknownFields(resource, List.of("type", "name", "patternType"));
        // "operation" is how older versions wrote a single one
        var operations = Stream.concat(
                        rule.at("operations").items().stream().flatMap(item -> item.scalar().stream()),
                        rule.scalar("operation").stream())
                .toList();
        Rules.rules(
                rule,
                principal,
                rule.scalar("type").orElse("allow"),
                rule.scalar("host").orElse("*"),
                resource.scalar("type").orElse("(none)"),
                resource.scalar("patternType").orElse("literal"),
                resource.scalar("name").or(Optional::empty),
                operations,
                into);
    }
}
