package dev.migrator.e2e;

import static dev.migrator.e2e.Bundles.acl;
import static dev.migrator.e2e.Bundles.httpCheck;
import static dev.migrator.e2e.Bundles.topic;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.cli.ExitCode;
import dev.migrator.core.bundle.Bundle;
import dev.migrator.core.error.Problem;
import dev.migrator.core.lifecycle.MigrationState;
import dev.migrator.events.v1.ApplyBatch;
import dev.migrator.events.v1.RevertBatch;
import dev.migrator.kit.topics.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.kafka.common.acl.AclOperation;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was recorded is there again: from a snapshot, and as it was before a migration that succeeded long ago. */
@EndToEnd
@Order(5)
class RestoreTest {
    private static final String WRITER = "User:migrator-write";

    private final SharedStack stack;
    private final Migrations migrations;
    private final Cluster cluster;
    private CommandLine cli;

    @TempDir
    Path home;

    RestoreTest(SharedStack stack) {
        this.stack = stack;
        this.migrations = stack.migrations();
        this.cluster = stack.cluster("test");
    }

    @BeforeEach
    void settings() throws IOException {
        cli = new CommandLine(home, stack);
    }

    @Test
    void aSnapshotBringsBackWhatOthersBrokeAndLeavesAloneWhatNobodyManages() {
        submit(
                "restore-1",
                Bundles.of(
                        topic("restore.orders", "retention.ms: 111000"),
                        topic("restore.gone"),
                        acl("restorer", "restore.orders")));
        cluster.createTopic("restore.stranger", Map.of("retention.ms", "777000"));
        assertThat(cli.run("snapshot", "--env", "test", "--id", "restore-before")
                        .code())
                .isEqualTo(ExitCode.OK);
        cluster.setConfig("restore.orders", "retention.ms", "5000");
        cluster.setConfig("restore.orders", "segment.ms", "333000"); // of a field that nobody manages
        cluster.setConfig("restore.stranger", "retention.ms", "6000");
        cluster.deleteTopic("restore.gone");
        shown("restore.orders", "retention.ms", "5000");

        var plan = cli.run("restore", "restore-before", "--kind", "topic", "--dry-run");
        assertThat(plan.out())
                .contains("restore.orders", "restore.gone", "put back")
                .doesNotContain("restore.stranger");
        var restored = cli.run("restore", "restore-before", "--kind", "topic", "--id", "restore-2", "--wait=end");

        assertThat(restored.err()).isEmpty();
        assertThat(restored.code()).isEqualTo(ExitCode.OK);
        var end = migrations.await("restore-2", MigrationState.SUCCEEDED);
        assertThat(end.restores()).hasValueSatisfying(what -> assertThat(what).startsWith("snapshot "));
        assertThat(cluster.configs("restore.orders"))
                .containsEntry("retention.ms", "111000")
                .containsEntry("segment.ms", "333000");
        assertThat(cluster.topics("restore.")).containsKey("restore.gone");
        assertThat(cluster.configs("restore.stranger")).containsEntry("retention.ms", "6000");
    }

    // flyway/flyway#2444: what could not be undone is named, with the command that goes on from there
    @Test
    void whatARollbackLeftToOthersIsPutBackByTheRestoreThatItNames() throws InterruptedException {
        submit("left-1", Bundles.of(topic("left.orders", "retention.ms: 111000", "segment.ms: 111000")));
        try (var page = new CheckedPage()) {
            migrations.submit(
                    "left-2",
                    "test",
                    Bundles.of(
                            topic("left.orders", "retention.ms: 222000", "segment.ms: 222000"),
                            httpCheck("left-page", page.url(), 200)));
            page.awaitAsked(Migrations.PATIENCE);
            cluster.setConfig("left.orders", "segment.ms", "333000"); // a field that the migration has written
            shown("left.orders", "segment.ms", "333000");
            page.answer(500);
            migrations.await("left-2", MigrationState.ROLLBACK_INCOMPLETE);
        }
        var end = migrations.await("left-2", MigrationState.ROLLBACK_INCOMPLETE);
        assertThat(end.endHash()).isPresent().isNotEqualTo(end.beforeHash());
        assertThat(end.differences())
                .contains("topic left.orders (kafka) config.segment.ms: expected \"111000\", found \"333000\"")
                .noneMatch(line -> line.contains("222000"));
        assertThat(cluster.configs("left.orders"))
                .as("theirs stays, and the other field of the same topic is put back")
                .containsEntry("segment.ms", "333000")
                .containsEntry("retention.ms", "111000");
        var named = Pattern.compile("migrator restore (\\S+) --dry-run")
                .matcher(end.problems().getLast().todo());
        assertThat(named.find()).as(end.problems().toString()).isTrue();

        assertThat(cli.run("restore", named.group(1), "--dry-run").out()).contains("left.orders", "333s -> 111s");
        assertThat(cli.run("restore", named.group(1), "--id", "left-3", "--wait=end")
                        .code())
                .isEqualTo(ExitCode.OK);
        assertThat(cluster.configs("left.orders"))
                .containsEntry("segment.ms", "111000")
                .containsEntry("retention.ms", "111000");
    }

