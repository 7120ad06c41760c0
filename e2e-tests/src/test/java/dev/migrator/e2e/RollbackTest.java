package dev.migrator.e2e;

import static dev.migrator.e2e.Bundles.acl;
import static dev.migrator.e2e.Bundles.httpCheck;
import static dev.migrator.e2e.Bundles.schema;
import static dev.migrator.e2e.Bundles.topic;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.cli.ExitCode;
import dev.migrator.core.error.Problem;
import dev.migrator.core.lifecycle.MigrationState;
import dev.migrator.core.lifecycle.MigrationStatus;
import dev.migrator.events.v1.ApplyBatch;
import dev.migrator.events.v1.AuditEntry;
import dev.migrator.events.v1.BatchAnswered;
import dev.migrator.events.v1.RollbackCommanded;
import dev.migrator.kit.topics.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@EndToEnd
@Order(2)
class RollbackTest {
    private static final String ITEM =
            "{\"type\":\"record\",\"name\":\"Item\",\"fields\":[{\"name\":\"id\",\"type\":\"string\"}]}";

    @TempDir
    Path home;

    private final SharedStack stack;
    private final Migrations migrations;
    private final Cluster cluster;

    RollbackTest(SharedStack stack) {
        this.stack = stack;
        this.migrations = stack.migrations();
        this.cluster = stack.cluster("test");
    }

