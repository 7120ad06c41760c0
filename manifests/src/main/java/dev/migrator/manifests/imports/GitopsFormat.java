package dev.migrator.manifests.imports;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/** Desired state files of kafka-gitops: topics, custom rules, and the rules that its services and roles stand for. */
final class GitopsFormat implements Format {
    private static final List<String> STATE =
            List.of("settings", "topics", "services", "users", "customServiceAcls", "customUserAcls");
    private static final List<String> RULE =
            List.of("name", "type", "pattern", "host", "principal", "operation", "permission");
    private static final List<String> STREAMS_INTERNAL =
            List.of("READ", "WRITE", "DESCRIBE", "DELETE", "CREATE", "ALTER", "ALTER_CONFIGS", "DESCRIBE_CONFIGS");
    private static final String ANY = "*";

    private final Map<String, String> userPrincipals = new TreeMap<>();
    private OptionalInt defaultReplication = OptionalInt.empty();
    private OptionalInt defaultPartitions = OptionalInt.empty();

    @Override
    public List<String> suffixes() {
        return List.of(".yaml", ".yml");
    }

    /** Settings and users first: topics and custom rules refer to them, also those in other files. */
    @Override
    public void read(List<Node> documents, Collected into) {
        documents.forEach(document -> settings(document, into));
        documents.forEach(document -> state(document, into));
    }

    private void settings(Node document, Collected into) {
        var defaults = document.at("settings").at("topics").at("defaults");
        var replication = into.count(defaults, "replication");
        var partitions = into.count(defaults, "partitions");
        defaultReplication = replication.isPresent() ? replication : defaultReplication;
        defaultPartitions = partitions.isPresent() ? partitions : defaultPartitions;
        document.at("users")
                .names()
                .forEach(user -> document.at("users")
                        .at(user)
                        .scalar("principal")
                        .ifPresent(principal -> userPrincipals.put(user, principal)));
    }

    private void state(Node document, Collected into) {
        into.unknownFields(document, STATE);
        var settings = document.at("settings");
        into.unknownFields(settings, List.of("topics", "confluent", "ccloud"));
        into.unknownFields(settings.at("topics"), List.of("defaults", "blacklist"));
        each(document.at("topics"), (name, topic) -> topic(name, topic, into));
        each(document.at("services"), (name, service) -> service(name, service, into));
        each(document.at("users"), (name, user) -> user(user, into));
        each(document.at("customServiceAcls"), (name, rules) -> each(rules, (_, rule) -> rule(rule, "", into)));
        each(
                document.at("customUserAcls"),
                (name, rules) -> each(rules, (_, rule) -> rule(rule, userPrincipals.getOrDefault(name, ""), into)));
    }

    private interface Named {
        void read(String name, Node node);
    }

    private static void each(Node mapping, Named named) {
        mapping.names().forEach(name -> named.read(name, mapping.at(name)));
    }

    private void topic(String name, Node topic, Collected into) {
        into.unknownFields(topic, List.of("partitions", "replication", "configs"));
        var partitions = into.count(topic, "partitions");
        var replication = into.count(topic, "replication");
        into.topic(
                topic,
                name,
                partitions.isPresent() ? partitions : defaultPartitions,
                replication.isPresent() ? replication : defaultReplication,
                Settings.of(topic.at("configs"), into));
    }

    private static void service(String name, Node service, Collected into) {
        var principal = service.scalar("principal");
        if (principal.isEmpty()) {
            into.notUnderstood(
                    service, "a service without a principal, as with Confluent Cloud", "principal: User:name");
            return;
        }
        switch (service.scalar("type").orElse("")) {
            case "application" -> application(name, service, principal.get(), into);
            case "kafka-streams" -> streams(name, service, principal.get(), into);
            case "kafka-connect" -> connect(name, service, principal.get(), into);
            default ->
                into.notUnderstood(
                        service,
                        "a service of type " + service.scalar("type").orElse("(none)"),
                        "application, kafka-streams or kafka-connect");
        }
    }

