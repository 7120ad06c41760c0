package dev.migrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.target.testkit.InMemoryTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Manifests follow what is there, read directly and without any service. */
class DriftAdoptTest {
    private static final String ORDERS = """
            apiVersion: migrator.dev/v1
            kind: Topic
            metadata: {name: orders}
            spec:
              partitions: 3
              replicationFactor: 1
              config:
                retention.ms: "1000" # as agreed
            """;

    @TempDir
    Path home;

    private Path meta;
    private Path targets;

    @BeforeEach
    void declare() throws IOException {
        MemoryTargets.target = InMemoryTarget.ofAllKinds("kafka");
        MemoryTargets.openedWith = Map.of();
        there("orders", "60000");
        there("by-hand", "5"); // nobody manages it
        targets = Files.writeString(home.resolve("environments.yaml"), """
                apiVersion: migrator.dev/v1
                kind: Environments
                environments:
                  - name: test
                    order: 1
                    protection: open
                    zone: here
                    targets:
                      - {name: kafka, type: kafka, address: "127.0.0.1:9", credentials: {read: reader, write: writer}}
                """);
        Files.writeString(Files.createDirectory(home.resolve("credentials")).resolve("reader.properties"), "user=r\n");
        meta = Files.createDirectory(home.resolve("meta"));
        Files.writeString(meta.resolve("orders.yaml"), ORDERS);
        Files.writeString(meta.resolve("gone.yaml"), ORDERS.replace("orders", "gone"));
    }

    @Test
    void theDifferenceIsShownAndWrittenOnlyWhenAskedForAndNothingElseIsChanged() throws IOException {
        var shown = drift("--adopt");

        assertThat(shown.code()).isEqualTo(ExitCode.OK);
        assertThat(shown.out())
                .contains("-    retention.ms: \"1000\" # as agreed\n+    retention.ms: \"60000\" # as agreed\n")
                .contains("-metadata: {name: gone}")
                .doesNotContain("by-hand");
        assertThat(Files.readString(meta.resolve("orders.yaml"))).isEqualTo(ORDERS);

        assertThat(drift("--adopt", "--write").code()).isEqualTo(ExitCode.OK);
        assertThat(Files.readString(meta.resolve("orders.yaml"))).isEqualTo(ORDERS.replace("1000", "60000"));
        assertThat(meta.resolve("gone.yaml")).doesNotExist();
        assertThat(drift("--exit-code").code()).as("nothing differs any more").isEqualTo(ExitCode.OK);
        assertThat(drift("--adopt").out()).contains("nothing to change");
    }

    @Test
    void whatComesFromAVariableIsNamedAndNotGuessed() throws IOException {
        Files.delete(meta.resolve("gone.yaml"));
        Files.writeString(meta.resolve("orders.yaml"), ORDERS.replace("\"1000\"", "\"${env.retention}\""));
        Files.writeString(meta.resolve("variables.yaml"), """
                apiVersion: migrator.dev/v1
                kind: Variables
                metadata: {name: cluster}
                spec:
                  variables:
                    retention: {type: string, default: "1000"}
                """);

        var result = drift("--adopt", "--write");

        assertThat(result.err()).contains("PAT-BY-HAND", "config.retention.ms: 60000");
        assertThat(result.code()).isEqualTo(ExitCode.ERROR);
        assertThat(Files.readString(meta.resolve("orders.yaml"))).contains("${env.retention}");
    }

    @Test
    void withoutAFolderOrWithoutAdoptNothingIsWritten() {
        assertThat(Shell.run(home, "drift", "--env", "test", "--adopt").err()).contains("CLI-DRIFT");
        assertThat(drift("--write").err()).contains("CLI-DRIFT");
    }

    private static void there(String topic, String retention) {
        MemoryTargets.target.outsiderSets(
                new EntryKey("kafka", "topic", topic),
                Content.of(Map.of(
                        "partitions", Value.of(3),
                        "replicationFactor", Value.of(1),
                        "config.retention.ms", Value.of(retention))));
    }

    private Shell.Result drift(String... options) {
        var call = new java.util.ArrayList<>(java.util.List.of(
                "drift",
                meta.toString(),
                "--env",
                "test",
                "--environments",
                targets.toString(),
                "--credentials",
                home.resolve("credentials").toString()));
        call.addAll(java.util.List.of(options));
        return Shell.run(home, call.toArray(String[]::new));
    }
}
