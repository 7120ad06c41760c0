package dev.migrator.e2e;

import static dev.migrator.e2e.Bundles.httpCheck;
import static dev.migrator.e2e.Bundles.topic;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.cli.ExitCode;
import dev.migrator.core.lifecycle.MigrationState;
import dev.migrator.events.v1.ApplyBatch;
import dev.migrator.events.v1.VerifyPhase;
import dev.migrator.kit.topics.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * All services go down in the middle of a migration and stay down. A person undoes it with the kit out of the bucket; when the
 * services are back they find that out by themselves.
 */
@EndToEnd
@Order(9)
class UndoKitTest {
    @TempDir
    Path folder;

    private final SharedStack stack;
    private final Migrations migrations;
    private final Cluster cluster;

    UndoKitTest(SharedStack stack) {
        this.stack = stack;
        this.migrations = stack.migrations();
        this.cluster = stack.cluster("test");
    }

    @Test
    void aMigrationThatDiedInTheMiddleIsUndoneWithoutAnyServiceAndEndsRolledBackWhenTheyAreBack() throws Exception {
        cluster.createTopic("undokit.before", Map.of("retention.ms", "111000"));
        var topicsBefore = cluster.topics("undokit.");
        migrations.submit(
                "undo-kit",
                "test",
                Bundles.of(
                        topic("undokit.before", "retention.ms: 222000"),
                        Bundles.topics("undokit.topic-", 300),
                        Bundles.acls("undokit.topic-0", 150)));
        migrations.await(
                "undo-kit",
                "the first topics made",
                () -> Optional.of(cluster.topics("undokit.")).filter(topics -> topics.size() > topicsBefore.size()));
        stack.stack().kill("executor-service");
        var kit = undoing().kitOf("undo-kit");
        Undoing.SERVICES.stream().skip(1).forEach(service -> stack.stack().kill(service));
        assertThat(cluster.topics("undokit.").size()).isGreaterThan(topicsBefore.size());

        var preview = undo(kit, "--preview");
        assertThat(preview.code()).as(preview.err()).isEqualTo(ExitCode.OK);
        assertThat(preview.out())
                .contains("Nothing was written", "NOT as before", "conflicts 0")
                .containsPattern("would undo [1-9]");
        assertThat(cluster.topics("undokit.").size()).isGreaterThan(topicsBefore.size());

        var undone = undo(kit, undoing().withBucket());
        assertThat(undone.code()).as(undone.out() + undone.err()).isEqualTo(ExitCode.OK);
        assertThat(undone.out()).contains("same as before", "UNDONE");
        assertAsBefore(topicsBefore);

        Undoing.SERVICES.forEach(service -> stack.stack().start(service));
        var end = migrations.await("undo-kit", MigrationState.ROLLED_BACK);
        assertThat(end.endHash()).isPresent().isEqualTo(end.beforeHash());
        assertThat(end.problems()).anyMatch(problem -> problem.code().equals("APL-UNDONE"));
        assertAsBefore(topicsBefore);
        migrations.await(
                "undo-kit",
                "its changes held",
                () -> Optional.of(migrations.holds("test")).filter(held -> held.contains("undo-kit")));
    }

    @Test
    void whatWasAppliedInFullAndUndoneBeforeItsEndWasToldIsNoSuccess() throws Exception {
        try (var page = new CheckedPage()) {
            migrations.submit(
                    "undo-verified",
                    "test",
                    Bundles.of(Bundles.topics("undoverified.topic-", 3), httpCheck("undo-page", page.url(), 200)));
            page.awaitAsked(Migrations.PATIENCE);
            assertThat(stack.log().events(Topics.TASKS, VerifyPhase.class, "undo-verified"))
                    .isNotEmpty();
            assertThat(cluster.topics("undoverified.")).hasSize(3);
            var kit = undoing().kitOf("undo-verified");
            stack.stack().kill("executor-service");

            // the verifier is up, and says that all is well: it looked before the undo
            page.answer(200);
            var undone = undo(kit, undoing().withBucket());
            assertThat(undone.code()).as(undone.out() + undone.err()).isEqualTo(ExitCode.OK);
            assertThat(cluster.topics("undoverified.")).isEmpty();

            stack.stack().start("executor-service");
            var end = migrations.await("undo-verified", MigrationState.ROLLED_BACK);
            assertThat(end.endHash()).isPresent().isEqualTo(end.beforeHash());
            assertThat(stack.log().events(Topics.BATCHES, ApplyBatch.class, "undo-verified"))
                    .hasSize(1);
            assertThat(cluster.topics("undoverified.")).isEmpty();
        }
    }

    @Test
    void theKitIsRefusedForAnyOtherCluster() throws Exception {
        migrations.submit("undo-other", "test", Bundles.of(topic("undoother.orders")));
        migrations.await("undo-other", MigrationState.SUCCEEDED);
        var kit = undoing().kitOf("undo-other");
        var elsewhere = targets("production");

        var result =
                Undoing.run("undo", "--kit", kit.toString(), "--target", elsewhere.toString(), "--services-are-down");

        assertThat(result.code()).isEqualTo(ExitCode.REFUSED);
        assertThat(result.err()).contains("TGT-WRONG-CLUSTER");
        assertThat(cluster.topics("undoother.")).hasSize(1);
    }

    private void assertAsBefore(Map<String, ?> topicsBefore) {
        assertThat(cluster.topics("undokit.")).isEqualTo(topicsBefore);
        assertThat(cluster.configs("undokit.before")).containsEntry("retention.ms", "111000");
        assertThat(cluster.acls("undokit.")).isEmpty();
    }

    private Undoing.Result undo(Path kit, String... more) throws IOException {
        return undoing().undo(kit, targets("test"), more);
    }

    private Undoing undoing() {
        return new Undoing(stack, folder);
    }

    /** With the executor's own credential, as an operator would be given it. */
    private Path targets(String cluster) throws IOException {
        return Files.writeString(folder.resolve("targets.yaml"), """
                apiVersion: migrator.dev/v1
                kind: Targets
                environment: test
                targets:
                  - {name: kafka, type: kafka, address: "%s", credentials: "%s"}
                """.formatted(
                        stack.stack().kafka(cluster).bootstrap(),
                        stack.stack()
                                .layout()
                                .config()
                                .resolve("credentials")
                                .resolve("executor-service")
                                .resolve(cluster + "-kafka-write.properties")));
    }
}
