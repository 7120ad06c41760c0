package dev.migrator.manifests.patch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Finding;
import dev.migrator.core.model.EntryKey;
import dev.migrator.manifests.Manifests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PatcherTest {
    private static final String ORDERS = """
            apiVersion: migrator.dev/v1
            kind: Topic
            metadata:
              name: orders
            spec:
              partitions: 3
              replicationFactor: 1
              config:
                retention.ms: 86400000   # a day
            """;

    @TempDir
    Path folder;

    @Test
    void whatTheManifestSaysOtherwiseIsChangedAndNothingElse() throws IOException {
        write("orders.yaml", ORDERS);

        var patch = patch(Map.of(topic("orders"), there("config.retention.ms", "1000", "config.segment.ms", "5")));

        assertThat(patch.byHand()).isEmpty();
        assertThat(patch.files())
                .singleElement()
                .satisfies(file -> assertThat(file.after())
                        .isEqualTo(ORDERS.replace("86400000 ", "1000 ") + "    segment.ms: \"5\"\n"));
        assertSays("orders.yaml", patch, "config.retention.ms", "1000");
    }

    @Test
    void aSettingThatIsNotSetIsTakenOut() throws IOException {
        write("orders.yaml", ORDERS);
        var unset = new TreeMap<String, Value>(Map.of("config.retention.ms", Value.NULL));

        var patch = patch(Map.of(topic("orders"), new Truth.There(unset)));

        assertThat(patch.files())
                .singleElement()
                .satisfies(file -> assertThat(file.after()).endsWith("  replicationFactor: 1\n"));
    }

    @Test
    void whatIsNotThereIsNotSaid() throws IOException {
        write("orders.yaml", ORDERS + "---\n" + ORDERS.replace("name: orders", "name: refunds"));
        write("only.yaml", ORDERS.replace("name: orders", "name: only"));

        var patch = patch(Map.of(topic("orders"), new Truth.Gone(), topic("only"), new Truth.Gone()));

        assertThat(patch.byHand()).isEmpty();
        assertThat(patch.files()).hasSize(2);
        assertThat(patch.files().get(0).after()).isEmpty();
        assertThat(patch.files().get(1).after()).isEqualTo(ORDERS.replace("name: orders", "name: refunds"));
        for (var file : patch.files()) {
            file.write();
        }
        assertThat(folder.resolve("only.yaml")).doesNotExist();
    }

    @Test
    void aCheckGoesWithWhatItLooksAt() throws IOException {
        write("orders.yaml", ORDERS);
        write("checks.yaml", """
                apiVersion: migrator.dev/v1
                kind: SmokeCheck
                metadata: {name: orders-take-records}
                spec: {type: topic-round-trip, topic: orders}
                """);

        assertThat(patch(Map.of(topic("orders"), there("config.retention.ms", "86400000")))
                        .files())
                .isEmpty();
        assertThat(patch(Map.of(topic("orders"), new Truth.Gone())).files())
                .hasSize(2)
                .allSatisfy(file -> assertThat(file.after()).isEmpty());
    }

    @Test
    void whatWasToBeGoneAndIsThereIsWantedAgain() throws IOException {
        write("orders.yaml", ORDERS + "state: absent\n");

        var patch = patch(Map.of(topic("orders"), there("config.retention.ms", "86400000")));

        assertThat(patch.files())
                .singleElement()
                .satisfies(file -> assertThat(file.after()).isEqualTo(ORDERS));
    }

    @Test
    void aValueFromElsewhereIsNamedAndNotGuessed() throws IOException {
        write("orders.yaml", ORDERS.replace("partitions: 3", "partitions: ${env.n}"));
        write("settings.yaml", """
                apiVersion: migrator.dev/v1
                kind: Variables
                metadata: {name: v}
                spec:
                  variables:
                    n: {type: number, default: 3}
                ---
                apiVersion: migrator.dev/v1
                kind: Overlay
                metadata: {name: o}
                spec:
                  environment: production
                  patches:
                    - select: {kind: Topic, name: orders}
                      patch: {spec: {config: {retention.ms: "5"}}}
                """);

        var patch = patch(Map.of(
                topic("orders"),
                new Truth.There(
                        new TreeMap<>(Map.of("partitions", Value.of(6), "config.retention.ms", Value.of("1000"))))));

        assertThat(patch.files()).isEmpty();
        assertThat(patch.byHand())
                .extracting(finding ->
                        finding.problem().code() + " " + finding.problem().expected())
                .containsExactlyInAnyOrder("PAT-BY-HAND config.retention.ms: 1000", "PAT-BY-HAND partitions: 6");
        assertThat(patch.byHand()).noneMatch(Finding::stops);
    }

    @Test
    void halfOfAResourceIsForAPerson() throws IOException {
        write("acl.yaml", """
                apiVersion: migrator.dev/v1
                kind: Acl
                metadata: {name: a}
                spec:
                  principal: User:a
                  operations: [READ, DESCRIBE]
                  resource: {type: topic, name: orders}
                """);

        var read = new EntryKey("kafka", "acl", "User:a|*|READ|ALLOW|TOPIC|LITERAL|orders");
        var describe = new EntryKey("kafka", "acl", "User:a|*|DESCRIBE|ALLOW|TOPIC|LITERAL|orders");
        assertThat(patch(Map.of(read, new Truth.Gone())).byHand()).hasSize(1);
        assertThat(patch(Map.of(read, new Truth.Gone(), describe, new Truth.Gone()))
                        .files())
                .singleElement()
                .satisfies(file -> assertThat(file.after()).isEmpty());
    }

    @Test
    void whatNoManifestSpeaksOfIsNamed() throws IOException {
        write("orders.yaml", ORDERS);

        assertThat(patch(Map.of(topic("other"), there("partitions", "3"))).byHand())
                .hasSize(1);
        assertThat(patch(Map.of(topic("other"), new Truth.Gone())).byHand()).isEmpty();
    }

    private void assertSays(String file, ManifestPatch patch, String field, String value) throws IOException {
        for (var changed : patch.files()) {
            changed.write();
        }
        var loaded = Manifests.load(folder);
        assertThat(loaded.findings()).noneMatch(Finding::stops);
        assertThat(patch(Map.of(topic(file.replace(".yaml", "")), there(field, value)))
                        .files())
                .as("there is nothing left to change")
                .isEmpty();
    }

    private ManifestPatch patch(Map<EntryKey, Truth> truths) throws IOException {
        var loaded = Manifests.load(folder);
        assertThat(loaded.findings()).noneMatch(Finding::stops);
        return Patcher.patch(loaded.bundle().orElseThrow().resolve("production").resources(), truths);
    }

    private static Truth there(String... fields) {
        var values = new TreeMap<String, Value>();
        for (int i = 0; i < fields.length; i += 2) {
            values.put(fields[i], Value.of(fields[i + 1]));
        }
        return new Truth.There(values);
    }

    private static EntryKey topic(String address) {
        return new EntryKey("kafka", "topic", address);
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }
}
