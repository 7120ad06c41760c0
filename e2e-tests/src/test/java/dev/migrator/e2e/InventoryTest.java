package dev.migrator.e2e;

import static dev.migrator.e2e.Bundles.topic;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.error.Problem;
import dev.migrator.core.lifecycle.MigrationState;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** What was applied is remembered, so that what others changed since, and what nobody asks for any more, is seen as such. */
@EndToEnd
@Order(5)
class InventoryTest {
    private static final String PROJECT = """
            apiVersion: migrator.dev/v1
            kind: Project
            metadata: {name: leaving}
            spec:
              owns:
                - {kind: Topic, pattern: "leaving.*"}
                - {kind: Acl, pattern: "User:leaving-*"}
              pruning: %s
            """;

    private final Migrations migrations;
    private final Cluster production;
    private final Cluster test;

    InventoryTest(SharedStack stack) {
        this.migrations = stack.migrations();
        this.production = stack.cluster("production");
        this.test = stack.cluster("test");
    }

    @Test
    void whatSomebodyElseChangedInProductionIsKeptUntilTheManifestSaysIt() {
        apply("known-1", topic("known.orders", "retention.ms: 111000"));
        production.setConfig("known.orders", "retention.ms", "155000"); // an outsider

        migrations.submit("known-2", "production", Bundles.of(topic("known.orders", "retention.ms: 222000")));
        var refused = migrations.await("known-2", MigrationState.REJECTED);
        assertThat(refused.problems()).extracting(Problem::code).containsExactly("PLN-DRIFT");
        assertThat(production.configs("known.orders")).containsEntry("retention.ms", "155000");

        // a manifest that says what is there changes nothing, and makes it known
        migrations.submit("known-3", "production", Bundles.of(topic("known.orders", "retention.ms: 155000")));
        migrations.await("known-3", MigrationState.NO_CHANGES);

        apply("known-4", topic("known.orders", "retention.ms: 222000"));
        assertThat(production.configs("known.orders")).containsEntry("retention.ms", "222000");
    }

    @Test
    void whatNobodyAsksForAnyMoreGoesOnlyWhereItsProjectPrunes() {
        var topic = owned(topic("leaving.orders"));
        var stays = owned(Bundles.acl("leaving-stays", "leaving.orders"));
        var goes = owned(Bundles.acl("leaving-goes", "leaving.orders"));
        migrations.submit("leaving-1", "test", Bundles.of(PROJECT.formatted(false), topic, stays, goes));
        migrations.await("leaving-1", MigrationState.SUCCEEDED);
        var all = test.acls("leaving.");
        assertThat(all).hasSize(4);
        test.createAcl("User:leaving-by-hand", "leaving.orders"); // an outsider: never managed

        migrations.submit("leaving-2", "test", Bundles.of(PROJECT.formatted(false), topic, stays));
        migrations.await("leaving-2", MigrationState.NO_CHANGES);
        assertThat(test.acls("leaving.")).containsAll(all);

        migrations.submit("leaving-3", "test", Bundles.of(PROJECT.formatted(true), topic, stays));
        migrations.await("leaving-3", MigrationState.SUCCEEDED);
        assertThat(test.acls("leaving."))
                .hasSize(3)
                .noneMatch(acl -> acl.startsWith("User:leaving-goes"))
                .anyMatch(acl -> acl.startsWith("User:leaving-by-hand"));
    }

    @Test
    void whatWasLetGoOfIsLeftThereAndNotMissedAfterwards() {
        apply("released-1", topic("released.orders", "retention.ms: 111000"));
        apply(
                "released-2",
                topic("released.orders", "retention.ms: 111000").replace("spec:", "state: unmanaged\nspec:"));
        production.setConfig("released.orders", "retention.ms", "155000"); // whoever has it now

        // taken back: never managed as far as anybody knows, so what is there is no drift
        apply("released-3", topic("released.orders", "retention.ms: 222000"));
        assertThat(production.configs("released.orders")).containsEntry("retention.ms", "222000");
    }

    @Test
    void aRenamedTopicIsMadeAnewAndTheOldOneStaysUntilItIsRetired() {
        migrations.submit("renamed-1", "test", Bundles.of(identified(topic("renamed.old"))));
        migrations.await("renamed-1", MigrationState.SUCCEEDED);

        migrations.submit("renamed-2", "test", Bundles.of(identified(topic("renamed.new"))));
        migrations.await("renamed-2", MigrationState.SUCCEEDED);
        assertThat(test.topics("renamed.")).containsOnlyKeys("renamed.new", "renamed.old");
        assertThat(migrations.planText("renamed-2").replaceAll("\\s+", " "))
                .contains("renamed from renamed.old", "the entry under the old address is left in place");

        var old = topic("renamed.old").replace("spec:", "state: absent\nspec:");
        migrations.submit("renamed-3", "test", Bundles.of(identified(topic("renamed.new")), old));
        migrations.await("renamed-3", MigrationState.SUCCEEDED);
        assertThat(test.acls("renamed.old")).as("out of use, with its data").anyMatch(acl -> acl.startsWith("User:* "));
        assertThat(test.topics("renamed.")).containsKey("renamed.old");
    }

    private static String identified(String manifest) {
        return manifest.replace("metadata: {", "metadata: {uid: renamed-topic, ");
    }

    private static String owned(String manifest) {
        return manifest.replace("metadata: {", "metadata: {project: leaving, ");
    }

    /** Approved where it has to be, up to its end. */
    private void apply(String id, String manifest) {
        migrations.submit(id, "production", Bundles.of(manifest));
        var status = migrations.await(
                id, "approval or end", found -> found.ended() || found.state() == MigrationState.AWAITING_APPROVAL);
        if (!status.ended()) {
            migrations.approve(id, status.planDigest().orElseThrow());
        }
        migrations.await(id, MigrationState.SUCCEEDED, MigrationState.NO_CHANGES);
    }
}
