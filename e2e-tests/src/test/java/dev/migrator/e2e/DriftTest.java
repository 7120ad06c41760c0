package dev.migrator.e2e;

import static dev.migrator.e2e.Bundles.topic;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.error.Problem;
import dev.migrator.core.lifecycle.ChecklistLine;
import dev.migrator.core.lifecycle.MigrationState;
import dev.migrator.core.lifecycle.MigrationStatus;
import dev.migrator.events.v1.ApplyBatch;
import dev.migrator.events.v1.ApprovalGranted;
import dev.migrator.events.v1.AuditEntry;
import dev.migrator.kit.avro.ApicurioSchemas;
import dev.migrator.kit.avro.Wire;
import dev.migrator.kit.topics.Topics;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an approval is worth: exactly the plan that it names, as long as the target is as that plan saw it. */
@EndToEnd
@Order(5)
class DriftTest {
    private final SharedStack stack;
    private final Migrations migrations;
    private final Cluster cluster;

    DriftTest(SharedStack stack) {
        this.stack = stack;
        this.migrations = stack.migrations();
        this.cluster = stack.cluster("production");
    }

    // runatlantis/atlantis#1508, #1122: a stale plan is applied after approval
    @Test
    void aPlannedTopicChangedAfterTheApprovalVoidsIt() {
        cluster.createTopic("drift.orders", Map.of("retention.ms", "111000"));
        var first = approvedWhilePaused("drift-1", topic("drift.orders", "retention.ms: 222000"));
        cluster.setConfig(
                "drift.orders",
                "retention.ms",
                "155000"); // an outsider; less than what is wanted, so that nothing can be lost
        migrations.command("drift-1", "resume");

        var again = migrations.await(
                "drift-1",
                "a second plan that waits for approval",
                status -> status.revision() == 2 && status.state() == MigrationState.AWAITING_APPROVAL);

        assertThat(again.planDigest()).isPresent().isNotEqualTo(first.planDigest());
        assertThat(again.checklist()).anyMatch(line -> line.name().equals("approved") && isMissing(line));
        assertThat(cluster.configs("drift.orders")).containsEntry("retention.ms", "155000");
        assertThat(stack.log().events(Topics.BATCHES, ApplyBatch.class, "drift-1"))
                .isEmpty();

        migrations.approve("drift-1", again.planDigest().orElseThrow());
        migrations.await("drift-1", MigrationState.SUCCEEDED);
        assertThat(cluster.configs("drift.orders")).containsEntry("retention.ms", "222000");
    }

    // runatlantis/atlantis#6037: a plan is voided although nothing changed
    @Test
    void anEditThatThePlanDoesNotManageKeepsTheApproval() {
        cluster.createTopic("steady.orders", Map.of("retention.ms", "111000"));
        var approved = approvedWhilePaused("steady-1", topic("steady.orders", "retention.ms: 222000"));
        cluster.setConfig("steady.orders", "segment.ms", "333000"); // an outsider, a field that nobody manages
        migrations.command("steady-1", "resume");

        var end = migrations.await("steady-1", MigrationState.SUCCEEDED);

        assertThat(end.revision()).isEqualTo(1);
        assertThat(end.planDigest()).isEqualTo(approved.planDigest());
        assertThat(cluster.configs("steady.orders"))
                .containsEntry("retention.ms", "222000")
                .containsEntry("segment.ms", "333000");
    }

    @Test
    void anApprovalThatTheConsoleDidNotSignDoesNotCount(@TempDir Path known) throws Exception {
        migrations.submit("forged-1", "production", Bundles.of(topic("forged.orders")));
        var waiting = migrations.await("forged-1", MigrationState.AWAITING_APPROVAL);
        var forged = ApprovalGranted.newBuilder()
                .setMigrationId("forged-1")
                .setEnvironment("production")
                .setPlanDigest(waiting.planDigest().orElseThrow().toString())
                .setApprover("approver")
                .setReason("")
                .setKeyId("1")
                .setSignature(java.nio.ByteBuffer.wrap(new byte[64]))
                .build();
        var wire = new Wire(new ApicurioSchemas(stack.stack().registryUrl("control")), known);
        Map<String, Object> admin = Map.copyOf(stack.stack().kafka("control").clientConfig("admin"));
        try (var producer = new KafkaProducer<>(admin, new StringSerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(Topics.APPROVALS, "production", wire.encode(forged)))
                    .get();
        }

        migrations.await(
                "forged-1",
                "the forgery refused",
                () -> stack.log().events(Topics.AUDIT, AuditEntry.class, "forged-1").stream()
                        .filter(entry -> entry.getDecision().equals("approval-refused"))
                        .findAny());
        migrations.command("forged-1", "cancel");
        var end = migrations.await("forged-1", MigrationState.CANCELLED);
        assertThat(end.problems()).extracting(Problem::code).isNotEmpty();
        assertThat(cluster.topics("forged.")).isEmpty();
    }

    /** Planned, approved, and held back from being carried out by a pause. */
    private MigrationStatus approvedWhilePaused(String id, String manifest) {
        migrations.submit(id, "production", Bundles.of(manifest));
        var plan = migrations
                .await(id, MigrationState.AWAITING_APPROVAL)
                .planDigest()
                .orElseThrow();
        migrations.command(id, "pause");
        migrations.await(id, MigrationState.PAUSED);
        migrations.approve(id, plan);
        return migrations.await(
                id,
                "the approval counted",
                status -> status.checklist().stream()
                        .anyMatch(line -> line.name().equals("approved") && line.mark() == ChecklistLine.Mark.PASSED));
    }

    private static boolean isMissing(ChecklistLine line) {
        return line.mark() == ChecklistLine.Mark.MISSING;
    }
}
