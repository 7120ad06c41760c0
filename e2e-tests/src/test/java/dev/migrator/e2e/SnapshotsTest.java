package dev.migrator.e2e;

import static dev.migrator.e2e.Bundles.topic;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.cli.ExitCode;
import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.lifecycle.MigrationState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Snapshots of a whole environment and of migrations, as people order, read and compare them. */
@EndToEnd
@Order(5)
class SnapshotsTest {
    private final SharedStack stack;
    private final Migrations migrations;
    private final Cluster cluster;
    private CommandLine cli;

    @TempDir
    Path home;

    SnapshotsTest(SharedStack stack) {
        this.stack = stack;
        this.migrations = stack.migrations();
        this.cluster = stack.cluster("test");
    }

    @BeforeEach
    void settings() throws IOException {
        cli = new CommandLine(home, stack);
    }

    @Test
    void whatChangedBetweenTwoSnapshotsOfEverySystemIsTold() {
        migrations.submit("snapshots-1", "test", Bundles.of(topic("snapshots.orders", "retention.ms: 111000")));
        migrations.await("snapshots-1", MigrationState.SUCCEEDED);
        var taken = cli.run("snapshot", "--env", "test", "--id", "snapshots-before");
        assertThat(taken.err()).isEmpty();
        assertThat(taken.code()).isEqualTo(ExitCode.OK);
        assertThat(taken.out())
                .contains("-snapshots-before  test  taken ", "holds    kafka/topic  ")
                .containsPattern("read     kafka  .+, (from|at) epoch \\d+, high watermark \\d+")
                .containsPattern("(from|at) timeline 1, WAL [0-9A-F]+/[0-9A-F]+");
        cluster.setConfig("snapshots.orders", "retention.ms", "155000"); // an outsider, and nobody's mistake
        Waiting.until(
                "every broker to show it",
                Migrations.PATIENCE,
                () -> Optional.of(cluster.configs("snapshots.orders"))
                        .filter(configs -> "155000".equals(configs.get("retention.ms"))),
                () -> "");
        cli.run("snapshot", "--env", "test", "--id", "snapshots-after");

        assertThat(cli.run("snapshot", "diff", "snapshots-before", "snapshots-after")
                        .out())
                .contains("~ kafka/topic/snapshots.orders\n    config.retention.ms \"111000\" -> \"155000\"")
                .containsPattern("kafka  A was read until epoch \\d+, high watermark \\d+, B from epoch ");
        assertThat(cli.run("snapshot", "diff", "snapshots-before", "snapshots-after", "--exit-code")
                        .code())
                .isEqualTo(ExitCode.CHANGES);
        assertThat(cli.run("snapshots", "--env", "test", "--as", "viewer").out())
                .contains("migration snapshots-1 (revision 1)", "-snapshots-before  all of ", "for operator");
        assertThat(cli.run("snapshot", "history", "--env", "test", "--entry", "kafka/topic/snapshots.orders")
                        .out())
                .contains("-snapshots-after  present\n    config.retention.ms = \"155000\"")
                .contains("-snapshots-before  present")
                .contains("  migration snapshots-1  SUCCEEDED  create  commit ");
        assertThat(cli.run("snapshot", "show", "snapshots-after", "--kind", "topic", "--search", "snapshots.orders")
                        .out())
                .startsWith("kafka/topic/snapshots.orders  present\n");
        assertThat(cli.run("snapshot", "verify", "snapshots-after").code()).isEqualTo(ExitCode.OK);
        assertThat(cli.run("snapshot", "verify", "snapshots-before").out()).contains("whole, ");
        cluster.setConfig("snapshots.orders", "retention.ms", "111000");
    }

    @Test
    void theSnapshotOfAMigrationIsTheOneThatItsStatusNames() {
        migrations.submit("snapshots-2", "test", Bundles.of(topic("snapshots.named", "retention.ms: 111000")));
        var end = migrations.await("snapshots-2", MigrationState.SUCCEEDED);

        var uri = end.snapshotUri().orElseThrow();
        assertThat(uri).startsWith("snapshots/test/").endsWith("/manifest.json");
        var id = uri.split("/")[2];
        var shown = (Value.Obj) CanonicalJson.parse(
                cli.run("snapshot", "show", id, "-o", "json").out());
        assertThat(((Value.Obj) shown.get("covers")).get("migration")).isEqualTo(Value.of("snapshots-2"));
        assertThat(cli.run("snapshot", "show", id, "--entries").out()).contains("kafka/topic/snapshots.named  absent");
    }

    @Test
    void theSnapshotterIsKilledWithAnOrderAndTakesItOnceItIsBack() {
        migrations.orderSnapshot("test", "snapshots-killed");
        stack.stack().kill("snapshot-service");
        stack.stack().start("snapshot-service");

        var snapshot = migrations.awaitSnapshot("test", "snapshots-killed");

        assertThat(snapshot.get("complete")).isEqualTo(Value.of(true));
        assertThat(cli.run("snapshot", "verify", "snapshots-killed").code()).isEqualTo(ExitCode.OK);
    }

    @Test
    void anUnknownEnvironmentOrTargetIsRefusedAtOnce() {
        assertThat(cli.run("snapshot", "--env", "nowhere").err()).contains("ENV-UNKNOWN");
        assertThat(cli.run("snapshot", "--env", "test", "--target", "nothing").err())
                .contains("TGT-UNKNOWN");
        assertThat(cli.run("snapshot", "show", "20260102T030405Z-never").err()).contains("SNP-UNKNOWN");
        assertThat(cli.run("snapshot", "--env", "test", "--as", "viewer").code())
                .isNotEqualTo(ExitCode.OK);
    }
}
