package dev.migrator.manifests.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Finding;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is read of other tools' files, and what is said of the rest. Whole files against a real broker: ImportTest. */
class ImportedTest {
    private static final EntryKey ORDERS = new EntryKey("kafka", "topic", "orders");

    @TempDir
    Path folder;

    @Test
    void aFieldThatNobodyKnowsIsNamedWithFileLineAndPath() throws IOException {
        var imported = read(ImportFormat.STRIMZI, "topic.yaml", """
                apiVersion: kafka.strimzi.io/v1beta2
                kind: KafkaTopic
                metadata: {name: orders}
                spec:
                  partitions: 1
                  replicas: 1
                  retention: long
                """);

        assertThat(imported.entries()).containsOnlyKeys(ORDERS);
        assertThat(imported.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.problem().code()).isEqualTo("IMP-NOT-UNDERSTOOD");
            assertThat(finding.problem().thing()).isEqualTo("spec.retention");
            assertThat(finding.file()).endsWith("topic.yaml");
            assertThat(finding.line()).isEqualTo(7);
        });
    }

    @Test
    void whatATemplateWouldMakeIsNotTakenAsItStands() throws IOException {
        var imported = read(ImportFormat.JIKKOU, "all.yaml", """
                apiVersion: kafka.jikkou.io/v1beta2
                kind: KafkaTopic
                metadata: {name: "{{ values.prefix }}orders"}
                spec: {partitions: 1, replicas: 1}
                ---
                apiVersion: kafka.jikkou.io/v1beta2
                kind: KafkaTopic
                metadata: {name: orders}
                spec: {partitions: "{{ values.partitions }}", replicas: 1, configs: {retention.ms: "{{ values.keep }}"}}
                ---
                apiVersion: kafka.jikkou.io/v1beta2
                kind: KafkaPrincipalAuthorization
                metadata: {name: "User:a"}
                spec:
                  roles: [nowhere]
                  acls:
                    - resource: {type: topic, pattern: "{{ x }}", patternType: LITERAL}
                      type: ALLOW
                      operations: [READ]
                """);

        assertThat(imported.entries()).isEmpty();
        assertThat(imported.findings())
                .extracting(Finding::line, finding -> finding.problem().code())
                .contains(
                        org.assertj.core.groups.Tuple.tuple(1, "IMP-NOT-UNDERSTOOD"),
                        org.assertj.core.groups.Tuple.tuple(9, "IMP-NOT-UNDERSTOOD"),
                        org.assertj.core.groups.Tuple.tuple(15, "IMP-NOT-UNDERSTOOD"),
                        org.assertj.core.groups.Tuple.tuple(17, "IMP-NOT-UNDERSTOOD"));
    }

    @Test
    void numbersThatAreLeftToTheBrokerComeFromTheTarget() throws IOException {
        var yaml = """
                apiVersion: kafka.strimzi.io/v1beta2
                kind: KafkaTopic
                metadata: {name: orders}
                spec: {partitions: 7}
                """;
        var live = Map.<EntryKey, EntryState>of(
                ORDERS,
                new EntryState.Present(
                        Content.of(Map.of("partitions", Value.of(3), "replicationFactor", Value.of(2))), ""));

        assertThat(codes(read(ImportFormat.STRIMZI, "a.yaml", yaml))).contains("IMP-INCOMPLETE");
        var imported = Imported.read(ImportFormat.STRIMZI, folder.resolve("a.yaml"), live);
        assertThat(imported.findings()).isEmpty();
        assertThat(imported.entries().get(ORDERS).contentIfPresent().orElseThrow())
                .as("what the file says wins over what is there")
                .isEqualTo(Content.of(Map.of("partitions", Value.of(7), "replicationFactor", Value.of(2))));
    }

    @Test
    void anEntryThatTwoFilesDescribeDifferentlyIsKeptOnceAndSaid() throws IOException {
        Files.writeString(folder.resolve("a.yaml"), "topics: {orders: {partitions: 1, replication: 1}}\n");
        Files.writeString(folder.resolve("b.yml"), "topics: {orders: {partitions: 2, replication: 1}}\n");
        Files.writeString(folder.resolve("c.yaml"), "topics: {orders: {partitions: 1, replication: 1}}\n");
        Files.writeString(folder.resolve("ignored.txt"), "topics: {others: {partitions: 1, replication: 1}}\n");

        var imported = Imported.read(ImportFormat.KAFKA_GITOPS, folder, Map.of());

        assertThat(imported.entries()
                        .get(ORDERS)
                        .contentIfPresent()
                        .orElseThrow()
                        .get("partitions"))
                .isEqualTo(Value.of(1));
        assertThat(imported.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.problem().code()).isEqualTo("IMP-TWICE");
            assertThat(finding.file()).endsWith("b.yml");
            assertThat(finding.problem().expected()).contains("a.yaml:1");
        });
    }

    @Test
    void aDefaultInOneFileHoldsForTopicsInAnother() throws IOException {
        Files.writeString(folder.resolve("a-topics.yaml"), "topics: {orders: {partitions: 1}}\n");
        Files.writeString(folder.resolve("settings.yaml"), "settings: {topics: {defaults: {replication: 3}}}\n");

        var imported = Imported.read(ImportFormat.KAFKA_GITOPS, folder, Map.of());

        assertThat(imported.findings()).isEmpty();
        assertThat(imported.entries()
                        .get(ORDERS)
                        .contentIfPresent()
                        .orElseThrow()
                        .get("replicationFactor"))
                .isEqualTo(Value.of(3));
    }

    @Test
    void confluentTopicsHaveThreeCopiesAndSecretsOfAStateAreNeverShown() throws IOException {
        var imported = read(ImportFormat.TERRAFORM_JSON, "state.json", """
                {"planned_values":{"root_module":{"resources":[
                 {"mode":"managed","type":"confluent_kafka_topic","address":"a","values":{"topic_name":"orders",
                  "partitions_count":6,"config":{"retention.ms":"5"},"credentials":[{"key":"k","secret":"hunter2"}]}},
                 {"mode":"managed","type":"confluent_api_key","address":"b","values":{"secret":"hunter2"}},
                 {"mode":"managed","type":"kafka_topic","address":"c","values":{"partitions":1}}]}}}
                """);

        assertThat(imported.entries().get(ORDERS).contentIfPresent().orElseThrow())
                .isEqualTo(Content.of(Map.of(
                        "partitions", Value.of(6),
                        "replicationFactor", Value.of(3),
                        "config.retention.ms", Value.of("5"))));
        assertThat(imported.findings()).hasSize(2);
        assertThat(imported.findings().toString()).doesNotContain("hunter2");
    }

    @ParameterizedTest
    @EnumSource
    void hostileFilesAreAnsweredQuickly(ImportFormat format) throws IOException {
        var bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 12; i++) {
            bomb.append("a%d: &a%d [%s]\n".formatted(i, i, ("*a" + (i - 1) + ", ").repeat(9) + "*a" + (i - 1)));
        }
        var deep = "[".repeat(100_000);
        for (String text : new String[] {bomb.toString(), deep, "\u0000\u0001", "a: 1\na: 2\n", "42", "- 1\n- 2\n"}) {
            Files.writeString(
                    folder.resolve("hostile" + format.open().suffixes().getFirst()), text);

            var imported =
                    assertTimeoutPreemptively(Duration.ofSeconds(5), () -> Imported.read(format, folder, Map.of()));

            assertThat(imported.entries()).isEmpty();
            assertThat(imported.failed()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPathWithoutAnythingIsSaidToBeEmpty(ImportFormat format) {
        assertThat(codes(Imported.read(format, folder, Map.of()))).containsExactly("IMP-NOTHING");
        assertThat(codes(Imported.read(format, folder.resolve("nowhere.yaml"), Map.of())))
                .containsExactly("YML-FILE");
    }

    private Imported read(ImportFormat format, String file, String text) throws IOException {
        return Imported.read(format, Files.writeString(folder.resolve(file), text), Map.of());
    }

    private static Iterable<String> codes(Imported imported) {
        return imported.findings().stream()
                .map(finding -> finding.problem().code())
                .toList();
    }
}
