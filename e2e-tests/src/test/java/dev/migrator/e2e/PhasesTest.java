package dev.migrator.e2e;

import static dev.migrator.e2e.Bundles.acl;
import static dev.migrator.e2e.Bundles.httpCheck;
import static dev.migrator.e2e.Bundles.topic;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.error.Problem;
import dev.migrator.core.lifecycle.MigrationState;
import dev.migrator.core.lifecycle.MigrationStatus;
import dev.migrator.events.v1.PlanRequested;
import dev.migrator.events.v1.RevertBatch;
import dev.migrator.events.v1.VerifyPhase;
import dev.migrator.kit.topics.Topics;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Phases as a bundle declares them, their bakes, and the undo window. */
@EndToEnd
@Order(2)
class PhasesTest {
    private static final Pattern UNTIL = Pattern.compile(" until ([0-9TZ:.-]+)");

    private final SharedStack stack;
    private final Migrations migrations;
    private final Cluster cluster;

    PhasesTest(SharedStack stack) {
        this.stack = stack;
        this.migrations = stack.migrations();
        this.cluster = stack.cluster("test");
    }

    private static String rollout(String phases, String rest) {
        return """
                apiVersion: migrator.dev/v1
                kind: Rollout
                metadata: {name: calm}
                spec:
                  environments: [test]
                  phases: [%s]
                  rest: {bake: %s}
                """.formatted(phases, rest);
    }

    private MigrationStatus awaitBake(String id, String phase) {
        return migrations.await(
                id, "bake of " + phase, status -> status.waitsFor().startsWith("bake of phase " + phase + " until"));
    }

    // argoproj/argo-rollouts#1297: abort does not restore the config
    @Test
    void aCanaryThatGoesBadInItsBakeIsUndoneAndTheTargetsOwnLogHoldsNothingElse() throws Exception {
        cluster.createTopic("bake.canary", Map.of("retention.ms", "111000"));
        var before = cluster.topics("bake.");
        var log = new MetadataLog(stack, "test");
        long start = log.end();
        try (var page = new CheckedPage()) {
            page.answer(200);
            migrations.submit(
                    "bake-1",
                    "test",
                    Bundles.of(
                            topic("bake.canary", "retention.ms: 222000"),
                            topic("bake.rest-1"),
                            topic("bake.rest-2"),
                            acl("bake-worker", "bake.rest-1"),
                            httpCheck("bake-page", page.url(), 200),
                            rollout(
                                    "{name: first, select: {resources: [Topic/bake.canary, SmokeCheck/bake-page]}, bake: 40s}",
                                    "10s")));
            var baking = awaitBake("bake-1", "first");
            assertThat(baking.state()).isEqualTo(MigrationState.VERIFYING);
            assertThat(migrations.planText("bake-1"))
                    .contains("first, bake 40s (SmokeCheck/bake-page, Topic/bake.canary)", "rest, bake 10s");
            assertThat(cluster.configs("bake.canary")).containsEntry("retention.ms", "222000");

            page.answer(500);
            // a bake is not in any process's memory
            stack.stack().kill("executor-service");
            stack.stack().start("executor-service");

            var end = migrations.await("bake-1", MigrationState.ROLLED_BACK);
            assertThat(end.problems()).extracting(Problem::code).contains("CHK-HTTP");
            assertThat(end.endHash()).isPresent().isEqualTo(end.beforeHash());
        }
        assertThat(stack.log().events(Topics.TASKS, VerifyPhase.class, "bake-1"))
                .extracting(VerifyPhase::getPhase, VerifyPhase::getEpoch)
                .contains(org.assertj.core.groups.Tuple.tuple(0, 1), org.assertj.core.groups.Tuple.tuple(0, 2));
        assertThat(stack.log().events(Topics.BATCHES, RevertBatch.class, "bake-1"))
                .extracting(RevertBatch::getBatch)
                .containsOnly(0);
        assertThat(cluster.topics("bake.")).isEqualTo(before);
        assertThat(cluster.configs("bake.canary")).isEqualTo(Map.of("retention.ms", "111000"));

        var changes =
                log.after(start).stream().filter(MetadataLog.Change::isAskedFor).toList();
        assertThat(changes)
                .filteredOn(change -> change.name().equals("bake.canary"))
                .as("there and back, and never another topic of that name")
                .hasSizeGreaterThanOrEqualTo(2)
                .allSatisfy(change -> assertThat(change.type()).isEqualTo("CONFIG_RECORD"));
        assertThat(changes)
                .as("what else the cluster was told while the migration ran")
                .filteredOn(change -> !change.name().equals("bake.canary"))
                .allSatisfy(change -> assertThat(change.type())
                        .isIn("ACCESS_CONTROL_ENTRY_RECORD", "REMOVE_ACCESS_CONTROL_ENTRY_RECORD"))
                .allSatisfy(change -> assertThat(change.about().toString())
                        .as("markers by which the executor settles, and no rule of the bundle")
                        .contains("migrator.")
                        .doesNotContain("bake"));
    }

    private static String schema(String phase) {
        return """
                apiVersion: migrator.dev/v1
                kind: Schema
                metadata: {name: own-log-%1$s}
                spec:
                  type: AVRO
                  group: own-log-%1$s
                  version: "1"
                  content: '{"type":"string"}'
                """.formatted(phase);
    }

    private static String rows(String phase) {
        return """
                apiVersion: migrator.dev/v1
                kind: TableRows
                metadata: {name: own-log-%1$s}
                spec:
                  table: public.own_log_%1$s
                  key: [id]
                  rows: [{id: %1$s, text: new}]
                """.formatted(phase);
    }