    // argoproj/argo-rollouts#1297, #2675: config is part of what is put back
    // liquibase/liquibase#6942: a rollback is a success only when the state hash says so
    @Test
    void aFailedCheckPutsEverythingBackAndLeavesAloneWhatOthersChangedMeanwhile() throws Exception {
        cluster.createTopic("undo.orders", Map.of("retention.ms", "111000", "max.message.bytes", "777777"));
        var before = cluster.topics("undo.");
        try (var page = new CheckedPage()) {
            var bundle = Bundles.of(
                    topic("undo.orders", "retention.ms: 222000"),
                    topic("undo.refunds"),
                    acl("undo-worker", "undo.refunds"),
                    schema("undo-Item", "1", ITEM),
                    httpCheck("undo-page", page.url(), 200));
            migrations.submit("undo-1", "test", bundle);
            page.awaitAsked(Migrations.PATIENCE);
            assertThat(cluster.configs("undo.orders")).containsEntry("retention.ms", "222000");
            assertThat(stack.registry("test").content("undo-Item", "1")).isPresent();
            cluster.setConfig("undo.orders", "segment.ms", "333000"); // someone else, another field
            page.answer(500);

            var end = migrations.await("undo-1", MigrationState.ROLLED_BACK);

            assertThat(end.beforeHash()).isPresent();
            assertThat(end.endHash()).isEqualTo(end.beforeHash());
            assertThat(end.problems()).extracting(Problem::code).contains("CHK-HTTP");
            assertThat(end.differences()).isEmpty();
        }
        assertThat(stack.log().events(Topics.ROLLBACKS, RollbackCommanded.class, "undo-1"))
                .isNotEmpty();
        assertThat(cluster.topics("undo.")).isEqualTo(before);
        assertThat(cluster.configs("undo.orders"))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("retention.ms", "111000", "max.message.bytes", "777777", "segment.ms", "333000"));
        assertThat(cluster.acls("undo.")).isEmpty();
        assertThat(stack.registry("test").content("undo-Item", "1")).isEmpty();
    }

    @Test
    void whatWasRolledBackIsHeldUntilAPersonReleasesIt() {
        try (var page = new CheckedPage();
                var repaired = new CheckedPage()) {
            page.answer(500);
            migrations.submit(
                    "held-1", "test", Bundles.of(topic("held.orders"), httpCheck("held-page", page.url(), 200)));
            var held = migrations.await("held-1", MigrationState.ROLLED_BACK);
            assertThat(held.waitsFor()).contains("release");

            repaired.answer(200);
            var again = Bundles.of(topic("held.orders"), httpCheck("held-page", repaired.url(), 200));
            migrations.submit("held-2", "test", again);
            var refused = migrations.await("held-2", MigrationState.REJECTED);
            assertThat(refused.problems()).extracting(Problem::code).containsExactly("CHG-HELD");
            assertThat(cluster.topics("held.")).isEmpty();
            assertThat(migrations.holds("test")).contains("held-1").doesNotContain("held-2");

            migrations.command("held-1", "release");
            migrations.await(
                    "held-1",
                    "its hold released",
                    () -> stack.log().events(Topics.AUDIT, AuditEntry.class, "held-1").stream()
                            .filter(entry -> entry.getDecision().equals("holds-released"))
                            .findAny());
            migrations.await(
                    "held-1",
                    "no hold listed",
                    () -> migrations.holds("test").contains("held-1") ? Optional.empty() : Optional.of(true));
            migrations.submit("held-3", "test", again);
            migrations.await("held-3", MigrationState.SUCCEEDED);
            assertThat(cluster.topics("held.")).containsOnlyKeys("held.orders");
        }
    }

    @Test
    void aBatchDeliveredAgainAfterItsRollbackChangesNothing() throws Exception {
        try (var page = new CheckedPage()) {
            page.answer(500);
            migrations.submit(
                    "again-1", "test", Bundles.of(topic("again.orders"), httpCheck("again-page", page.url(), 200)));
            migrations.await("again-1", MigrationState.ROLLED_BACK);
        }
        assertThat(cluster.topics("again.")).isEmpty();
        var delivered = stack.log()
                .on(Topics.BATCHES)
                .filter(entry -> entry.event().orElse(null) instanceof ApplyBatch batch
                        && batch.getMigrationId().equals("again-1"))
                .findFirst()
                .orElseThrow();
        var command = (ApplyBatch) delivered.event().orElseThrow();
        var record = delivered.record();
        Map<String, Object> admin = Map.copyOf(stack.stack().kafka("control").clientConfig("admin"));
        try (var producer = new KafkaProducer<>(admin, new StringSerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(
                            record.topic(), record.partition(), record.key(), record.value(), record.headers()))
                    .get();
        }

        var answers = migrations.await(
                "again-1",
                "a second answer to the batch",
                () -> Optional.of(stack.log().events(Topics.RESULTS, BatchAnswered.class, "again-1").stream()
                                .filter(answer -> answer.getSeq() == command.getSeq())
                                .toList())
                        .filter(list -> list.size() > 1));

        assertThat(answers).extracting(answer -> answer.getResult().name()).containsExactly("DONE", "SUPERSEDED");
        assertThat(cluster.topics("again.")).isEmpty();
        assertThat(migrations.status("again-1").map(MigrationStatus::state)).contains(MigrationState.ROLLED_BACK);
    }

    // flyway/flyway#4121, #2444: what was done in part is undone from what is really there
    @Test
    void aRollbackCommandedTheMomentALargeBatchIsAcknowledgedReallyUndoesIt() {
        var bundle = Bundles.of(Bundles.topics("large.topic-", 300), Bundles.acls("large.topic-0", 300));
        migrations.submit("large-1", "test", bundle);
        // commanded while the second batch is under way, it is carried out the moment that batch is answered
        migrations.await(
                "large-1",
                "the second batch issued",
                () -> Optional.of(stack.log().events(Topics.BATCHES, ApplyBatch.class, "large-1"))
                        .filter(batches -> batches.size() == 2));
        migrations.command("large-1", "rollback");

        var end = migrations.await("large-1", MigrationState.ROLLED_BACK);

        assertThat(answers("large-1")
                        .mapToInt(answer -> answer.getCounts().getApplied())
                        .sum())
                .as("operations that were applied before they were undone")
                .isEqualTo(900);
        assertThat(end.endHash()).isPresent().isEqualTo(end.beforeHash());
        assertThat(cluster.topics("large.")).isEmpty();
        assertThat(cluster.acls("large.")).isEmpty();
    }

    // hashicorp/terraform#17681: a failed apply does not list what succeeded
    // aliyun/terraform-provider-alicloud#42: "can it roll back automatically?" "No."
    @Test
    void anApplyThatTheTargetRefusesHalfwayListsWhatWasDoneAndIsUndoneByItself() throws Exception {
        // a rule that comes with the version it forbids: no dry run can know
        var unruled = schema("refused-Item", "1", ITEM).replace("COMPATIBILITY: BACKWARD", "COMPATIBILITY: NONE");
        migrations.submit("refused-1", "test", Bundles.of(unruled));
        migrations.await("refused-1", MigrationState.SUCCEEDED);
        var incompatible = "{\"type\":\"record\",\"name\":\"Item\",\"fields\":[{\"name\":\"id\",\"type\":\"long\"}]}";
        migrations.submit(
                "refused-2", "test", Bundles.of(topic("refused.orders"), schema("refused-Item", "2", incompatible)));

        var end = migrations.await("refused-2", MigrationState.ROLLED_BACK);

        assertThat(end.problems()).isNotEmpty();
        assertThat(end.endHash()).isPresent().isEqualTo(end.beforeHash());
        var outcomes = new StringBuilder();
        for (BatchAnswered answer : answers("refused-2").toList()) {
            outcomes.append(stack.object(answer.getOutcomesUri()));
        }
        assertThat(outcomes.toString())
                .contains("refused.orders", "\"is\":\"applied\"", "refused-Item", "\"is\":\"failed\"");
        assertThat(toldAtTheEnd("refused-2", "--operations"))
                .containsPattern("topic refused\\.orders \\(kafka\\) +applied, undone")
                .containsPattern("refused-Item\\S* \\(registry\\) +failed, is as before +\\S+-\\S+ \\S+");
        assertThat(cluster.topics("refused.")).isEmpty();
        assertThat(stack.registry("test").content("refused-Item", "1")).isPresent();
        assertThat(stack.registry("test").content("refused-Item", "2")).isEmpty();
    }

    /** What the command says once the console knows of the end as well. */
    private String toldAtTheEnd(String id, String... options) throws IOException {
        return new CommandLine(home, stack).statusAtEnd(migrations, id, ExitCode.ROLLED_BACK, options);
    }

    private java.util.stream.Stream<BatchAnswered> answers(String id) {
        return stack.log().events(Topics.RESULTS, BatchAnswered.class, id).stream()
                .filter(answer -> answer.getKind().name().equals("APPLY_BATCH"));
    }
}
