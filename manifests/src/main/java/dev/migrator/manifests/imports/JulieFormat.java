package dev.migrator.manifests.imports;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Topology descriptors of JulieOps: topics named by context, project and name, and the rules that its roles stand for, as
 * its documentation lists them ("What ACLs are created") with its default settings.
 */
final class JulieFormat implements Format {
    private static final List<String> PROJECT =
            List.of("name", "topics", "consumers", "producers", "streams", "connectors");
    private static final List<String> TOPIC =
            List.of("name", "dataType", "config", "metadata", "consumers", "producers");
    private static final String PARTITIONS = "num.partitions";
    private static final String REPLICATION = "replication.factor";
    private static final String ANY = "*";

    @Override
    public List<String> suffixes() {
        return List.of(".yaml", ".yml", ".json");
    }

    @Override
    public void read(List<Node> documents, Collected into) {
        documents.forEach(document -> topology(document, into));
    }

    private static void topology(Node document, Collected into) {
        if (document.scalar("context").isEmpty()) {
            into.notUnderstood(document, "a document without a context", "a topology with context and projects");
            return;
        }
        // what stands between context and projects is part of every name, in its order
        var prefix = new ArrayList<String>();
        prefix.add(document.scalar("context").orElseThrow());
        for (String name : document.names()) {
            if (!List.of("context", "projects").contains(name)) {
                document.at(name)
                        .scalar()
                        .ifPresentOrElse(
                                prefix::add,
                                () -> into.notUnderstood(
                                        document.at(name),
                                        "this part of a topology is not known",
                                        "context, projects"));
            }
        }
        document.at("projects").items().forEach(project -> project(project, prefix, into));
    }

    private static void project(Node project, List<String> context, Collected into) {
        into.unknownFields(project, PROJECT);
        var prefix = new ArrayList<>(context);
        project.scalar("name")
                .ifPresentOrElse(prefix::add, () -> into.notUnderstood(project, "a project without a name"));
        var projectPrefix = String.join(".", prefix);
        for (Node topic : project.at("topics").items()) {
            topic.scalar("name")
                    .ifPresentOrElse(
                            name -> topic(topic, projectPrefix + "." + name, project, into),
                            () -> into.notUnderstood(topic, "a topic without a name"));
        }
        project.at("streams").items().forEach(streams -> streams(streams, projectPrefix, into));
        project.at("connectors").items().forEach(connector -> connector(connector, into));
    }

    private static void topic(Node topic, String fullName, Node project, Collected into) {
        into.unknownFields(topic, TOPIC);
        var name = topic.scalar("dataType").map(type -> fullName + "." + type).orElse(fullName);
        var config = topic.at("config");
        var settings = new TreeMap<>(Settings.of(config, into));
        settings.keySet().removeAll(List.of(PARTITIONS, REPLICATION));
        into.topic(topic, name, into.count(config, PARTITIONS), into.count(config, REPLICATION), settings);
        for (Node owner : List.of(project, topic)) {
            owner.at("consumers").items().forEach(consumer -> consumer(consumer, name, into));
            owner.at("producers").items().forEach(producer -> producer(producer, name, into));
        }
    }

    private static void consumer(Node consumer, String topic, Collected into) {
        into.unknownFields(consumer, List.of("principal", "group", "metadata"));
        var principal = principal(consumer, into);
        Rules.allow(consumer, principal, "topic", "literal", topic, List.of("READ", "DESCRIBE"), into);
        prefixable(consumer, principal, "group", consumer.scalar("group").orElse(ANY), List.of("READ"), into);
    }

    private static void producer(Node producer, String topic, Collected into) {
        into.unknownFields(producer, List.of("principal", "transactionId", "idempotence", "metadata"));
        var principal = principal(producer, into);
        Rules.allow(producer, principal, "topic", "literal", topic, List.of("WRITE", "DESCRIBE"), into);
        var transactionId = producer.scalar("transactionId");
        transactionId.ifPresent(
                id -> prefixable(producer, principal, "transactionalId", id, List.of("WRITE", "DESCRIBE"), into));
        if (transactionId.isPresent() || !producer.at("idempotence").isNothing()) {
            Rules.allow(producer, principal, "cluster", "literal", "", List.of("IDEMPOTENT_WRITE"), into);
        }
    }

    private static void streams(Node streams, String projectPrefix, Collected into) {
        into.unknownFields(streams, List.of("principal", "topics", "applicationId", "exactlyOnce", "metadata"));
        var principal = principal(streams, into);
        readAndWrite(streams, principal, into);
        var own = streams.scalar("applicationId").orElse(projectPrefix);
        Rules.allow(streams, principal, "topic", "prefixed", own, List.of("ALL"), into);
        Rules.allow(streams, principal, "group", "prefixed", own, List.of("READ"), into);
        if (streams.scalar("exactlyOnce").orElse("false").equals("true")) {
            into.notUnderstood(streams.at("exactlyOnce"), "which rules it makes depends on the tool's version");
        }
    }

    private static void connector(Node connector, Collected into) {
        into.unknownFields(
                connector,
                List.of(
                        "principal",
                        "topics",
                        "group",
                        "status_topic",
                        "offset_topic",
                        "configs_topic",
                        "connectors",
                        "metadata"));
        var principal = principal(connector, into);
        readAndWrite(connector, principal, into);
        for (String topic : List.of(
                connector.scalar("status_topic").orElse("connect-status"),
                connector.scalar("offset_topic").orElse("connect-offsets"),
                connector.scalar("configs_topic").orElse("connect-configs"))) {
            Rules.allow(connector, principal, "topic", "literal", topic, List.of("READ", "WRITE"), into);
        }
        Rules.allow(connector, principal, "cluster", "literal", "", List.of("CREATE"), into);
        Rules.allow(
                connector,
                principal,
                "group",
                "literal",
                connector.scalar("group").orElse("connect-cluster"),
                List.of("READ"),
                into);
    }

    private static void readAndWrite(Node user, String principal, Collected into) {
        into.unknownFields(user.at("topics"), List.of("read", "write"));
        user.at("topics")
                .at("read")
                .items()
                .forEach(topic -> topic.scalar()
                        .ifPresent(name ->
                                Rules.allow(topic, principal, "topic", "literal", name, List.of("READ"), into)));
        user.at("topics")
                .at("write")
                .items()
                .forEach(topic -> topic.scalar()
                        .ifPresent(name ->
                                Rules.allow(topic, principal, "topic", "literal", name, List.of("WRITE"), into)));
    }

    /** A star at the end makes it the beginning of names, alone it is every name. */
    private static void prefixable(
            Node place, String principal, String type, String name, List<String> operations, Collected into) {
        boolean prefixed = name.length() > 1 && name.endsWith(ANY);
        Rules.allow(
                place,
                principal,
                type,
                prefixed ? "prefixed" : "literal",
                prefixed ? name.substring(0, name.length() - 1) : name,
                operations,
                into);
    }

    private static String principal(Node user, Collected into) {
        return user.scalar("principal").orElseGet(() -> {
            into.notUnderstood(user, "a user without a principal", "principal: User:name");
            return "";
        });
    }
}
