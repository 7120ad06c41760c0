package dev.migrator.e2e;

import static dev.migrator.e2e.Bundles.httpCheck;
import static dev.migrator.e2e.Bundles.topic;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.cli.Main;
import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.drift.DriftFinding;
import dev.migrator.core.drift.DriftReport;
import dev.migrator.core.lifecycle.MigrationState;
import dev.migrator.events.v1.DriftReported;
import dev.migrator.kit.avro.DriftMessages;
import dev.migrator.kit.topics.Topics;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What others change between migrations is found without anybody planning; what migrations do themselves never is. */
@EndToEnd
@Order(5)
class DriftCheckTest {
    private final SharedStack stack;
    private final Migrations migrations;
    private final Cluster cluster;

    @TempDir
    Path home;

    DriftCheckTest(SharedStack stack) {
        this.stack = stack;
        this.migrations = stack.migrations();
        this.cluster = stack.cluster("test");
    }

    @BeforeEach
    void settings() throws IOException {
        var folder = Files.createDirectories(home.resolve(".local-stack/config"));
        Files.writeString(
                folder.resolve("cli.properties"),
                "server=" + stack.stack().serviceUrl("console-service") + "\nuser=viewer\ntoken.viewer="
                        + stack.stack().token("viewer") + "\ntoken.operator="
                        + stack.stack().token("operator") + "\ntoken.developer="
                        + stack.stack().token("developer") + "\n");
    }

    @Test
    void whatSomebodyChangesIsFoundByItselfAndGoneAgainOnceItIsPutBack() {
        apply("found-1", topic("found.orders", "retention.ms: 111000"));
        cluster.setConfig("found.orders", "segment.ms", "333000"); // an outsider, a field that nobody manages
        cluster.setConfig("found.orders", "retention.ms", "155000"); // an outsider

        var finding = await("the finding", () -> newestFinding("found.orders"));
        assertThat(finding.fields()).containsExactly(new DriftFinding.Field("config.retention.ms", "155000"));
        assertThat(finding.lastApplied()).isEqualTo("found-1");
        var text = cli("drift", "--env", "test", "--check");
        assertThat(text)
                .contains("test  DRIFTED  ")
                .contains("~ topic found.orders (")
                .contains("    config.retention.ms: 155000")
                .doesNotContain("segment.ms");

        cluster.setConfig("found.orders", "retention.ms", "111000");
        await(
                "the finding taken back",
                () -> newestFinding("found.orders").isPresent() ? Optional.empty() : Optional.of(true));
        assertThat(cli("drift", "--env", "test", "--check")).doesNotContain("found.orders");
    }

    @Test
    void whatAMigrationWritesIsNeverTakenForDriftBeforeOrAfterItsEnd() throws Exception {
        apply("moving-1", topic("moving.orders", "retention.ms: 111000"));
        try (var page = new CheckedPage()) {
            migrations.submit(
                    "moving-2",
                    "test",
                    Bundles.of(
                            topic("moving.orders", "retention.ms: 222000"), httpCheck("moving-page", page.url(), 200)));
            page.awaitAsked(Migrations.PATIENCE);
            assertThat(cluster.configs("moving.orders")).containsEntry("retention.ms", "222000");

            var during = (Value.Obj) CanonicalJson.parse(cli("drift", "--env", "test", "--check", "-o", "json"));
            assertThat(CanonicalJson.text(during.get("problem"))).contains("DRF-BUSY", "migration moving-2");

            page.answer(500);
            migrations.await("moving-2", MigrationState.ROLLED_BACK);
        }
        assertThat(cli("drift", "--env", "test", "--check")).doesNotContain("moving.orders");

        apply("moving-3", topic("moving.orders", "retention.ms: 333000"));
        assertThat(cli("drift", "--env", "test", "--check")).doesNotContain("moving.orders");
        assertThat(reports().flatMap(report -> report.findings().stream()))
                .as("ever")
                .noneMatch(finding -> finding.key().address().equals("moving.orders"));
    }

