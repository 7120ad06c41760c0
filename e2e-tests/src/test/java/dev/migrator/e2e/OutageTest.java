package dev.migrator.e2e;

import static dev.migrator.e2e.Bundles.schema;
import static dev.migrator.e2e.Bundles.topic;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.lifecycle.MigrationState;
import dev.migrator.events.v1.ApplyBatch;
import dev.migrator.kit.topics.Topics;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** A part that is away for a while: the status says so, nothing is written, nothing is lost, and nobody has to help. */
@EndToEnd
@Order(7)
class OutageTest {
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

    private long deadLetters() {
        return stack.log().on(Topics.DEAD_LETTERS).count();
    }
}
