package dev.migrator.e2e;

import static dev.migrator.e2e.Bundles.topic;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.cli.ExitCode;
import dev.migrator.core.bundle.Bundle;
import dev.migrator.core.lifecycle.MigrationState;
import dev.migrator.core.lifecycle.MigrationStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was deleted is only out of use until somebody purges it: undone before that, nothing of it is lost. */
@EndToEnd
@Order(5)
class PurgeTest {
    private final SharedStack stack;
    private final Migrations migrations;
    private final Cluster cluster;
    private CommandLine cli;

    @TempDir
    Path home;

    PurgeTest(SharedStack stack) {
        this.stack = stack;
        this.migrations = stack.migrations();
        this.cluster = stack.cluster("test");
    }

    @BeforeEach
    void settings() throws IOException {
        cli = new CommandLine(home, stack);
    }

    /** In the test environment the time of grace is over at once. */
    @Test
    void whatWasRetiredGoesForGoodAndWhatIsInUseAgainStays() throws Exception {
        submit(
                "test",
                "purge-1",
                Bundles.of(topic("purge.orders"), topic("purge.legacy"), topic("purge.kept"), topic("purge.back")));
        cluster.write("purge.legacy", Instant.now(), 3);
        cluster.write("purge.back", Instant.now(), 3);
        var lives = cluster.topics("purge.");
        submit("test", "purge-2", Bundles.of(topic("purge.orders"), absent("purge.legacy"), absent("purge.back")));
        assertThat(cluster.topics("purge."))
                .as("retired, with all that it holds")
                .containsEntry("purge.legacy", lives.get("purge.legacy"));
        assertThat(cli.run("get", "retired", "--env", "test").out())
                .contains(
                        "topic purge.legacy (kafka)",
                        "topic purge.back (kafka)",
                        "by migration purge-2; may be purged");
        submit("test", "purge-3", Bundles.of(topic("purge.orders"), topic("purge.back")));
        assertThat(cluster.topics("purge."))
                .as("undone before the purge, it is the same topic with the same records")
                .containsEntry("purge.back", lives.get("purge.back"));

        var plan = cli.run("purge", "--env", "test", "--kind", "topic", "--dry-run");
        assertThat(plan.out())
                .contains("purge.legacy", "retired by migration purge-2", "nothing brings it back")
                .doesNotContain("purge.back", "purge.kept", "purge.orders");
        var purged = cli.run("purge", "--env", "test", "--entry", "purge.legacy", "--id", "purge-4", "--wait=end");

        assertThat(purged.err()).isEmpty();
        assertThat(purged.code()).isEqualTo(ExitCode.OK);
        var end = migrations.await("purge-4", MigrationState.SUCCEEDED);
        assertThat(end.purges()).hasValueSatisfying(what -> assertThat(what).startsWith("retired by "));
        assertThat(cluster.topics("purge.")).containsOnlyKeys("purge.orders", "purge.kept", "purge.back");
        assertThat(cli.run("get", "retired", "--env", "test").out()).doesNotContain("purge.legacy");

        cli.run("purge", "--env", "test", "--entry", "purge.legacy", "--id", "purge-5", "--wait=end");
        var refused = migrations.await("purge-5", MigrationState.REJECTED);
        assertThat(refused.problems()).extracting(problem -> problem.code()).containsExactly("PRG-UNKNOWN");
    }

    /** Production keeps what was retired for a week. */
    @Test
    void whatWasRetiredTooRecentlyStaysAndThePlanSaysFromWhenItMayGo() {
        submit("production", "purge-production-1", Bundles.of(topic("purge-p.orders"), topic("purge-p.legacy")));
        submit("production", "purge-production-2", Bundles.of(topic("purge-p.orders"), absent("purge-p.legacy")));

        var result = cli.run(
                "purge", "--env", "production", "--entry", "purge-p.legacy", "--id", "purge-production-3", "--dry-run");

        assertThat(result.out()).contains("retired too recently", "purge-production-2");
        migrations.await("purge-production-3", MigrationState.NO_CHANGES);
        assertThat(stack.cluster("production").topics("purge-p.")).containsKey("purge-p.legacy");
        assertThat(cli.run("get", "retired", "--env", "production").out())
                .contains("topic purge-p.legacy (kafka)", "may be purged from");
    }

    private void submit(String environment, String id, Bundle bundle) {
        migrations.submit(id, environment, bundle);
        if (environment.equals("production")) {
            migrations.await(id, MigrationState.AWAITING_APPROVAL);
            migrations.approve(id);
            // what deletes is approved by two
            migrations
                    .status(id)
                    .flatMap(MigrationStatus::planDigest)
                    .ifPresent(plan -> migrations.tryToApprove(id, plan, "owner"));
        }
        migrations.await(id, MigrationState.SUCCEEDED);
    }

    private static String absent(String name) {
        return topic(name).replace("spec:", "state: absent\nspec:");
    }
}