    @Test
    void whatAnOperatorAcknowledgesIsListedAsSuchUntilSomethingElseIsFound() {
        apply("silenced-1", topic("silenced.orders", "retention.ms: 111000"));
        cluster.setConfig("silenced.orders", "retention.ms", "155000"); // an outsider
        await(
                "the finding",
                () -> Optional.of(cli("drift", "--env", "test", "--check"))
                        .filter(text -> text.contains("silenced.orders")));

        var day = LocalDate.now(ZoneOffset.UTC).plusDays(7).toString();
        var said = cli(
                "drift",
                "--env",
                "test",
                "--ack",
                "--reason",
                "known",
                "--until",
                day,
                "--as",
                "operator",
                "topic/silenced.orders");
        assertThat(said).contains("config.retention.ms: 155000", "acknowledged: 1");
        await(
                "it listed as acknowledged",
                () -> Optional.of(cli("drift", "--env", "test"))
                        .filter(text ->
                                text.contains("    acknowledged by operator until " + day + "T00:00:00Z: known")));
        assertThat(stack.log()
                        .on(Topics.AUDIT)
                        .flatMap(entry -> entry.event().stream())
                        .map(Object::toString))
                .anyMatch(entry -> entry.contains("drift-acknowledged") && entry.contains("silenced.orders"));

        cluster.setConfig("silenced.orders", "retention.ms", "166000");
        await(
                "another finding",
                () -> Optional.of(cli("drift", "--env", "test", "--check"))
                        .filter(text ->
                                text.contains("config.retention.ms: 166000") && !text.contains("acknowledged by")));
        cluster.setConfig("silenced.orders", "retention.ms", "111000");
    }

    @Test
    void aRevertPutsBackWhatWasAppliedEvenWhereDriftIsKeptOnceSomebodyElseApproves() {
        var production = stack.cluster("production");
        migrations.submit("back-1", "production", Bundles.of(topic("back.orders", "retention.ms: 111000")));
        migrations.await("back-1", MigrationState.AWAITING_APPROVAL);
        migrations.approve("back-1");
        migrations.await("back-1", MigrationState.SUCCEEDED);
        production.setConfig("back.orders", "retention.ms", "99000"); // an outsider; putting it back loses nothing

        await(
                "the console to know it",
                () -> migrations.statusByApi("back-1").filter(status -> status.state() == MigrationState.SUCCEEDED));
        assertThat(cli("drift", "--env", "production", "--revert", "--id", "back-2", "--as", "developer"))
                .contains("started back-2");
        migrations.await("back-2", MigrationState.AWAITING_APPROVAL);
        assertThat(migrations.planText("back-2")).contains("overwrites what others changed", "back.orders");
        assertThat(production.configs("back.orders")).containsEntry("retention.ms", "99000");

        migrations.approve("back-2");
        migrations.await("back-2", MigrationState.SUCCEEDED);
        assertThat(production.configs("back.orders")).containsEntry("retention.ms", "111000");
    }

    private void apply(String id, String manifest) {
        migrations.submit(id, "test", Bundles.of(manifest));
        migrations.await(id, MigrationState.SUCCEEDED);
    }

    private Optional<DriftFinding> newestFinding(String address) {
        return reports().reduce((_, later) -> later).stream()
                .flatMap(report -> report.findings().stream())
                .filter(finding -> finding.key().address().equals(address))
                .findFirst();
    }

    /** Of the environment test, as published. */
    private Stream<DriftReport> reports() {
        return stack.log()
                .on(Topics.DRIFT)
                .flatMap(entry -> entry.event().stream())
                .map(event -> DriftMessages.report((DriftReported) event))
                .filter(report -> report.environment().equals("test"));
    }

    private <T> T await(String what, java.util.concurrent.Callable<Optional<T>> found) {
        return Waiting.until(
                what,
                Migrations.PATIENCE,
                found,
                () -> reports().reduce((_, later) -> later).toString());
    }

    /** What the command prints, as in a checkout whose local stack this is. */
    private String cli(String... arguments) {
        var before = System.getProperty("migrator.home");
        System.setProperty("migrator.home", home.toString());
        try {
            var out = new StringWriter();
            var err = new StringWriter();
            Main.commandLine()
                    .setOut(new PrintWriter(out))
                    .setErr(new PrintWriter(err))
                    .execute(arguments);
            assertThat(err.toString()).isEmpty();
            return out.toString();
        } finally {
            if (before == null) {
                System.clearProperty("migrator.home");
            } else {
                System.setProperty("migrator.home", before);
            }
        }
    }
}
