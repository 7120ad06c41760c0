package dev.migrator.e2e;

import static dev.migrator.e2e.Bundles.httpCheck;
import static dev.migrator.e2e.Bundles.schema;
import static dev.migrator.e2e.Bundles.topic;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.cli.ExitCode;
import dev.migrator.core.lifecycle.MigrationState;
import dev.migrator.events.v1.ApplyBatch;
import dev.migrator.kit.topics.Topics;
import dev.migrator.localstack.PartState;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A part that is away for a while: the status says so, nothing is written, nothing is lost, and nobody has to help. */
@EndToEnd
@Order(7)
class OutageTest {
    @TempDir
    Path folder;

    private final SharedStack stack;
    private final Migrations migrations;

    OutageTest(SharedStack stack) {
        this.stack = stack;
        this.migrations = stack.migrations();
    }

    @Test
    void aMigrationWaitsForTheObjectStoreAndGoesOnByItself() {
        long letters = deadLetters();
        stack.stack().stop("s3");
        try {
            migrations.submit("no-store", "test", Bundles.of(topic("nostore.orders")));
            migrations.await(
                    "no-store",
                    "the planner waits for the object store",
                    status -> status.waitsFor().startsWith("planner: OBJ-"));
            assertThat(stack.cluster("test").topics("nostore.")).isEmpty();
        } finally {
            stack.stack().start("s3");
        }
        migrations.await("no-store", MigrationState.SUCCEEDED);
        assertThat(deadLetters()).isEqualTo(letters);
    }

    @Test
    void aMigrationWaitsForTheRegistryThatItChangesAndGoesOnByItself() {
        long letters = deadLetters();
        stack.stack().stop("registry-production");
        try {
            migrations.submit(
                    "no-target",
                    "production",
                    Bundles.of(
                            topic("notarget.orders"),
                            schema(
                                    "notarget-Item",
                                    "1",
                                    "{\"type\":\"record\",\"name\":\"Item\",\"fields\":[{\"name\":\"id\",\"type\":\"string\"}]}")));
            migrations.await(
                    "no-target",
                    "the planner waits for the target",
                    status -> status.waitsFor().startsWith("planner: "));
            assertThat(stack.log().events(Topics.BATCHES, ApplyBatch.class, "no-target"))
                    .isEmpty();
        } finally {
            stack.stack().start("registry-production");
        }
        migrations.await("no-target", MigrationState.AWAITING_APPROVAL);
        migrations.approve("no-target");
        migrations.await("no-target", MigrationState.SUCCEEDED);
        assertThat(stack.registry("production").content("notarget-Item", "1")).isPresent();
        assertThat(deadLetters()).isEqualTo(letters);
    }

    @Test
    void withoutTheControlRegistryKnownWritersGoOnAndAnUnknownOneWaitsUntilItIsBack() throws Exception {
        long letters = deadLetters();
        var client = new PublishAChange(
                stack.stack().kafka("control").clientConfig("requester"),
                stack.stack().registryUrl("control"));
        var bundle = Bundles.of(topic("noregistry.unknown")).bytes();
        var unknown = OwnSchema.change(client.change("no-registry-unknown", "test", Migrations.COMMIT, bundle));
        int id = OwnSchema.register(stack.stack().registryUrl("control"), unknown.getSchema());
        stack.stack().stop("registry-control");
        try {
            migrations.submit("no-registry-known", "test", Bundles.of(topic("noregistry.known")));
            migrations.await("no-registry-known", MigrationState.SUCCEEDED);
            OwnSchema.publish(stack.stack().kafka("control").clientConfig("requester"), id, unknown);
        } finally {
            stack.stack().start("registry-control");
        }
        migrations.await("no-registry-unknown", MigrationState.SUCCEEDED);
        assertThat(deadLetters()).isEqualTo(letters);
        assertThat(stack.cluster("test").topics("noregistry."))
                .containsOnlyKeys("noregistry.known", "noregistry.unknown");
    }

    @Test
    void aLargeMigrationIsRolledBackWhileObjectStoreAndControlRegistryAreAway() throws Exception {
        long letters = deadLetters();
        var cluster = stack.cluster("test");
        cluster.createTopic("noparts.before", Map.of("retention.ms", "111000"));
        var topicsBefore = cluster.topics("noparts.");
        var commands = new CommandLine(folder.resolve("home"), stack);
        try (var page = new CheckedPage()) {
            migrations.submit(
                    "no-parts",
                    "test",
                    Bundles.of(
                            topic("noparts.before", "retention.ms: 222000"),
                            Bundles.topics("noparts.topic-", 300),
                            Bundles.acls("noparts.topic-0", 150),
                            httpCheck("noparts-page", page.url(), 200)));
            page.awaitAsked(Migrations.PATIENCE);
            assertThat(cluster.topics("noparts.")).hasSize(301);
            stack.stack().stop("s3");
            stack.stack().stop("registry-control");
            try {
                var ordered = commands.run("rollback", "no-parts", "--reason", "two parts are away");
                assertThat(ordered.code()).as(ordered.out() + ordered.err()).isEqualTo(ExitCode.OK);

                var end = migrations.await("no-parts", MigrationState.ROLLED_BACK);

                assertThat(end.beforeHash()).isPresent();
                assertThat(end.endHash()).isEqualTo(end.beforeHash());
                assertThat(end.differences()).isEmpty();
                assertThat(cluster.topics("noparts.")).isEqualTo(topicsBefore);
                assertThat(cluster.configs("noparts.before")).containsEntry("retention.ms", "111000");
                assertThat(cluster.acls("noparts.")).isEmpty();
                assertThat(stack.stack().status().get("s3")).isNotInstanceOf(PartState.Running.class);
                assertThat(stack.stack().status().get("registry-control")).isNotInstanceOf(PartState.Running.class);
            } finally {
                stack.stack().start("registry-control");
                stack.stack().start("s3");
            }
        }
        var report = folder.resolve("no-parts.zip");
        var written = commands.run("report", "no-parts", "--as", "viewer", "-o", report.toString());
        assertThat(written.code()).as(written.out() + written.err()).isEqualTo(ExitCode.OK);
        var verified = commands.run("verify", report.toString());
        assertThat(verified.out())
                .contains(
                        "no-parts in test, ROLLED_BACK",
                        "PASSED      state-before computed again from the snapshot's entries",
                        "PASSED      state-after",
                        "answers name no entries: the bucket was away when they were given")
                .doesNotContain("FAILED");
        assertThat(deadLetters()).isEqualTo(letters);
    }

    private long deadLetters() {
        return stack.log().on(Topics.DEAD_LETTERS).count();
    }
}