    private static String resources(String phase) {
        return "Schema/own-log-%1$s, TableRows/own-log-%1$s".formatted(phase);
    }

    @Test
    void ofACanaryThatFailsTheOwnLogsOfRegistryAndDatabaseHoldItsPhaseThereAndBackAndNothingElse() throws Exception {
        var registry = new RegistryAuditLog(stack, "test");
        try (var database = stack.database("test");
                var page = new CheckedPage()) {
            for (String phase : List.of("first", "second", "last")) {
                database.execute("SET ROLE shop_owner; CREATE TABLE own_log_" + phase
                        + " (id text PRIMARY KEY, text text NOT NULL); RESET ROLE");
            }
            try (var log = new WriteAheadLog(database, "own_log")) {
                long start = registry.end();
                page.answer(500);
                migrations.submit(
                        "own-log-1",
                        "test",
                        Bundles.of(
                                schema("first"),
                                rows("first"),
                                schema("second"),
                                rows("second"),
                                schema("last"),
                                rows("last"),
                                httpCheck("own-log-page", page.url(), 200),
                                rollout(
                                        "{name: canary, select: {resources: [%s, SmokeCheck/own-log-page]}}, {name: second, select: {resources: [%s]}}"
                                                .formatted(resources("first"), resources("second")),
                                        "0s")));

                var end = migrations.await("own-log-1", MigrationState.ROLLED_BACK);

                assertThat(end.problems()).extracting(Problem::code).contains("CHK-HTTP");
                assertThat(end.endHash()).isPresent().isEqualTo(end.beforeHash());
                assertThat(migrations.planText("own-log-1")).contains("own_log_second", "own_log_last");
                assertThat(log.rows())
                        .containsExactly(
                                "table public.own_log_first: INSERT: id[text]:'first' text[text]:'new'",
                                "table public.own_log_first: DELETE: id[text]:'first'");
                assertThat(registry.after(start))
                        .as("there and back, and no other group")
                        .hasSizeGreaterThanOrEqualTo(2)
                        .anySatisfy(change -> assertThat(change.action()).startsWith("create"))
                        .allSatisfy(change -> assertThat(change.group()).isEqualTo("own-log-first"));
                assertThat(registry.after(start).getLast().action()).doesNotStartWith("create");
            }
        }
    }

    @Test
    void withinTheUndoWindowEverythingIsUndoneWithoutANewPlan() {
        migrations.submit("window-1", "test", Bundles.of(topic("window.orders"), rollout("", "2h")));
        var baking = awaitBake("window-1", "rest");
        assertThat(baking.waitsFor()).contains("undo window: migrator rollback window-1");
        assertThat(cluster.topics("window.")).containsOnlyKeys("window.orders");

        migrations.command("window-1", "rollback");

        var end = migrations.await("window-1", MigrationState.ROLLED_BACK);
        assertThat(end.endHash()).isPresent().isEqualTo(end.beforeHash());
        assertThat(cluster.topics("window.")).isEmpty();
        assertThat(stack.log().events(Topics.TASKS, PlanRequested.class, "window-1"))
                .hasSize(1);
    }

    // fluxcd/flagger#1186: wants freeze instead of rollback
    @Test
    void aPauseInABakeFreezesAndAResumeGoesOnToTheEnd() {
        migrations.submit(
                "held-in-bake-1",
                "test",
                Bundles.of(
                        topic("held-in-bake.canary"),
                        topic("held-in-bake.rest"),
                        rollout("{name: first, select: {resources: [Topic/held-in-bake.canary]}, bake: 45s}", "1s")));
        var end = endOfBake(awaitBake("held-in-bake-1", "first"));
        migrations.command("held-in-bake-1", "pause");
        migrations.await("held-in-bake-1", MigrationState.PAUSED);
        assertThat(epochsAskedFor("held-in-bake-1")).as("paused in the bake").containsExactly(1);

        migrations.await(
                "held-in-bake-1", "end of the bake", () -> Optional.of(end).filter(Instant.now()::isAfter));
        // whoever decides about the one has decided about the other meanwhile
        migrations.submit("held-in-bake-2", "test", Bundles.of(topic("other.topic")));
        migrations.await("held-in-bake-2", MigrationState.SUCCEEDED);
        assertThat(migrations.status("held-in-bake-1").orElseThrow().state()).isEqualTo(MigrationState.PAUSED);
        assertThat(epochsAskedFor("held-in-bake-1"))
                .as("the bake is over, the pause is not")
                .containsExactly(1);
        assertThat(cluster.topics("held-in-bake.")).containsOnlyKeys("held-in-bake.canary");

        migrations.command("held-in-bake-1", "resume");

        migrations.await("held-in-bake-1", MigrationState.SUCCEEDED);
        assertThat(cluster.topics("held-in-bake.")).containsOnlyKeys("held-in-bake.canary", "held-in-bake.rest");
        assertThat(epochsAskedFor("held-in-bake-1"))
                .as("each phase is verified twice")
                .hasSize(3);
    }

    private static Instant endOfBake(MigrationStatus baking) {
        var until = UNTIL.matcher(baking.waitsFor());
        assertThat(until.find()).as(baking.waitsFor()).isTrue();
        return Instant.parse(until.group(1));
    }

    private Set<Integer> epochsAskedFor(String id) {
        return stack.log().events(Topics.TASKS, VerifyPhase.class, id).stream()
                .map(VerifyPhase::getEpoch)
                .collect(Collectors.toSet());
    }
}