    // what the target does not let go of is named, and comes back by the command that is named with it
    @Test
    void whatTheTargetRefusedToUndoIsPutBackByTheRestoreThatIsNamedOnceItMayBe() throws InterruptedException {
        submit(
                "stuck-1",
                Bundles.of(
                        topic("stuck.orders", "retention.ms: 111000", "segment.ms: 111000"),
                        topic("stuck.free", "retention.ms: 111000")));
        cluster.setConfig("stuck.orders", "max.message.bytes", "777777"); // of a field that nobody manages
        shown("stuck.orders", "max.message.bytes", "777777");
        var topics = cluster.topics("stuck.");
        var orders = cluster.configs("stuck.orders");
        var free = cluster.configs("stuck.free");
        try (var page = new CheckedPage()) {
            migrations.submit(
                    "stuck-2",
                    "test",
                    Bundles.of(
                            topic("stuck.orders", "retention.ms: 222000", "segment.ms: 222000"),
                            topic("stuck.free", "retention.ms: 222000"),
                            topic("stuck.made"),
                            httpCheck("stuck-page", page.url(), 200)));
            page.awaitAsked(Migrations.PATIENCE);
            cluster.deny(WRITER, AclOperation.ALTER_CONFIGS, "stuck.orders");
            cluster.deny(WRITER, AclOperation.DELETE, "stuck.made");
            page.answer(500);

            var end = migrations.await("stuck-2", MigrationState.ROLLBACK_INCOMPLETE);

            assertThat(end.differences())
                    .contains(
                            "topic stuck.orders (kafka) config.retention.ms: expected \"111000\", found \"222000\"",
                            "topic stuck.orders (kafka) config.segment.ms: expected \"111000\", found \"222000\"")
                    .as("nothing else differs")
                    .allMatch(line -> line.startsWith("topic stuck.orders (kafka)"));
            assertThat(end.retained())
                    .as("what could not be deleted is out of use")
                    .containsExactly("topic stuck.made (kafka)");
            assertThat(stack.log().events(Topics.BATCHES, RevertBatch.class, "stuck-2").stream()
                            .map(RevertBatch::getSeq)
                            .distinct())
                    .as("reverts of the one batch: what was refused is tried once more")
                    .hasSize(2);
            assertThat(cluster.configs("stuck.free")).isEqualTo(free);
        } finally {
            cluster.allowAgain(WRITER, AclOperation.ALTER_CONFIGS, "stuck.orders");
            cluster.allowAgain(WRITER, AclOperation.DELETE, "stuck.made");
        }
        Waiting.until(
                "the writer's rights to be back",
                Migrations.PATIENCE,
                () -> Optional.of(cluster.acls("stuck.orders"))
                        .filter(acls -> acls.stream().noneMatch(acl -> acl.startsWith(WRITER))),
                () -> String.valueOf(cluster.acls("stuck.")));
        var todo = migrations
                .await("stuck-2", MigrationState.ROLLBACK_INCOMPLETE)
                .problems()
                .getLast()
                .todo();
        var named = Pattern.compile("migrator restore (\\S+) --dry-run").matcher(todo);
        assertThat(named.find()).as(todo).isTrue();

        var restored = cli.run("restore", named.group(1), "--id", "stuck-3", "--wait=end");

        assertThat(restored.code()).as(restored.err()).isEqualTo(ExitCode.OK);
        assertThat(cluster.configs("stuck.orders")).isEqualTo(orders);
        assertThat(cluster.configs("stuck.free")).isEqualTo(free);
        var now = cluster.topics("stuck.");
        assertThat(now.remove("stuck.made")).as("retained, and listed as such").isNotNull();
        assertThat(now).isEqualTo(topics);
    }

