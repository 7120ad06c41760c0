package dev.migrator.adoption;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.awaitility.Awaitility;

/** A cluster as years of use leave it: hundreds of topics, rules of every sort, schemas that refer to each other. */
final class FullCluster {
    static final int TOPICS = 300;
    /** A principal's name that begins with a space is taken for a slip in manifests. */
    static final int RULES_NO_MANIFEST_CAN_SAY = 4;

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private FullCluster() {}

    /** @return how many topics and rules there are */
    static int[] fill(String cluster) throws Exception {
        var topics = topics();
        var rules = rules();
        try (var admin = RealTargets.admin(cluster)) {
            admin.createTopics(topics).all().get();
            admin.createAcls(rules).all().get();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> admin.listTopics().names().get().size() >= topics.size()
                            && admin.describeAcls(AclBindingFilter.ANY)
                                    .values()
                                    .get()
                                    .containsAll(rules));
        }
        schemas();
        return new int[] {topics.size(), rules.size()};
    }

    private static List<NewTopic> topics() {
        var topics = new ArrayList<NewTopic>();
        for (int i = 0; i < TOPICS; i++) {
            var configs = new TreeMap<String, String>();
            if (i % 2 == 0) {
                configs.put("retention.ms", String.valueOf(3_600_000L * (i + 1)));
            }
            if (i % 3 == 0) {
                configs.put("cleanup.policy", i % 2 == 0 ? "compact,delete" : "compact");
            }
            if (i % 5 == 0) {
                configs.put("segment.bytes", "1073741824"); // the broker's default, set all the same
            }
            topics.add(new NewTopic("full.domain-%d.topic_%03d.v1".formatted(i % 7, i), 1 + i % 3, (short) 1)
                    .configs(configs));
        }
        for (String odd : List.of(
                "UPPER",
                "upper", // another topic, and the same file name on some systems
                "-starts-with-a-hyphen",
                "_one-underscore",
                ".starts.with.a.dot",
                "ends.with.a.dot.",
                "...",
                "null",
                "true",
                "12345",
                "1e3",
                "0x10",
                "CON", // no file may have that name on some systems
                "x".repeat(249))) {
            topics.add(new NewTopic(odd, 1, (short) 1)
                    .configs(Map.of(
                            "leader.replication.throttled.replicas",
                            "0:1,1:1",
                            "message.timestamp.type",
                            "LogAppendTime",
                            "min.cleanable.dirty.ratio",
                            "0.10",
                            "unclean.leader.election.enable",
                            "true")));
        }
        return topics;
    }

    private static List<AclBinding> rules() {
        var rules = new ArrayList<AclBinding>();
        for (int i = 0; i < 200; i++) {
            var user = "User:service-" + i % 40;
            rules.add(rule(
                    ResourceType.TOPIC, "full.domain-%d.".formatted(i % 7), PatternType.PREFIXED, user, "*", read(i)));
            rules.add(rule(
                    ResourceType.TOPIC,
                    "full.domain-%d.topic_%03d.v1".formatted(i % 7, i),
                    PatternType.LITERAL,
                    user,
                    "*",
                    AclOperation.WRITE));
            rules.add(
                    rule(ResourceType.GROUP, "service-" + i % 40, PatternType.PREFIXED, user, "*", AclOperation.READ));
        }
        for (String principal : List.of(
                "User:*",
                "User:CN=orders,OU=Shop & Sons,O=A \"B\" C,L=Zürich",
                "User:a|b%c",
                "User: leading space",
                "Group:admins",
                "User:#hash: colon",
                "User:日本")) {
            rules.add(rule(ResourceType.TOPIC, "*", PatternType.LITERAL, principal, "10.0.0.1", AclOperation.DESCRIBE));
            rules.add(rule(
                    ResourceType.TRANSACTIONAL_ID, "tx-", PatternType.PREFIXED, principal, "*", AclOperation.WRITE));
            rules.add(deny(ResourceType.GROUP, "odd | group %20", principal, AclOperation.ALL));
            rules.add(rule(
                    ResourceType.CLUSTER,
                    "kafka-cluster",
                    PatternType.LITERAL,
                    principal,
                    "*",
                    AclOperation.IDEMPOTENT_WRITE));
        }
        // without a topic of that name
        rules.add(rule(ResourceType.TOPIC, "gone.long.ago", PatternType.LITERAL, "User:old", "*", AclOperation.READ));
        return rules.stream().distinct().toList();
    }

    private static AclOperation read(int i) {
        return List.of(AclOperation.READ, AclOperation.DESCRIBE, AclOperation.DESCRIBE_CONFIGS)
                .get(i % 3);
    }

    private static AclBinding rule(
            ResourceType type,
            String name,
            PatternType pattern,
            String principal,
            String host,
            AclOperation operation) {
        return new AclBinding(
                new ResourcePattern(type, name, pattern),
                new AccessControlEntry(principal, host, operation, AclPermissionType.ALLOW));
    }

    private static AclBinding deny(ResourceType type, String name, String principal, AclOperation operation) {
        return new AclBinding(
                new ResourcePattern(type, name, PatternType.LITERAL),
                new AccessControlEntry(principal, "*", operation, AclPermissionType.DENY));
    }

    private static void schemas() throws Exception {
        for (int i = 0; i < 40; i++) {
            var name = "Base%02d".formatted(i);
            create("default", name, "AVRO", "1", avro(name, "\"string\""), List.of());
            create("default", name, "AVRO", "2", avro(name, "\"string\"") + "\n", List.of());
            create(
                    "shop orders/(old)",
                    "Order%02d".formatted(i),
                    "AVRO",
                    "1.0.%d".formatted(i),
                    avro("Order%02d".formatted(i), "\"dev.full." + name + "\""),
                    List.of(Value.object(
                            "name", Value.of("dev.full." + name),
                            "groupId", Value.of("default"),
                            "artifactId", Value.of(name),
                            "version", Value.of("2"))));
        }
        create(
                "default",
                "Proto",
                "PROTOBUF",
                "1",
                "syntax = \"proto3\";\n\nmessage P {\n  string id = 1;\n}\n",
                List.of());
        // without a rule the registry takes what Avro's own library refuses
        create("default", "Odd", "AVRO", "1", "{ \"type\": \"recrod\", \"name\": \"Odd\" }", List.of());
        create("default", "orders-value", "JSON", "1", "{ \"type\" : \"object\",\n  \"title\": \"x\" }", List.of());
        send(
                "POST",
                "/groups/default/artifacts/Proto/rules",
                Value.object("ruleType", Value.of("VALIDITY"), "config", Value.of("FULL")));
    }

    private static String avro(String name, String type) {
        return """
                { "type": "record", "name": "%s", "namespace": "dev.full",
                  "fields": [ { "name": "a", "type": %s } ] }""".formatted(name, type);
    }

    /** A first version makes the artifact, another one is added to it. */
    private static void create(
            String group, String artifact, String type, String version, String content, List<Value> references)
            throws Exception {
        var body = Value.object(
                "version", Value.of(version),
                "content",
                        Value.object(
                                "content", Value.of(content),
                                "contentType",
                                        Value.of(
                                                type.equals("PROTOBUF")
                                                        ? "application/x-protobuf"
                                                        : "application/json"),
                                "references", Value.array(references)));
        var path = "/groups/" + encoded(group) + "/artifacts";
        if (version.equals("2")) {
            send("POST", path + "/" + encoded(artifact) + "/versions", body);
        } else {
            send(
                    "POST",
                    path,
                    Value.object(
                            "artifactId", Value.of(artifact),
                            "artifactType", Value.of(type),
                            "firstVersion", body));
        }
    }

    private static String encoded(String text) {
        return java.net.URLEncoder.encode(text, java.nio.charset.StandardCharsets.UTF_8)
                .replace("+", "%20");
    }

    private static void send(String method, String path, Value body) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(RealTargets.registry().url() + path))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofByteArray(CanonicalJson.bytes(body)))
                .build();
        var answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() >= 300) {
            throw new IOException(method + " " + path + ": " + answer.statusCode() + " " + answer.body());
        }
    }
}
