package dev.migrator.e2e;

import dev.migrator.core.bundle.Bundle;
import dev.migrator.manifests.Manifests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Manifests as a person writes them, packaged as the command line does. */
final class Bundles {
    private Bundles() {}

    /** One bundle of these documents. */
    static Bundle of(String... documents) {
        try {
            Path file = Files.createTempFile("manifests", ".yaml");
            try {
                Files.writeString(file, String.join("\n---\n", documents));
                var loaded = Manifests.load(file);
                return loaded.bundle()
                        .orElseThrow(() -> new AssertionError("the manifests are not right: " + loaded.findings()));
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param config lines {@code name: value} */
    static String topic(String name, String... config) {
        return """
                apiVersion: migrator.dev/v1
                kind: Topic
                metadata: {name: %s}
                spec:
                  partitions: 1
                  replicationFactor: 1
                  config: {%s}
                """.formatted(name, String.join(", ", config));
    }

    /** {@code count} topics, named with the prefix and a number. */
    static String topics(String prefix, int count) {
        return numbered(count, number -> topic(prefix + number));
    }

    /** Lets that user read and describe that topic: two ACLs. */
    static String acl(String user, String topic) {
        return """
                apiVersion: migrator.dev/v1
                kind: Acl
                metadata: {name: %s.%s}
                spec:
                  principal: User:%1$s
                  operations: [READ, DESCRIBE]
                  resource: {type: topic, name: %2$s}
                """.formatted(user, topic);
    }

    /** Twice {@code count} ACLs on that topic. */
    static String acls(String topic, int count) {
        return numbered(count, number -> acl("user-" + number, topic));
    }

    /** @param references lines {@code {name: …, schema: …, version: …}} */
    static String schema(String name, String version, String content, String... references) {
        return """
                apiVersion: migrator.dev/v1
                kind: Schema
                metadata: {name: %s}
                spec:
                  type: AVRO
                  group: e2e
                  version: "%s"
                  rules: {COMPATIBILITY: BACKWARD, VALIDITY: FULL}
                  references: [%s]
                  content: '%s'
                """.formatted(name, version, String.join(", ", references), content);
    }

    static String httpCheck(String name, String url, int status) {
        return """
                apiVersion: migrator.dev/v1
                kind: SmokeCheck
                metadata: {name: %s}
                spec: {type: http, url: "%s", status: %d}
                """.formatted(name, url, status);
    }

    static String roundTrip(String name, String topic) {
        return """
                apiVersion: migrator.dev/v1
                kind: SmokeCheck
                metadata: {name: %s}
                spec: {type: topic-round-trip, topic: %s, recordBytes: 1024}
                """.formatted(name, topic);
    }

    static String schemaReadable(String name, String schema) {
        return """
                apiVersion: migrator.dev/v1
                kind: SmokeCheck
                metadata: {name: %s}
                spec: {type: schema-readable, schema: %s}
                """.formatted(name, schema);
    }

    private static String numbered(int count, java.util.function.IntFunction<String> document) {
        List<String> documents = IntStream.range(0, count).mapToObj(document).collect(Collectors.toList());
        return String.join("\n---\n", documents);
    }
}
