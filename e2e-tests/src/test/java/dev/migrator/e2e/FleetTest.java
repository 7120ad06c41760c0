package dev.migrator.e2e;

import static dev.migrator.e2e.Bundles.httpCheck;
import static dev.migrator.e2e.Bundles.topic;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.cli.ExitCode;
import dev.migrator.core.error.Problem;
import dev.migrator.core.fleet.FleetMember;
import dev.migrator.core.fleet.FleetState;
import dev.migrator.core.lifecycle.MigrationState;
import dev.migrator.events.v1.ChangeRequested;
import dev.migrator.kit.topics.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same bundle in both environments of the stack, as two waves of its fleet {@code all}. */
@EndToEnd
@Order(5)
class FleetTest {
    private final SharedStack stack;
    private final Migrations migrations;
    private final Cluster test;
    private final Cluster production;

    @TempDir
    Path home;

    FleetTest(SharedStack stack) {
        this.stack = stack;
        this.migrations = stack.migrations();
        this.test = stack.cluster("test");
        this.production = stack.cluster("production");
    }

    @Test
    void theSecondWaveBeginsByItselfAlthoughTheExecutorDiedMeanwhileAndAsksForItsOwnApproval() throws Exception {
        try (var page = new CheckedPage()) {
            migrations.submitFleet(
                    "fleet-good",
                    "all",
                    Bundles.of(topic("fleetgood.orders"), httpCheck("fleetgood-page", page.url(), 200)));
            page.awaitAsked(Migrations.PATIENCE); // the first wave is applied and looked at
            assertThat(changesOf("fleet-good.production")).isZero();
            stack.stack().kill("executor-service");
            page.answer(200); // it succeeds while nobody is there to begin the next
            stack.stack().start("executor-service");

            migrations.await("fleet-good.test", MigrationState.SUCCEEDED);
            var waiting = migrations.await("fleet-good.production", MigrationState.AWAITING_APPROVAL);
            assertThat(waiting.fleet()).contains("fleet-good");
            assertThat(production.topics("fleetgood.")).isEmpty();
            assertThat(migrations.fleet("fleet-good").orElseThrow().wave()).isEqualTo(2);
            migrations.approve("fleet-good.production");
            var end = migrations.awaitFleet("fleet-good", FleetState.SUCCEEDED);

            assertThat(end.members()).extracting(FleetMember::environment).containsExactly("test", "production");
            assertThat(end.members()).allMatch(FleetMember::isGood);
            assertThat(end.members().getLast().planDigest()).isEqualTo(waiting.planDigest());
        }
        assertThat(test.topics("fleetgood.")).containsOnlyKeys("fleetgood.orders");
        assertThat(production.topics("fleetgood.")).containsOnlyKeys("fleetgood.orders");
        assertThat(changesOf("fleet-good.test")).isEqualTo(1);
        assertThat(changesOf("fleet-good.production")).isEqualTo(1);
    }

    @Test
    void aFirstWaveThatFailsItsCheckIsRolledBackAndTheSecondNeverBegins() throws IOException {
        try (var page = new CheckedPage()) {
            page.answer(500);
            migrations.submitFleet(
                    "fleet-bad",
                    "all",
                    Bundles.of(topic("fleetbad.orders"), httpCheck("fleetbad-page", page.url(), 200)));

            var end = migrations.awaitFleet("fleet-bad", FleetState.STOPPED);

            assertThat(end.wave()).isEqualTo(1);
            assertThat(end.problems()).extracting(Problem::code).containsExactly("FLT-MIGRATION-FAILED");
            assertThat(end.members().getFirst().state()).contains(MigrationState.ROLLED_BACK);
            assertThat(end.members().getLast().state()).isEmpty();
        }
        assertThat(test.topics("fleetbad.")).isEmpty();
        assertThat(production.topics("fleetbad.")).isEmpty();
        assertThat(changesOf("fleet-bad.production")).isZero();
        assertThat(migrations.status("fleet-bad.production")).isEmpty();
        var commandLine = new CommandLine(home, stack);
        var said = migrations.await(
                "fleet-bad.test",
                "shown by the command line",
                () -> Optional.of(commandLine.run("status", "fleet-bad"))
                        .filter(answer -> answer.out().contains("STOPPED")));
        assertThat(said.code()).isEqualTo(ExitCode.ROLLED_BACK);
        assertThat(said.out()).contains("FLT-MIGRATION-FAILED", "not begun");
    }

    @Test
    void aRunThatAPersonStopsBeginsNoFurtherWaveAndNamesHowToTakeBackWhatSucceeded() throws Exception {
        try (var page = new CheckedPage()) {
            migrations.submitFleet(
                    "fleet-stop",
                    "all",
                    Bundles.of(topic("fleetstop.orders"), httpCheck("fleetstop-page", page.url(), 200)));
            page.awaitAsked(Migrations.PATIENCE);
            migrations.stopFleet("fleet-stop", "a holiday");
            migrations.awaitFleet("fleet-stop", FleetState.STOPPING);
            page.answer(200);

            var end = migrations.awaitFleet("fleet-stop", FleetState.STOPPED);

            assertThat(end.stoppedBy()).contains("operator");
            assertThat(end.reverts()).containsExactly("migrator revert fleet-stop.test");
        }
        assertThat(test.topics("fleetstop.")).containsOnlyKeys("fleetstop.orders");
        assertThat(production.topics("fleetstop.")).isEmpty();
        assertThat(changesOf("fleet-stop.production")).isZero();
    }

    /** How often a migration of that id was asked for. */
    private long changesOf(String id) {
        return stack.log().events(Topics.CHANGES, ChangeRequested.class, id).size();
    }
}
