package dev.migrator.chaos.model;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.demo.Dump;
import dev.migrator.demo.Manifested;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What one manifest asks for. Each knows what has to be there once it was applied, without asking the product. */
public sealed interface Change {
    /** The manifest, as a person writes it. */
    String manifest();

    /** Alters what has to be there. */
    void applyTo(Expected expected);

    /** For people. */
    String title();

    /** A topic with one partition and these configs. */
    record TopicWanted(String name, SortedMap<String, String> configs) implements Change {
        @Override
        public String manifest() {
            var lines = configs.entrySet().stream()
                    .map(config -> config.getKey() + ": \"" + config.getValue() + "\"")
                    .collect(Collectors.joining(", "));
            return """
                    apiVersion: migrator.dev/v1
                    kind: Topic
                    metadata: {name: %s}
                    spec:
                      partitions: 1
                      replicationFactor: 1
                      config: {%s}
                    """.formatted(name, lines);
        }

        @Override
        public void applyTo(Expected expected) {
            var entry = Dump.topic(name);
            if (!expected.has(entry)) {
                expected.create(entry, Map.of("partitions", "1", "replicationFactor", "1"));
            }
            configs.forEach((config, value) -> expected.set(entry, "config." + config, value));
        }

        @Override
        public String title() {
            return "topic " + name + " " + configs;
        }
    }

    /** A topic that is there goes out of use: nobody may read or write it, and all that it has stays. */
    record TopicRetired(String name) implements Change {
        @Override
        public String manifest() {
            return """
                    apiVersion: migrator.dev/v1
                    kind: Topic
                    metadata: {name: %s}
                    state: absent
                    """.formatted(name);
        }

        @Override
        public void applyTo(Expected expected) {
            for (String operation : List.of("READ", "WRITE")) {
                expected.put(rule("DENY", "User:*", operation, name), Map.of(Dump.THERE, "yes"));
            }
        }

        @Override
        public String title() {
            return "retire topic " + name;
        }
    }

    /** Whether that user may read and describe that topic. */
    record Access(String user, String topic, boolean wanted) implements Change {
        @Override
        public String manifest() {
            return """
                    apiVersion: migrator.dev/v1
                    kind: Acl
                    metadata: {name: %s.%s}
                    spec:
                      principal: User:%1$s
                      operations: [READ, DESCRIBE]
                      resource: {type: topic, name: %2$s}
                    """.formatted(user, topic) + (wanted ? "" : "state: absent\n");
        }

        @Override
        public void applyTo(Expected expected) {
            for (String operation : List.of("READ", "DESCRIBE")) {
                var entry = rule("ALLOW", "User:" + user, operation, topic);
                if (wanted) {
                    expected.put(entry, Map.of(Dump.THERE, "yes"));
                } else {
                    expected.remove(entry);
                }
            }
        }

        @Override
        public String title() {
            return (wanted ? "let " : "no longer let ") + user + " read " + topic;
        }
    }

    /** How much that user may produce, in bytes per second; 0 takes the limit away. */
    record Limit(String user, long bytesPerSecond) implements Change {
        @Override
        public String manifest() {
            return """
                    apiVersion: migrator.dev/v1
                    kind: Quota
                    metadata: {name: %s}
                    spec:
                      entity: {user: %1$s}
                      limits: {producerByteRate: %2$d}
                    """.formatted(user, bytesPerSecond == 0 ? 1 : bytesPerSecond)
                    + (bytesPerSecond == 0 ? "state: absent\n" : "");
        }

        @Override
        public void applyTo(Expected expected) {
            var entry = "quota " + new TreeMap<>(Map.of("user", user));
            if (bytesPerSecond == 0) {
                expected.remove(entry);
            } else {
                expected.put(entry, Map.of("producer_byte_rate", String.valueOf((double) bytesPerSecond)));
            }
        }

        @Override
        public String title() {
            return bytesPerSecond == 0 ? "no limit for " + user : "limit " + user + " to " + bytesPerSecond;
        }
    }

    /** A version of a record schema with that many optional fields. */
    record SchemaWanted(String artifact, int version) implements Change {
        public static final String GROUP = "chaos";

        public String content() {
            var fields = new StringBuilder("{\"name\":\"id\",\"type\":\"string\"}");
            for (int field = 1; field < version; field++) {
                fields.append(",{\"name\":\"f")
                        .append(field)
                        .append("\",\"type\":[\"null\",\"string\"],\"default\":null}");
            }
            return "{\"type\":\"record\",\"name\":\"Item\",\"fields\":[" + fields + "]}";
        }

        @Override
        public String manifest() {
            return """
                    apiVersion: migrator.dev/v1
                    kind: Schema
                    metadata: {name: %s}
                    spec:
                      type: AVRO
                      group: %s
                      version: "%d"
                      content: '%s'
                    """.formatted(artifact, GROUP, version, content());
        }

        @Override
        public void applyTo(Expected expected) {
            if (!expected.has("group " + GROUP)) {
                expected.create("group " + GROUP, Map.of());
            }
            var entry = Dump.artifact(GROUP, artifact);
            if (!expected.has(entry)) {
                expected.create(entry, Map.of("type", "AVRO"));
            }
            var content = CanonicalJson.text(CanonicalJson.parse(content()));
            expected.create(Dump.version(GROUP, artifact, String.valueOf(version)), Map.of("content", content));
        }

        @Override
        public String title() {
            return "schema " + artifact + " version " + version;
        }
    }

    private static String rule(String permission, String principal, String operation, String topic) {
        return Manifested.aclName(permission, principal, operation, "TOPIC", "LITERAL", topic, "*");
    }
}
