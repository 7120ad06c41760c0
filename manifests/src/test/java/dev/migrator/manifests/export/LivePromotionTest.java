package dev.migrator.manifests.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.manifests.Manifests;
import dev.migrator.manifests.format.FormattedFile;
import dev.migrator.schemachecks.SchemaChecks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LivePromotionTest {
    @TempDir
    Path folder;

    @Test
    void namesAndSettingsAreThoseOfTheOtherEnvironmentWhereverTheyStand() throws IOException {
        mapping("""
                    - field: address
                      match: test\\.(.*)
                      to: prod.$1
                      examples: [{given: test.a, expect: prod.a}]
                    - field: replicationFactor
                      match: "1"
                      to: 3
                      examples: [{given: 1, expect: 3}]
                """);
        var promoted = promote(Map.of(
                topic("test.orders"), present(Map.of("partitions", Value.of(3), "replicationFactor", Value.of(1)))));

        assertThat(promoted.leftOut()).isEmpty();
        assertThat(promoted.files()).containsExactly(Map.entry("topics/test.orders.yaml", """
                apiVersion: migrator.dev/v1
                kind: Topic
                metadata:
                  name: test.orders
                spec:
                  address: prod.orders
                  partitions: 3
                  replicationFactor: 3
                """));
    }

    @Test
    void whatIsInheritedIsNotWrittenAndAVariableInAValueIsOnlyText() throws IOException {
        mapping("""
                    - field: principal
                      match: User:a
                      to: User:b
                      examples: [{given: "User:a", expect: "User:b"}]
                """);
        var promoted = promote(Map.of(
                topic("orders"),
                present(Map.of(
                        "partitions", Value.of(3),
                        "replicationFactor", Value.of(1),
                        "config.retention.ms", Value.of("60000"),
                        "config.segment.ms", Value.NULL,
                        "config.confluent.x", Value.of("${env.a}")))));

        var text = promoted.files().get("topics/orders.yaml");
        assertThat(text)
                .contains("retention.ms: \"60000\"", "confluent.x: $${env.a}")
                .doesNotContain("segment.ms");
        promoted.writeTo(folder.resolve("change"));
        assertThat(Manifests.load(folder.resolve("change")).bundle()).isPresent();
        assertThat(FormattedFile.below(folder.resolve("change")).changed()).isEmpty();
    }

    @Test
    void twoEntriesThatGetOneNameStopItAndNothingIsWritten() throws IOException {
        mapping("""
                    - field: address
                      match: (test|old)\\.(.*)
                      to: prod.$2
                      examples: [{given: test.a, expect: prod.a}]
                """);
        var state = present(Map.of("partitions", Value.of(3), "replicationFactor", Value.of(1)));

        var promoted = promote(Map.of(topic("test.orders"), state, topic("old.orders"), state));

        assertThat(promoted.files()).isEmpty();
        assertThat(promoted.leftOut())
                .anySatisfy(finding -> assertThat(finding.problem().code()).isEqualTo("BND-DUPLICATE-ADDRESS"));
    }

    @Test
    void aMappingThatIsWrongStopsIt() throws IOException {
        mapping("""
                    - field: address
                      match: a
                      to: b
                      examples: [{given: a, expect: c}]
                """);

        var promoted = promote(
                Map.of(topic("orders"), present(Map.of("partitions", Value.of(3), "replicationFactor", Value.of(1)))));

        assertThat(promoted.files()).isEmpty();
        assertThat(promoted.leftOut())
                .anySatisfy(finding -> assertThat(finding.problem().code()).isEqualTo("MAP-EXAMPLE"));
    }

    @Test
    void withoutAMappingNamesStayAndThatIsSaid() {
        var promoted = promote(
                Map.of(topic("orders"), present(Map.of("partitions", Value.of(3), "replicationFactor", Value.of(1)))));

        assertThat(promoted.files()).containsOnlyKeys("topics/orders.yaml");
        assertThat(promoted.leftOut())
                .extracting(finding -> finding.problem().code())
                .isEqualTo(List.of("EXP-NO-MAPPING"));
    }

    @Test
    void whatASchemasOwnLibraryRefusesGoesAlongWithTheReason() throws IOException {
        var artifact = new EntryKey("registry", "artifact", "default/Odd");
        var promoted = promote(Map.of(
                artifact,
                present(Map.of("type", Value.of("AVRO"))),
                new EntryKey("registry", "artifact-version", "default/Odd@1"),
                present(Map.of("content", Value.of("{\"type\":\"recrod\"}"), "references", Value.array(List.of())))));

        assertThat(promoted.files().get("schemas/Odd.yaml")).contains("rule: SCH-INVALID", "reason: the registry held");
        promoted.writeTo(folder.resolve("change"));
        var loaded = Manifests.load(folder.resolve("change"), SchemaChecks.standard());
        assertThat(loaded.bundle()).isPresent();
        assertThat(loaded.suppressed()).hasSize(1);
        assertThat(FormattedFile.below(folder.resolve("change")).changed()).isEmpty();
    }

    private Exported promote(Map<EntryKey, EntryState> states) {
        return LivePromotion.of(states, "default", folder, "production", SchemaChecks.standard());
    }

    private static EntryKey topic(String name) {
        return new EntryKey("kafka", "topic", name);
    }

    private static EntryState present(Map<String, Value> fields) {
        return new EntryState.Present(Content.of(fields), "1");
    }

    private void mapping(String rules) throws IOException {
        Files.writeString(folder.resolve("mapping.yaml"), """
                apiVersion: migrator.dev/v1
                kind: Topic
                metadata: {name: orders}
                ---
                apiVersion: migrator.dev/v1
                kind: Mapping
                metadata: {name: production}
                spec:
                  environment: production
                  rules:
                """ + rules);
    }
}
