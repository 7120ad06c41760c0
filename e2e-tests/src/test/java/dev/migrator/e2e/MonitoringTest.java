package dev.migrator.e2e;

import static dev.migrator.e2e.Bundles.topic;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.error.Problem;
import dev.migrator.core.lifecycle.ChecklistLine;
import dev.migrator.core.lifecycle.MigrationState;
import dev.migrator.core.lifecycle.MigrationStatus;
import dev.migrator.events.v1.ApplyBatch;
import dev.migrator.events.v1.MonitoringAnswered;
import dev.migrator.events.v1.VerifyPhase;
import dev.migrator.kit.topics.Topics;
import java.nio.file.Files;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/**
 * An environment that declares monitoring: nothing is written before it is heard, it is watched while phases bake, and undoing
 * needs none of it. Another one in which what verification says "no" to is paused. On a stack of its own, in which an operator has
 * declared both.
 */
@Tag("e2e")
@Order(41)
@Timeout(value = 6, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MonitoringTest {
    private static final String DECLARED = """
              - name: test
                monitoring:
                  - {source: checkout-service, metric: errors, attributes: {route: /pay}, every: 30s, max: 0}
            """;
    private static final String ROLLOUT = """
            apiVersion: migrator.dev/v1
            kind: Rollout
            metadata: {name: watched}
            spec:
              environments: [test]
              rest: {bake: %s}
            """;

    private static SharedStack stack;
    private static Migrations migrations;

    @BeforeAll
    static void up() throws Exception {
        stack = SharedStack.monitored();
        migrations = stack.migrations();
        var file = stack.stack().layout().config().resolve("environments.yaml");
        var declared = Files.readString(file)
                .replace("  - name: test\n", DECLARED)
                .replace("  - name: production\n", "  - name: production\n    onAnomaly: pause\n");
        assertThat(declared).contains("monitoring:", "onAnomaly:");
        Files.writeString(file, declared);
        stack.stack().restart("verifier-service");
        stack.stack().restart("executor-service");
    }

    @AfterAll
    static void down() {
        if (stack != null) {
            stack.close();
        }
    }

    private static MonitoredSource source() throws Exception {
        return new MonitoredSource(
                stack.stack().kafka("control").clientConfig("requester"),
                stack.stack().registryUrl("control"),
                "test");
    }

    private static ChecklistLine line(MigrationStatus status) {
        return status.checklist().stream()
                .filter(line -> line.name().equals("monitoring-active"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    @Order(1)
    void aSilentSourceKeepsTheMigrationWaitingAndOneThatIsHeardLetsItGoOn() throws Exception {
        migrations.submit("monitored-1", "test", Bundles.of(topic("monitored.orders")));

        var waiting = migrations.await(
                "monitored-1", "monitoring missed", status -> status.waitsFor().contains("SIG-SILENT"));

        assertThat(waiting.waitsFor()).contains("checkout-service errors{route=/pay}", "every 30s");
        assertThat(line(waiting).mark()).isEqualTo(ChecklistLine.Mark.MISSING);
        assertThat(stack.log().events(Topics.BATCHES, ApplyBatch.class, "monitored-1"))
                .isEmpty();
        assertThat(stack.cluster("test").topics("monitored.")).isEmpty();

        try (var _ = source().steady()) {
            var end = migrations.await("monitored-1", MigrationState.SUCCEEDED);
            assertThat(line(end).mark()).isEqualTo(ChecklistLine.Mark.PASSED);
            assertThat(line(end).evidence()).contains("heard: checkout-service errors{route=/pay}, last sample ");
        }
        var heard = stack.log().events(Topics.VERDICTS, MonitoringAnswered.class, "monitored-1").stream()
                .filter(answer -> answer.getProblems().isEmpty())
                .toList()
                .getLast();
        assertThat(stack.object(heard.getUri())).contains("\"state\":\"HEARD\"", "\"migration\":\"monitored-1\"");
        assertThat(stack.log().events(Topics.TASKS, VerifyPhase.class, "monitored-1"))
                .isNotEmpty()
                .allSatisfy(asked -> assertThat(asked.getSince()).isNotNull());
        assertThat(stack.cluster("test").topics("monitored.")).containsOnlyKeys("monitored.orders");
    }

    // spinnaker/kayenta#799, spinnaker/kayenta#426: errors against a baseline without errors pass
    @Test
    @Order(2)
    void oneErrorDuringTheBakeRollsBackToTheSameState() throws Exception {
        try (var source = source().steady()) {
            migrations.submit("monitored-2", "test", Bundles.of(topic("monitored.refunds"), ROLLOUT.formatted("15s")));
            migrations.await("monitored-2", "bake", status -> status.waitsFor().startsWith("bake of phase"));
            assertThat(stack.cluster("test").topics("monitored.refunds")).isNotEmpty();

            source.measure(1);

            var end = migrations.await("monitored-2", MigrationState.ROLLED_BACK);
            assertThat(end.problems()).extracting(Problem::code).contains("SIG-OUTSIDE");
            assertThat(end.endHash()).isPresent().isEqualTo(end.beforeHash());
        }
        assertThat(stack.cluster("test").topics("monitored.refunds")).isEmpty();
    }

    @Test
    @Order(3)
    void undoingNeedsNoMonitoring() throws Exception {
        try (var _ = source().steady()) {
            // the error of before keeps it waiting for as long as a source may be silent
            migrations.submit("monitored-3", "test", Bundles.of(topic("monitored.returns"), ROLLOUT.formatted("2h")));
            migrations.await("monitored-3", "bake", status -> status.waitsFor().startsWith("bake of phase"));
        }

        migrations.command("monitored-3", "rollback");

        var end = migrations.await("monitored-3", MigrationState.ROLLED_BACK);
        assertThat(end.endHash()).isPresent().isEqualTo(end.beforeHash());
        assertThat(stack.cluster("test").topics("monitored.returns")).isEmpty();
    }

    // fluxcd/flagger#1186: wants freeze instead of rollback
    @Test
    @Order(4)
    void whereItIsTheRuleAnAnomalyFreezesUntilAPersonHasItVerifiedAgain() throws Exception {
        try (var page = new CheckedPage()) {
            page.answer(500);
            migrations.submit(
                    "frozen-1",
                    "production",
                    Bundles.of(topic("frozen.orders"), Bundles.httpCheck("frozen-page", page.url(), 200)));
            migrations.await("frozen-1", "a plan", status -> status.planDigest().isPresent());
            migrations.approve("frozen-1");

            var frozen = migrations.await("frozen-1", MigrationState.PAUSED);

            assertThat(frozen.problems()).extracting(Problem::code).contains("CHK-HTTP");
            assertThat(frozen.waitsFor()).contains("migrator rollback frozen-1", "migrator resume frozen-1");
            assertThat(stack.cluster("production").topics("frozen.")).containsOnlyKeys("frozen.orders");

            page.answer(200);
            migrations.command("frozen-1", "resume");

            var end = migrations.await("frozen-1", MigrationState.SUCCEEDED);
            assertThat(end.problems()).isEmpty();
        }
        assertThat(stack.log().events(Topics.TASKS, VerifyPhase.class, "frozen-1"))
                .extracting(VerifyPhase::getEpoch)
                .as("in an epoch of its own")
                .contains(1, 2);
        assertThat(stack.cluster("production").topics("frozen.")).containsOnlyKeys("frozen.orders");
    }
}
