package dev.migrator.e2e;

import static dev.migrator.e2e.Bundles.httpCheck;
import static dev.migrator.e2e.Bundles.topic;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.lifecycle.MigrationState;
import dev.migrator.core.lifecycle.MigrationStatus;
import dev.migrator.events.v1.ApplyBatch;
import dev.migrator.kit.topics.Topics;
import java.util.stream.IntStream;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@EndToEnd
@Order(8)
class ScopeTest {
    private final SharedStack stack;
    private final Migrations migrations;

    ScopeTest(SharedStack stack) {
        this.stack = stack;
        this.migrations = stack.migrations();
    }

    // ariga/atlas#3476: one global lock blocks unrelated changes
    // hashicorp/terraform#28710: who waits for whom can be seen
    @Test
    void whoeverNeedsTheSameTopicQueuesBehindItsHolderAndAllOthersGoOn() throws Exception {
        try (var page = new CheckedPage()) {
            migrations.submit(
                    "scope-holder",
                    "test",
                    Bundles.of(
                            topic("scope.shared", "retention.ms: 111000"), httpCheck("scope-page", page.url(), 200)));
            page.awaitAsked(Migrations.PATIENCE);

            migrations.submit("scope-queued", "test", Bundles.of(topic("scope.shared", "retention.ms: 222000")));
            var queued = migrations.await("scope-queued", MigrationState.QUEUED);
            assertThat(queued.waitsFor()).contains("scope-holder");
            assertThat(queued.lock()).hasValueSatisfying(lock -> {
                assertThat(lock.held()).isFalse();
                assertThat(lock.behind()).containsExactly("scope-holder");
                assertThat(lock.scope()).contains("write topic scope.shared (kafka)");
            });
            assertThat(migrations.status("scope-holder").flatMap(MigrationStatus::lock))
                    .hasValueSatisfying(lock -> assertThat(lock.held()).isTrue());
            // a verifier judges one phase at a time in each partition
            var other = elsewhere("scope-holder", "scope-disjoint");
            migrations.submit(other, "test", Bundles.of(topic("scope.disjoint")));
            migrations.await(other, MigrationState.SUCCEEDED);
            assertThat(stack.log().events(Topics.BATCHES, ApplyBatch.class, "scope-queued"))
                    .isEmpty();

            page.answer(200);
            migrations.await("scope-holder", MigrationState.SUCCEEDED);
            migrations.await("scope-queued", MigrationState.SUCCEEDED);
        }
        assertThat(stack.cluster("test").configs("scope.shared")).containsEntry("retention.ms", "222000");
    }

    // fluxcd/flagger#1186: wants freeze instead of rollback
    @Test
    void aPauseFreezesWhatWasAppliedAndKeepsItsTopicsUntilItIsResumed() throws Exception {
        try (var page = new CheckedPage()) {
            migrations.submit(
                    "freeze-1",
                    "test",
                    Bundles.of(
                            topic("freeze.orders", "retention.ms: 111000"), httpCheck("freeze-page", page.url(), 200)));
            page.awaitAsked(Migrations.PATIENCE);
            migrations.command("freeze-1", "pause");
            migrations.await("freeze-1", MigrationState.PAUSED);
            page.answer(200);

            migrations.submit("freeze-2", "test", Bundles.of(topic("freeze.orders", "retention.ms: 222000")));
            assertThat(migrations.await("freeze-2", MigrationState.QUEUED).waitsFor())
                    .contains("freeze-1");
            assertThat(stack.cluster("test").configs("freeze.orders")).containsEntry("retention.ms", "111000");

            migrations.command("freeze-1", "resume");
            migrations.await("freeze-1", MigrationState.SUCCEEDED);
            migrations.await("freeze-2", MigrationState.SUCCEEDED);
        }
    }

    /** An id that begins so and lands in another partition than that one. */
    private static String elsewhere(String id, String prefix) {
        return IntStream.range(0, 100)
                .mapToObj(number -> prefix + "-" + number)
                .filter(other -> partition(other) != partition(id))
                .findFirst()
                .orElseThrow();
    }

    private static int partition(String key) {
        return Utils.toPositive(Utils.murmur2(key.getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                % Topics.PARTITIONS;
    }
}
