package dev.migrator.e2e;

import static dev.migrator.e2e.Bundles.acl;
import static dev.migrator.e2e.Bundles.httpCheck;
import static dev.migrator.e2e.Bundles.topic;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.bundle.Bundle;
import dev.migrator.core.lifecycle.MigrationState;
import dev.migrator.core.lifecycle.MigrationStatus;
import dev.migrator.events.v1.ApplyBatch;
import dev.migrator.events.v1.PlanRequested;
import dev.migrator.events.v1.RevertBatch;
import dev.migrator.events.v1.SnapshotRequested;
import dev.migrator.events.v1.VerifyPhase;
import dev.migrator.kit.topics.Topics;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Each service is killed in the middle of a migration and started again; nobody does anything else. */
@EndToEnd
@Order(4)
class KilledServiceTest {
    private final SharedStack stack;
    private final Migrations migrations;
    private final Cluster cluster;

    KilledServiceTest(SharedStack stack) {
        this.stack = stack;
        this.migrations = stack.migrations();
        this.cluster = stack.cluster("test");
    }

    @Test
    void thePlannerIsKilledWhileItPlans() {
        migrations.submit("kill-planner", "test", small("killplanner"));
        awaitEvent("kill-planner", Topics.TASKS, PlanRequested.class);
        killAndStart("planner-service");
        assertSmallIsThereOnce("kill-planner", "killplanner");
    }

    @Test
    void theSnapshotterIsKilledWhileItTakesASnapshot() {
        migrations.submit("kill-snapshotter", "test", small("killsnapshot"));
        awaitEvent("kill-snapshotter", Topics.TASKS, SnapshotRequested.class);
        killAndStart("snapshot-service");
        assertSmallIsThereOnce("kill-snapshotter", "killsnapshot");
    }

    @Test
    void theVerifierIsKilledInTheMiddleOfACheck() throws Exception {
        try (var page = new CheckedPage()) {
            var bundle = Bundles.of(
                    topic("killverifier.orders"),
                    acl("killverifier-worker", "killverifier.orders"),
                    httpCheck("killverifier-page", page.url(), 200));
            migrations.submit("kill-verifier", "test", bundle);
            page.awaitAsked(Migrations.PATIENCE);
            assertThat(stack.log().events(Topics.TASKS, VerifyPhase.class, "kill-verifier"))
                    .isNotEmpty();
            stack.stack().kill("verifier-service");
            page.answer(200);
            stack.stack().start("verifier-service");
            assertSmallIsThereOnce("kill-verifier", "killverifier");
        }
    }

    @Test
    void theConsoleIsKilledBeforeAndAfterAnApproval() {
        migrations.submit("kill-console", "production", small("killconsole"));
        stack.stack().kill("console-service");
        var waiting = migrations.await("kill-console", MigrationState.AWAITING_APPROVAL); // needs no console
        stack.stack().start("console-service");
        migrations.approve("kill-console", waiting.planDigest().orElseThrow());
        stack.stack().kill("console-service");

        migrations.await("kill-console", MigrationState.SUCCEEDED);

        assertThat(stack.cluster("production").topics("killconsole.")).containsOnlyKeys("killconsole.orders");
        assertThat(stack.cluster("production").acls("killconsole.")).hasSize(2);
        stack.stack().start("console-service");
        migrations.await(
                "kill-console",
                "the console tells the end",
                () -> migrations
                        .statusByApi("kill-console")
                        .filter(status -> status.state() == MigrationState.SUCCEEDED));
    }

    // hasura/graphql-engine#7166: killed after the write, before it was recorded
    // camunda/camunda#48343, spinnaker/spinnaker#6625: a crash leaves the lock, nobody may go on
    @Test
    void theExecutorIsKilledInTheMiddleOfALargeBatch() {
        migrations.submit(
                "kill-apply",
                "test",
                Bundles.of(Bundles.topics("killapply.topic-", 300), Bundles.acls("killapply.topic-0", 150)));
        awaitEvent("kill-apply", Topics.BATCHES, ApplyBatch.class);
        SortedMap<String, Uuid> made = migrations.await(
                "kill-apply",
                "the first topics made",
                () -> Optional.of(cluster.topics("killapply.")).filter(topics -> !topics.isEmpty()));
        killAndStart("executor-service");

        var end = migrations.await("kill-apply", MigrationState.SUCCEEDED);

        var topics = cluster.topics("killapply.");
        assertThat(topics).hasSize(300);
        assertThat(topics).as("nothing was made a second time").containsAllEntriesOf(made);
        assertThat(cluster.acls("killapply.")).hasSize(300);
        assertThat(end.counts().applied() + end.counts().alreadyApplied()).isEqualTo(600);
        assertThat(end.counts().conflicts() + end.counts().failed()).isZero();
    }

    // hasura/graphql-engine#9067: a failed deploy leaves metadata inconsistent
    @Test
    void theExecutorIsKilledInTheMiddleOfARollback() {
        cluster.createTopic("killrevert.before", Map.of("retention.ms", "111000"));
        var before = cluster.topics("killrevert.");
        try (var page = new CheckedPage()) {
            page.answer(500);
            migrations.submit(
                    "kill-revert",
                    "test",
                    Bundles.of(
                            topic("killrevert.before", "retention.ms: 222000"),
                            Bundles.topics("killrevert.topic-", 100),
                            Bundles.acls("killrevert.topic-0", 50),
                            httpCheck("killrevert-page", page.url(), 200)));
            awaitEvent("kill-revert", Topics.BATCHES, RevertBatch.class);
            killAndStart("executor-service");

            var end = migrations.await("kill-revert", MigrationState.ROLLED_BACK);

            assertThat(end.endHash()).isPresent().isEqualTo(end.beforeHash());
        }
        assertThat(cluster.topics("killrevert.")).isEqualTo(before);
        assertThat(cluster.configs("killrevert.before")).containsEntry("retention.ms", "111000");
        assertThat(cluster.acls("killrevert.")).isEmpty();
    }

    private static Bundle small(String prefix) {
        return Bundles.of(
                topic(prefix + ".orders", "retention.ms: 86400000"), acl(prefix + "-worker", prefix + ".orders"));
    }

    private void assertSmallIsThereOnce(String id, String prefix) {
        MigrationStatus end = migrations.await(id, MigrationState.SUCCEEDED);
        assertThat(end.counts().applied()).isEqualTo(3);
        assertThat(stack.log().events(Topics.BATCHES, ApplyBatch.class, id).stream()
                        .map(ApplyBatch::getBatch)
                        .toList())
                .as("each batch is commanded once")
                .doesNotHaveDuplicates();
        assertThat(cluster.topics(prefix + ".")).containsOnlyKeys(prefix + ".orders");
        assertThat(cluster.acls(prefix + ".")).hasSize(2);
    }

    private void killAndStart(String service) {
        stack.stack().kill(service);
        stack.stack().start(service);
    }

    private <T extends SpecificRecord> void awaitEvent(String id, String topic, Class<T> type) {
        migrations.await(
                id,
                type.getSimpleName() + " on " + topic,
                () -> stack.log().events(topic, type, id).stream().findFirst());
    }
}
