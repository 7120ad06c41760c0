package dev.migrator.e2e;

import static dev.migrator.e2e.Bundles.topic;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.lifecycle.MigrationState;
import dev.migrator.events.v1.ApplyBatch;
import dev.migrator.events.v1.AuditEntry;
import dev.migrator.kit.topics.Topics;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@EndToEnd
@Order(3)
class PublishedByOthersTest {
    private final SharedStack stack;
    private final Migrations migrations;
    private final PublishAChange client;

    PublishedByOthersTest(SharedStack stack) {
        this.stack = stack;
        this.migrations = stack.migrations();
        this.client = new PublishAChange(
                stack.stack().kafka("control").clientConfig("requester"),
                stack.stack().registryUrl("control"));
    }

    @Test
    void anOrdinaryKafkaClientStartsAMigrationAndReadsItsStatuses() throws Exception {
        var bundle = Bundles.of(topic("client.orders", "retention.ms: 86400000"));
        client.publish(client.change("client-1", "test", Migrations.COMMIT, bundle.bytes()));

        List<String> states = new ArrayList<>();
        client.follow(
                "client-1",
                Migrations.PATIENCE,
                status -> states.add(status.get("state").toString()));

        assertThat(states).contains("REQUESTED", "EXECUTING").endsWith("SUCCEEDED");
        assertThat(stack.cluster("test").configs("client.orders")).containsEntry("retention.ms", "86400000");
    }

    @Test
    void theSameChangePublishedTwiceIsOneMigration() throws Exception {
        var change = client.change(
                "twice-1",
                "test",
                Migrations.COMMIT,
                Bundles.of(topic("twice.orders")).bytes());
        client.publish(change);
        client.publish(change);
        migrations.await("twice-1", MigrationState.SUCCEEDED);
        var made = stack.cluster("test").topics("twice.");
        assertThat(made).containsOnlyKeys("twice.orders");

        client.publish(change); // long after it ended
        client.publish(client.change("twice-2", "test", Migrations.COMMIT, new byte[] {'{', '}'})); // and one behind it
        migrations.await("twice-2", MigrationState.REJECTED);

        assertThat(decisions("twice-1")).containsOnlyOnce("change-accepted").doesNotContain("change-refused");
        assertThat(stack.log().events(Topics.BATCHES, ApplyBatch.class, "twice-1"))
                .hasSize(1);
        assertThat(stack.cluster("test").topics("twice.")).isEqualTo(made);
    }

    @Test
    void theSameIdWithOtherContentIsRefusedAndTheFirstGoesOn() throws Exception {
        var first = Bundles.of(topic("reused.first"));
        var second = Bundles.of(topic("reused.second"));
        client.publish(client.change("reused-1", "test", Migrations.COMMIT, first.bytes()));
        client.publish(client.change("reused-1", "test", Migrations.COMMIT, second.bytes()));

        var refusal = migrations.await(
                "reused-1",
                "the second refused",
                () -> stack.log().events(Topics.AUDIT, AuditEntry.class, "reused-1").stream()
                        .filter(entry -> entry.getDecision().equals("change-refused"))
                        .findAny());
        assertThat(refusal.getProblem().getCode()).isEqualTo("CHG-ID-REUSED");
        assertThat(refusal.getProblem().getFound()).contains(second.digest().brief());
        migrations.await("reused-1", MigrationState.SUCCEEDED);
        assertThat(stack.cluster("test").topics("reused.")).containsOnlyKeys("reused.first");
    }

    private List<String> decisions(String id) {
        return stack.log().events(Topics.AUDIT, AuditEntry.class, id).stream()
                .map(AuditEntry::getDecision)
                .toList();
    }
}