    private static void application(String name, Node service, String principal, Collected into) {
        into.unknownFields(service, List.of("type", "principal", "group-id", "produces", "consumes"));
        topics(service, "produces", principal, "WRITE", into);
        topics(service, "consumes", principal, "READ", into);
        if (!service.at("consumes").items().isEmpty()) {
            group(service, principal, service.scalar("group-id").orElse(name), List.of("READ"), into);
        }
    }

    private static void streams(String name, Node service, String principal, Collected into) {
        into.unknownFields(service, List.of("type", "principal", "application-id", "produces", "consumes"));
        topics(service, "produces", principal, "WRITE", into);
        topics(service, "consumes", principal, "READ", into);
        var id = service.scalar("application-id").orElse(name);
        Rules.allow(service, principal, "topic", "prefixed", id, STREAMS_INTERNAL, into);
        group(service, principal, id, List.of("READ", "DESCRIBE"), into);
    }

    private static void connect(String name, Node service, String principal, Collected into) {
        into.unknownFields(
                service, List.of("type", "principal", "group-id", "storage-topics", "produces", "connectors"));
        topics(service, "produces", principal, "WRITE", into);
        var group = service.scalar("group-id").orElse(name);
        var storage = service.at("storage-topics");
        for (String topic : List.of(
                storage.scalar("config").orElse("connect-configs-" + group),
                storage.scalar("offset").orElse("connect-offsets-" + group),
                storage.scalar("status").orElse("connect-status-" + group))) {
            Rules.allow(service, principal, "topic", "literal", topic, List.of("READ", "WRITE"), into);
        }
        group(service, principal, group, List.of("READ"), into);
        each(service.at("connectors"), (connectorName, connector) -> {
            into.unknownFields(connector, List.of("produces", "consumes"));
            topics(connector, "produces", principal, "WRITE", into);
            topics(connector, "consumes", principal, "READ", into);
            if (!connector.at("consumes").items().isEmpty()) {
                group(connector, principal, "connect-" + connectorName, List.of("READ"), into);
            }
        });
    }

    private static void topics(Node owner, String field, String principal, String operation, Collected into) {
        owner.at(field)
                .items()
                .forEach(topic -> topic.scalar()
                        .ifPresent(name ->
                                Rules.allow(topic, principal, "topic", "literal", name, List.of(operation), into)));
    }

    private static void group(Node place, String principal, String name, List<String> operations, Collected into) {
        Rules.allow(place, principal, "group", "literal", name, operations, into);
    }

    private static void user(Node user, Collected into) {
        into.unknownFields(user, List.of("principal", "roles"));
        var principal = user.scalar("principal");
        for (Node role : user.at("roles").items()) {
            if (principal.isEmpty()) {
                into.notUnderstood(role, "a role of a user without a principal", "principal: User:name");
                continue;
            }
            switch (role.scalar().orElse("")) {
                case "reader" -> {
                    Rules.allow(role, principal.get(), "topic", "literal", ANY, List.of("READ"), into);
                    group(role, principal.get(), ANY, List.of("READ"), into);
                }
                case "writer" -> Rules.allow(role, principal.get(), "topic", "literal", ANY, List.of("WRITE"), into);
                case "operator" -> {
                    Rules.allow(role, principal.get(), "cluster", "literal", "", List.of("DESCRIBE"), into);
                    Rules.allow(
                            role,
                            principal.get(),
                            "topic",
                            "literal",
                            ANY,
                            List.of("DESCRIBE", "DESCRIBE_CONFIGS"),
                            into);
                    group(role, principal.get(), ANY, List.of("READ", "DESCRIBE"), into);
                }
                default -> into.notUnderstood(role, "this role is not known", "reader, writer or operator");
            }
        }
    }

    private static void rule(Node rule, String inherited, Collected into) {
        into.unknownFields(rule, RULE);
        var principal = rule.scalar("principal").orElse(inherited);
        if (principal.isEmpty()) {
            into.notUnderstood(rule, "a rule without a principal", "principal: User:name");
            return;
        }
        Rules.rules(
                rule,
                principal,
                rule.scalar("permission").orElse("(none)"),
                rule.scalar("host").orElse(ANY),
                rule.scalar("type").orElse("(none)"),
                rule.scalar("pattern").orElse("(none)"),
                rule.scalar("name"),
                rule.scalar("operation").stream().toList(),
                into);
    }
}
