package dev.migrator.core.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.environment.Fleet;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.lifecycle.ChangeRequest;
import dev.migrator.core.lifecycle.MigrationId;
import dev.migrator.core.lifecycle.MigrationState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FleetsTest {
    private final Shell shell = new Shell();

    @Test
    void aRunBeginsWithItsFirstWaveAndNothingElse() {
        shell.requested();

        assertThat(shell.asked).singleElement().satisfies(change -> {
            assertThat(change.id()).isEqualTo(new MigrationId("f-1.canary"));
            assertThat(change.environment()).isEqualTo("canary");
            assertThat(change.intent()).isEqualTo(ChangeRequest.Intent.APPLY);
            assertThat(change.bundleDigest()).isEqualTo(Digest.ofText("bundle"));
            assertThat(change.bundleUri()).contains("4be21d0/f-1/bundle.json");
            assertThat(change.commit()).isEqualTo("4be21d0");
            assertThat(change.requester()).isEqualTo("alice");
            assertThat(change.fleet()).contains("f-1");
        });
        var status = shell.status();
        assertThat(status.state()).isEqualTo(FleetState.RUNNING);
        assertThat(status.wave()).isEqualTo(1);
        assertThat(status.waves()).isEqualTo(3);
        assertThat(status.members())
                .extracting(FleetMember::environment)
                .containsExactly("canary", "eu-1", "eu-2", "eu-3");
        assertThat(status.members().getFirst().state()).contains(MigrationState.REQUESTED);
        assertThat(status.members().getLast().state()).isEmpty();
        assertThat(status.members().getLast().migration()).isEqualTo(new MigrationId("f-1.eu-3"));
    }

    @Test
    void aRequestThatIsPublishedTwiceStartsOneRun() {
        shell.requested().requested();

        assertThat(shell.askedOf()).containsExactly("canary");
        assertThat(shell.refusals()).isEmpty();
    }

    @Test
    void anIdThatIsUsedForAnotherRequestIsRefusedAndTheFirstGoesOn() {
        shell.requested();
        var other = Samples.request();
        shell.give(new FleetFact.Requested(new FleetRequest(
                other.id(),
                other.fleet(),
                Digest.ofText("another"),
                other.bundleUri(),
                Optional.empty(),
                other.commit(),
                other.requester(),
                Optional.empty())));

        assertThat(shell.refusals()).containsExactly("FLT-ID-REUSED");
        assertThat(shell.askedOf()).containsExactly("canary");
        assertThat(shell.status().bundleDigest()).isEqualTo(Digest.ofText("bundle"));
    }

    @Test
    void aWaveThatSucceededBakesBeforeTheNextBegins() {
        shell.requested().says(MigrationState.SUCCEEDED, "canary");

        assertThat(shell.status().state()).isEqualTo(FleetState.BAKING);
        assertThat(shell.status().bakesUntil()).contains(shell.now.plus(Duration.ofMinutes(10)));
        shell.after(Duration.ofMinutes(10).minusMillis(1));
        assertThat(shell.askedOf()).containsExactly("canary");
        shell.after(Duration.ofMillis(1));
        assertThat(shell.askedOf()).containsExactly("canary", "eu-1", "eu-2");
        assertThat(shell.status().state()).isEqualTo(FleetState.RUNNING);
        assertThat(shell.status().bakesUntil()).isEmpty();
    }

    @Test
    void theNextWaveWaitsForAllOfTheOneBeforeAndTheLastNeedsNoBake() {
        shell.requested().says(MigrationState.NO_CHANGES, "canary").after(Duration.ofMinutes(10));
        shell.says(MigrationState.EXECUTING, "eu-1");
        shell.says(MigrationState.SUCCEEDED, "eu-2").after(Duration.ofHours(1));
        assertThat(shell.askedOf()).doesNotContain("eu-3");

        shell.says(MigrationState.SUCCEEDED, "eu-1").after(Duration.ofMinutes(10));
        assertThat(shell.askedOf()).contains("eu-3");
        shell.says(MigrationState.SUCCEEDED, "eu-3");

        assertThat(shell.status().state()).isEqualTo(FleetState.SUCCEEDED);
        assertThat(shell.status().reverts()).isEmpty();
        assertThat(shell.decisions().getLast()).isEqualTo("fleet-ended");
    }

    @ParameterizedTest
    @EnumSource(names = {"ROLLED_BACK", "ROLLBACK_INCOMPLETE", "REJECTED", "CANCELLED"})
    void aMigrationThatDoesNotSucceedStopsTheRun(MigrationState end) {
        shell.requested().says(MigrationState.SUCCEEDED, "canary").after(Duration.ofMinutes(10));
        shell.says(end, "eu-1");

        assertThat(shell.status().state()).isEqualTo(FleetState.STOPPING);
        shell.says(MigrationState.SUCCEEDED, "eu-2").after(Duration.ofDays(1));

        assertThat(shell.askedOf()).containsExactly("canary", "eu-1", "eu-2");
        var status = shell.status();
        assertThat(status.state()).isEqualTo(FleetState.STOPPED);
        assertThat(status.stoppedBy()).isEmpty();
        assertThat(status.problems()).extracting(Problem::code).containsExactly("FLT-MIGRATION-FAILED");
        assertThat(status.problems().getFirst().found()).startsWith(end.name());
        assertThat(status.members().getLast().state()).isEmpty();
        assertThat(status.reverts()).containsExactly("migrator revert f-1.eu-2", "migrator revert f-1.canary");
    }

    @Test
    void whatNeededNoChangeIsNotAmongTheThingsToTakeBack() {
        shell.requested().says(MigrationState.NO_CHANGES, "canary").after(Duration.ofMinutes(10));
        shell.says(MigrationState.SUCCEEDED, "eu-1").says(MigrationState.ROLLED_BACK, "eu-2");

        assertThat(shell.status().reverts()).containsExactly("migrator revert f-1.eu-1");
        assertThat(shell.status().problems().getFirst().found()).contains("VER-CHECK");
    }

    @Test
    void aStopLetsNoFurtherWaveBeginAndWaitsForTheOneThatHas() {
        shell.requested().says(MigrationState.AWAITING_APPROVAL, "canary").stopped("a holiday");

        assertThat(shell.status().state()).isEqualTo(FleetState.STOPPING);
        assertThat(shell.status().waitsForAPerson()).isTrue();
        shell.says(MigrationState.SUCCEEDED, "canary").after(Duration.ofDays(1));

        assertThat(shell.askedOf()).containsExactly("canary");
        assertThat(shell.status().state()).isEqualTo(FleetState.STOPPED);
        assertThat(shell.status().stoppedBy()).contains("olga");
        assertThat(shell.status().problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("FLT-STOPPED");
            assertThat(problem.found()).isEqualTo("a holiday");
        });
    }

    @Test
    void aStopWhileItBakesEndsItAtOnce() {
        shell.requested().says(MigrationState.SUCCEEDED, "canary").stopped("");

        assertThat(shell.status().state()).isEqualTo(FleetState.STOPPED);
        assertThat(shell.after(Duration.ofDays(1)).askedOf()).containsExactly("canary");
    }

    @Test
    void aStopThatComesBeforeTheRequestLetsNothingBegin() {
        shell.stopped("too early").after(Duration.ofMinutes(59)).requested();

        assertThat(shell.asked).isEmpty();
        assertThat(shell.status().state()).isEqualTo(FleetState.STOPPED);
        assertThat(shell.status().wave()).isZero();
    }

    @Test
    void aStopWhoseRunNeverCameIsForgotten() {
        shell.stopped("").after(Duration.ofHours(1));

        assertThat(shell.run().isEmpty()).isTrue();
        assertThat(shell.requested().askedOf()).containsExactly("canary");
    }

    @Test
    void aStopAfterTheEndIsRefused() {
        shell.requested().says(MigrationState.SUCCEEDED, "canary").after(Duration.ofMinutes(10));
        shell.says(MigrationState.SUCCEEDED, "eu-1", "eu-2").after(Duration.ofMinutes(10));
        shell.says(MigrationState.SUCCEEDED, "eu-3").stopped("late");

        assertThat(shell.refusals()).containsExactly("FLT-ENDED");
        assertThat(shell.status().state()).isEqualTo(FleetState.SUCCEEDED);
    }

    @Test
    void aStopOfTheLastWaveDoesNotUnmakeItsSuccess() {
        var run = new Shell(new Fleet("europe", List.of(List.of("canary")), Fleet.NO_BAKE));
        run.requested().stopped("enough").says(MigrationState.SUCCEEDED, "canary");

        assertThat(run.status().state()).isEqualTo(FleetState.SUCCEEDED);
        assertThat(run.status().problems()).isEmpty();
    }

    @Test
    void aFleetThatIsNotDeclaredIsRejected() {
        shell.give(new FleetFact.Requested(Samples.request(Samples.ID, "asia")));

        assertThat(shell.status().state()).isEqualTo(FleetState.REJECTED);
        assertThat(shell.status().problems()).extracting(Problem::code).containsExactly("FLT-UNKNOWN");
        assertThat(shell.asked).isEmpty();
    }

    @Test
    void anIdThatLeavesNoRoomForTheNamesOfEnvironmentsIsRejected() {
        var fits = new Shell(Samples.RULES, new FleetId("f".repeat(57)));
        var tooLong = new Shell(Samples.RULES, new FleetId("f".repeat(58)));

        assertThat(fits.requested().status().state()).isEqualTo(FleetState.RUNNING);
        assertThat(fits.asked.getFirst().id().value()).hasSize(64);
        assertThat(tooLong.requested().status().problems())
                .extracting(Problem::code)
                .containsExactly("FLT-ID-LENGTH");
        assertThatThrownBy(() -> new FleetId("f".repeat(63))).isInstanceOf(ProblemException.class);
    }

    @Test
    void noTwoEnvironmentsOfAnyRunsShareTheIdOfAMigration() {
        assertThat(new FleetId("r42").child("eu-production")).isNotEqualTo(new FleetId("r42-eu").child("production"));
        assertThat(new FleetId("r42").child("eu.production")).isEqualTo(new MigrationId("r42.eu.production"));
        assertThatThrownBy(() -> new FleetId("r42.eu"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo("FLT-ID"));
        assertThat(FleetId.isOne(new FleetId("r42").child("production").value()))
                .isFalse();
    }

    @Test
    void tooManyRunsAtOnceAreRefused() {
        shell.beside = new Beside(200, 0);
        assertThat(shell.requested().status().problems())
                .extracting(Problem::code)
                .containsExactly("FLT-TOO-MANY");
        assertThat(shell.asked).isEmpty();

        assertThat(shell.status().problems().getFirst().todo()).contains("under a new id");
    }

    @Test
    void ordersToStopThatCameEarlyAreBoundedOnTheirOwnAndTakeNoRoomFromRuns() {
        shell.beside = new Beside(0, 200);
        assertThat(shell.stopped("").run().isEmpty()).isTrue();
        assertThat(shell.refusals()).containsExactly("FLT-TOO-MANY-STOPS");
        assertThat(shell.requested().status().state()).isEqualTo(FleetState.RUNNING);

        var beside = new Shell();
        beside.beside = new Beside(200, 0);
        assertThat(beside.stopped("").run().isOnlyStop()).isTrue();
    }

    @Test
    void whatTheFileSaysLaterDoesNotChangeARunUnderWay() {
        shell.requested().says(MigrationState.SUCCEEDED, "canary");
        var edited = new Fleet("europe", List.of(List.of("us-1")), Fleet.NO_BAKE);

        var next = Fleets.decide(
                shell.run(),
                new FleetFact.Tick(shell.now.plus(Duration.ofMinutes(10)), Optional.empty()),
                Beside.NOTHING,
                shell.now,
                Samples.rules(edited));

        assertThat(next.effects().stream()
                        .filter(FleetEffect.ChildAsked.class::isInstance)
                        .map(effect ->
                                ((FleetEffect.ChildAsked) effect).change().environment()))
                .containsExactly("eu-1", "eu-2");
    }

    @Test
    void aChangeThatNobodyAnswersIsAskedForAgainUnchangedAndThenGivenUp() {
        shell.requested().after(Duration.ofSeconds(14));
        assertThat(shell.askedOf()).containsExactly("canary");
        shell.after(Duration.ofSeconds(1));
        assertThat(shell.askedOf()).containsExactly("canary", "canary");
        assertThat(shell.asked.getFirst()).isEqualTo(shell.asked.getLast());

        shell.after(Duration.ofMinutes(40));

        assertThat(shell.asked).hasSize(20);
        assertThat(shell.status().state()).isEqualTo(FleetState.STOPPED);
        assertThat(shell.status().problems()).extracting(Problem::code).containsExactly("FLT-NO-ANSWER");
        assertThat(shell.status().problems().getFirst().expected()).contains("20 times");
    }

    @Test
    void anOutageIsNobodysSilence() {
        shell.requested();
        for (int outage = 0; outage < 50; outage++) {
            shell.away(Duration.ofMinutes(10));
        }
        assertThat(shell.askedOf()).containsExactly("canary");
        while (shell.asked.size() < 20) {
            shell.after(Duration.ofSeconds(5));
        }

        // all that is left to wait for is the answer to the last one: for as long as somebody looks
        shell.away(Duration.ofHours(1)).after(Duration.ofSeconds(119));
        assertThat(shell.status().state()).isEqualTo(FleetState.RUNNING);
        // what came meanwhile is read before or after the first tick, and time passes with a fact too
        shell.now = shell.now.plus(Duration.ofMinutes(5));
        shell.says(MigrationState.PLANNED, "canary").says(MigrationState.SUCCEEDED, "canary");

        assertThat(shell.status().state()).isEqualTo(FleetState.BAKING);
    }

    @Test
    void aFactThatComesAfterAnOutageGivesNobodyUp() {
        shell.requested().says(MigrationState.SUCCEEDED, "canary").after(Duration.ofMinutes(10));
        while (shell.asked.size() < 41) {
            shell.after(Duration.ofSeconds(5));
        }
        shell.now = shell.now.plus(Duration.ofMinutes(10));
        shell.says(MigrationState.PLANNED, "eu-1").says(MigrationState.PLANNED, "eu-2");

        assertThat(shell.after(Duration.ofHours(1)).status().state()).isEqualTo(FleetState.RUNNING);
    }

    @Test
    void whyARunStoppedStaysKnownWhenItsMigrationSaysSomethingBetterLater() {
        shell.requested().says(MigrationState.SUCCEEDED, "canary").after(Duration.ofMinutes(10));
        shell.says(MigrationState.EXECUTING, "eu-1").after(Duration.ofMinutes(40));
        assertThat(shell.status().state()).isEqualTo(FleetState.STOPPING);

        shell.says(MigrationState.SUCCEEDED, "eu-2").says(MigrationState.SUCCEEDED, "eu-1");

        assertThat(shell.status().state()).isEqualTo(FleetState.STOPPED);
        assertThat(shell.status().stoppedBy()).isEmpty();
        assertThat(shell.status().problems()).extracting(Problem::code).containsExactly("FLT-NO-ANSWER");
        assertThat(shell.askedOf()).doesNotContain("eu-3");
    }

    @Test
    void anAnswerEndsTheAsking() {
        shell.requested().says(MigrationState.REQUESTED, "canary").after(Duration.ofDays(3));

        assertThat(shell.askedOf()).containsExactly("canary");
        assertThat(shell.status().state()).isEqualTo(FleetState.RUNNING);
    }

    @Test
    void aStoppedRunAsksForNothingAgain() {
        shell.requested().stopped("").after(Duration.ofMinutes(1));
        assertThat(shell.askedOf()).containsExactly("canary");
        assertThat(shell.status().state()).isEqualTo(FleetState.STOPPING);

        shell.after(Duration.ofMinutes(40));

        assertThat(shell.askedOf()).containsExactly("canary");
        assertThat(shell.status().state()).isEqualTo(FleetState.STOPPED);
        assertThat(shell.says(MigrationState.PLANNED, "canary")
                        .status()
                        .members()
                        .getFirst()
                        .state())
                .contains(MigrationState.PLANNED);
        assertThat(shell.status().state()).isEqualTo(FleetState.STOPPED);
    }

    @Test
    void aMigrationOfSomethingElseUnderTheSameIdIsNoSuccess() {
        shell.requested();
        var alien = new FleetRequest(
                Samples.ID,
                "europe",
                Digest.ofText("something else"),
                Optional.of("k"),
                Optional.empty(),
                "4be21d0",
                "alice",
                Optional.empty());

        shell.give(new FleetFact.ChildSeen(
                Samples.ID, Samples.status(alien.child("canary"), 1, MigrationState.SUCCEEDED, shell.now)));

        assertThat(shell.status().state()).isEqualTo(FleetState.STOPPED);
        assertThat(shell.status().problems()).extracting(Problem::code).containsExactly("FLT-OTHER-CHANGE");
        assertThat(shell.status().reverts()).isEmpty();
    }

    @Test
    void aMigrationThatSomebodyAskedForBeforeItsWaveCountsWhenItsTurnComes() {
        shell.requested().says(MigrationState.SUCCEEDED, "eu-1", "eu-2");
        assertThat(shell.askedOf()).containsExactly("canary");

        shell.says(MigrationState.SUCCEEDED, "canary")
                .after(Duration.ofMinutes(10))
                .after(Duration.ofMinutes(10));

        assertThat(shell.askedOf()).containsExactly("canary", "eu-1", "eu-2", "eu-3");
    }

    @Test
    void anOlderStatusThanTheOneKnownSaysNothing() {
        shell.requested();
        var change = shell.asked.getFirst();
        shell.give(new FleetFact.ChildSeen(Samples.ID, Samples.status(change, 7, MigrationState.SUCCEEDED, shell.now)));
        shell.give(new FleetFact.ChildSeen(Samples.ID, Samples.status(change, 6, MigrationState.EXECUTING, shell.now)));

        assertThat(shell.status().state()).isEqualTo(FleetState.BAKING);
        assertThat(shell.after(Duration.ofSeconds(1))
                        .status()
                        .members()
                        .getFirst()
                        .state())
                .contains(MigrationState.SUCCEEDED);
    }

    @Test
    void howMigrationsGetOnIsToldWithTheNextTickAndWhereTheRunStandsAtOnce() {
        shell.requested();
        int before = shell.statuses.size();
        shell.says(MigrationState.PLANNED, "canary").says(MigrationState.EXECUTING, "canary");
        assertThat(shell.statuses).hasSize(before);

        shell.after(Duration.ofMillis(500));
        assertThat(shell.statuses).hasSize(before + 1);
        assertThat(shell.status().members().getFirst().state()).contains(MigrationState.EXECUTING);
        assertThat(shell.after(Duration.ofMillis(500)).statuses).hasSize(before + 1);

        shell.says(MigrationState.SUCCEEDED, "canary");
        assertThat(shell.statuses).hasSize(before + 2);
    }

    @Test
    void aTickThatBringsNothingNewLeavesWhatIsStoredAsItIs() {
        shell.requested().says(MigrationState.EXECUTING, "canary").after(Duration.ofSeconds(1));
        var known = shell.run();

        shell.now = shell.now.plusSeconds(1);
        var decision = shell.decision(known, shell.ticking());

        assertThat(decision.run()).isSameAs(known);
        assertThat(decision.effects()).isEmpty();
    }

    @Test
    void aRunIsForgottenLongAfterItsEndAndNotBefore() {
        shell.requested()
                .says(MigrationState.REJECTED, "canary")
                .after(Duration.ofDays(90).minusSeconds(1));
        assertThat(shell.run().isEmpty()).isFalse();

        assertThat(shell.after(Duration.ofSeconds(1)).run().isEmpty()).isTrue();
    }
}