    @Test
    void aMigrationIsRevertedAfterOthersAndWhatItDidIsHeld() {
        submit("revert-1", Bundles.of(topic("revert.orders", "retention.ms: 111000")));
        var bundle = Bundles.of(topic("revert.orders", "retention.ms: 222000"), topic("revert.refunds"));
        submit("revert-2", bundle);
        submit("revert-3", Bundles.of(topic("revert.other")));
        cluster.setConfig("revert.orders", "segment.ms", "333000");

        var reverted = cli.run("revert", "revert-2", "--id", "revert-4", "--wait=end");

        assertThat(reverted.err()).isEmpty();
        assertThat(reverted.code()).isEqualTo(ExitCode.OK);
        var end = migrations.await("revert-4", MigrationState.SUCCEEDED);
        assertThat(end.restores()).contains("migration revert-2");
        assertThat(cluster.configs("revert.orders"))
                .containsExactlyInAnyOrderEntriesOf(Map.of("retention.ms", "111000", "segment.ms", "333000"));
        assertThat(cluster.topics("revert.")).containsKeys("revert.orders", "revert.other");
        assertThat(end.waitsFor()).contains("migrator release revert-4");
        assertThat(migrations.holds("test")).contains("revert-4");

        migrations.submit("revert-5", "test", bundle);
        var refused = migrations.await("revert-5", MigrationState.REJECTED);
        assertThat(refused.problems()).extracting(Problem::code).containsExactly("CHG-HELD");
        migrations.command("revert-4", "release");
        migrations.await(
                "revert-4",
                "no hold listed",
                () -> migrations.holds("test").contains("revert-4") ? Optional.empty() : Optional.of(true));
    }

    @Test
    void aRevertShowsTheLaterChangesThatGoAlong() {
        submit("along-1", Bundles.of(topic("along.orders", "retention.ms: 111000")));
        submit("along-2", Bundles.of(topic("along.orders", "retention.ms: 222000")));
        submit("along-3", Bundles.of(topic("along.orders", "retention.ms: 333000")));

        var plan = cli.run("revert", "along-2", "--dry-run");

        assertThat(plan.out()).contains("goes along", "config.retention.ms; last written by migration along-3");
        assertThat(cluster.configs("along.orders")).containsEntry("retention.ms", "333000");
    }

    @Test
    void anExecutorThatIsKilledInTheMiddleOfARestoreFinishesIt() {
        var names = IntStream.range(0, 40).mapToObj(i -> "restore-kill." + i).toList();
        submit(
                "restore-kill-1",
                Bundles.of(names.stream()
                        .map(name -> topic(name, "retention.ms: 111000"))
                        .toArray(String[]::new)));
        assertThat(cli.run("snapshot", "--env", "test", "--id", "restore-kill").code())
                .isEqualTo(ExitCode.OK);
        names.forEach(name -> cluster.setConfig(name, "retention.ms", "5000"));

        assertThat(cli.run("restore", "restore-kill", "--kind", "topic", "--id", "restore-kill-2")
                        .err())
                .isEmpty();
        migrations.await(
                "restore-kill-2",
                "its first batch ordered",
                () -> Optional.of(stack.log().events(Topics.BATCHES, ApplyBatch.class, "restore-kill-2"))
                        .filter(orders -> !orders.isEmpty()));
        stack.stack().kill("executor-service");
        stack.stack().start("executor-service");

        var end = migrations.await("restore-kill-2", MigrationState.SUCCEEDED);
        assertThat(end.counts().failed()).isZero();
        names.forEach(name -> assertThat(cluster.configs(name)).containsEntry("retention.ms", "111000"));
    }

    @Test
    void whatHasNotSucceededAndWhatIsNotThereIsRefused() {
        assertThat(cli.run("revert", "never-heard-of").err()).contains("CON-UNKNOWN");
        assertThat(cli.run("restore", "20260102T030405Z-never").err()).contains("SNP-UNKNOWN");
        assertThat(cli.run("restore", "--env", "test", "--as-of", "2020-01-01T00:00:00Z")
                        .err())
                .contains("RST-NONE-BEFORE");
    }

    private void submit(String id, Bundle bundle) {
        migrations.submit(id, "test", bundle);
        migrations.await(id, MigrationState.SUCCEEDED);
    }

    private void shown(String topic, String config, String value) {
        Waiting.until(
                "every broker to show it",
                Migrations.PATIENCE,
                () -> Optional.of(cluster.configs(topic)).filter(configs -> value.equals(configs.get(config))),
                () -> "");
    }
}
