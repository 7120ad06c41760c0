package dev.migrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.lifecycle.MigrationState;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.plan.Batch;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Phase;
import dev.migrator.core.plan.Plan;
import dev.migrator.core.plan.PlanCodec;
import dev.migrator.core.plan.PlannedOperation;
import dev.migrator.core.plan.Removal;
import dev.migrator.core.plan.Risk;
import dev.migrator.core.plan.UndoClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RevertPatchTest {
    private static final String M1 = "/api/v1/migrations/m-1";
    private static final String CHANGED = """
            apiVersion: migrator.dev/v1
            kind: Topic
            metadata: {name: changed}
            spec:
              partitions: 3
              replicationFactor: 1
              config:
                retention.ms: 1000 # too short
                segment.ms: 5
            """;

    @TempDir
    Path home;

    private final FakeConsole console = new FakeConsole();
    private Path meta;

    @BeforeEach
    void manifests() throws IOException {
        Shell.stackIsUp(home, console.url());
        meta = Files.createDirectory(home.resolve("meta"));
        Files.writeString(meta.resolve("changed.yaml"), CHANGED);
        Files.writeString(meta.resolve("made.yaml"), CHANGED.replace("changed", "made"));
        Files.writeString(meta.resolve("deleted.yaml"), CHANGED.replace("changed", "deleted") + "state: absent\n");
    }

    @AfterEach
    void close() {
        console.close();
    }

    @Test
    void theManifestsSayWhatIsTrueAgain() throws IOException {
        rolledBack(MigrationState.ROLLED_BACK);

        var shown = run("revert-patch", "m-1", "-d", meta.toString());

        assertThat(shown.code()).isEqualTo(ExitCode.OK);
        assertThat(shown.out())
                .contains(
                        "-    retention.ms: 1000 # too short\n-    segment.ms: 5\n+    retention.ms: 2000 # too short\n",
                        "-state: absent\n",
                        "-metadata: {name: made}\n",
                        "made.yaml\n+++ /dev/null\n");
        assertThat(Files.readString(meta.resolve("changed.yaml"))).isEqualTo(CHANGED);

        assertThat(run("revert-patch", "m-1", "-d", meta.toString(), "--write").code())
                .isEqualTo(ExitCode.OK);
        assertThat(meta.resolve("made.yaml")).doesNotExist();
        assertThat(Files.readString(meta.resolve("deleted.yaml"))).isEqualTo(CHANGED.replace("changed", "deleted"));
        assertThat(run("validate", meta.toString()).code()).isEqualTo(ExitCode.OK);
        assertThat(run("revert-patch", "m-1", "-d", meta.toString()).out()).contains("nothing to change");
    }

    @Test
    void whatWasNotRolledBackHasNothingToRevert() {
        rolledBack(MigrationState.SUCCEEDED);

        var refused = run("revert-patch", "m-1", "-d", meta.toString());

        assertThat(refused.code()).isEqualTo(ExitCode.REFUSED);
        assertThat(refused.err()).contains("CLI-NOT-UNDONE");
    }

    private void rolledBack(MigrationState state) {
        console.migration(Statuses.status(7, state)).on("GET " + M1 + "/plan", 200, plan());
    }

    private static Value.Obj plan() {
        var digest = Digest.ofText("x");
        var operations = Stream.of(
                        new Operation.Create(topic("made"), Content.of("partitions", Value.of(3))),
                        new Operation.Update(
                                topic("changed"),
                                Content.of(Map.of(
                                        "config.retention.ms", Value.of("2000"), "config.segment.ms", Value.NULL)),
                                Content.of(Map.of(
                                        "config.retention.ms", Value.of("1000"), "config.segment.ms", Value.of("5")))),
                        new Operation.Delete(topic("deleted"), Content.of("partitions", Value.of(3)), Removal.RETIRE))
                .map(operation -> new PlannedOperation(
                        "u" + operation.key().address(),
                        "Topic/" + operation.key().address(),
                        operation,
                        "",
                        Risk.MUTATING,
                        UndoClass.EXACT,
                        List.of()))
                .toList();
        var plan = new Plan(
                "test",
                digest,
                digest,
                digest,
                List.of(new Phase(0, "all", List.of(new Batch(0, "kafka", operations)), List.of())),
                List.of(),
                List.of());
        return Value.object(
                "digest", Value.of(PlanCodec.digest(plan).toString()),
                "plan", CanonicalJson.parse(PlanCodec.bytes(plan)));
    }

    private static EntryKey topic(String name) {
        return new EntryKey("kafka", "topic", name);
    }

    private Shell.Result run(String... arguments) {
        return Shell.run(home, arguments);
    }
}
