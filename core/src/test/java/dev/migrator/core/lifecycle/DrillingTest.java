package dev.migrator.core.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.drill.DrillFault;
import dev.migrator.core.drill.DrillOrder;
import dev.migrator.core.drill.DrillReport;
import dev.migrator.core.error.Problem;
import dev.migrator.core.lifecycle.ChecklistLine.Mark;
import dev.migrator.core.lifecycle.WorkerAnswer.Result;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What was not shown to be able to go back lately is not written to. */
class DrillingTest {
    private static final Duration WEEK = Duration.ofDays(7);
    private static final LifecycleRules RULES = Shell.RULES.in("production", rules -> rules.drilledEvery(WEEK));

    private static Driver weekly() {
        return new Driver(new Shell(RULES), "m-1", "production");
    }

    private static Driver ready() {
        return weekly().requested().planned().snapshotted().approvedBy("bob");
    }

    private static DrillReport drill(Driver migration, Instant at, Optional<Problem> problem) {
        return new DrillReport(
                "production",
                "r-1",
                migration.id,
                "rehearsal",
                DrillFault.CRASH,
                Optional.of("topic orders (kafka)"),
                3,
                2,
                Duration.ofMillis(1_234),
                Optional.of(Driver.BEFORE),
                Optional.of(Driver.BEFORE),
                problem,
                "alice",
                at,
                "drills/production/r-1.json",
                Optional.of(Digest.ofText("d")));
    }

    private static Driver drilled(Driver migration) {
        return migration.give(new Fact.DrillAnswered(drill(migration, migration.shell.now, Optional.empty())));
    }

    private static Driver failed(Driver migration) {
        return migration.give(new Fact.DrillAnswered(drill(migration, migration.shell.now, Optional.of(Driver.OOPS))));
    }

    private static Fact.DrillOrdered ordered(Driver migration, DrillFault... fault) {
        return new Fact.DrillOrdered(new DrillOrder(
                "production", "r-1", migration.id, List.of(fault).stream().findFirst(), "alice", Shell.START));
    }

    @Test
    void nothingIsWrittenBeforeADrillHasPassed() {
        var migration = ready();

        assertThat(migration.commands()).isEmpty();
        assertThat(migration.line("drilled").mark()).isEqualTo(Mark.MISSING);
        assertThat(migration.status().waitsFor()).isEqualTo("a first drill (migrator drill --env production)");
        assertThat(migration.state()).isEqualTo(MigrationState.SNAPSHOTTED);

        drilled(migration);

        assertThat(migration.commandsInShort()).containsExactly("check");
        assertThat(migration.line("drilled").mark()).isEqualTo(Mark.PASSED);
        assertThat(migration.line("drilled").evidence())
                .startsWith("drill of m-1 in rehearsal, " + migration.shell.now + ": crash at topic orders (kafka)")
                .contains("2 of 3 operations undone to the same state in 1234 ms")
                .endsWith(Digest.ofText("d") + " at drills/production/r-1.json");
    }

    @Test
    void oneThatFailedStopsWhatHasNotBegunUntilOnePasses() {
        var migration = drilled(weekly().requested().planned().snapshotted());
        failed(migration.passing(Duration.ofHours(1))).approvedBy("bob");

        assertThat(migration.commands()).isEmpty();
        assertThat(migration.line("drilled").evidence()).contains("FAILED", Driver.OOPS.code());

        drilled(migration.passing(Duration.ofHours(1)));

        assertThat(migration.commandsInShort()).containsExactly("check");
    }

    @Test
    void oneThatFailsWhileAnotherWaitsInTheQueueTakesItOut() {
        var first = drilled(weekly().requested().planned().snapshotted())
                .approvedBy("bob")
                .answered(Result.DONE);
        var second = new Driver(first.shell, "m-2", "production").writing("topic-of-m-1");
        second.requested().planned().snapshotted().approvedBy("bob");
        assertThat(second.state()).isEqualTo(MigrationState.QUEUED);

        failed(first.passing(Duration.ofMinutes(1)));
        second.passing(Duration.ofSeconds(1));

        assertThat(second.state()).isEqualTo(MigrationState.SNAPSHOTTED);
        assertThat(first.state()).isEqualTo(MigrationState.EXECUTING);
        assertThat(first.line("drilled").mark()).isEqualTo(Mark.PASSED);
    }

    @Test
    void lateOnceIsLateAndTwiceIsOverdue() {
        var migration = drilled(weekly().requested().planned().snapshotted());

        migration.passing(WEEK.multipliedBy(2).minusMillis(1));
        assertThat(migration.line("drilled").mark()).isEqualTo(Mark.PASSED);

        migration.passing(Duration.ofMillis(1)).approvedBy("bob");
        assertThat(migration.line("drilled").mark()).isEqualTo(Mark.MISSING);
        assertThat(migration.line("drilled").evidence()).contains("OVERDUE since 2026-03-15T12:00:00Z");
        assertThat(migration.commands()).isEmpty();
    }

    @Test
    void anOldAnswerThatComesLateChangesNothing() {
        var migration = drilled(weekly().requested().planned().snapshotted().passing(Duration.ofHours(2)));

        migration.give(new Fact.DrillAnswered(drill(migration, Shell.START, Optional.of(Driver.OOPS))));

        assertThat(migration.line("drilled").mark()).isEqualTo(Mark.PASSED);
    }

    @Test
    void oneInWhichNothingCouldBeDoneProvesNothingEitherWay() {
        var migration = drilled(weekly().requested().planned().snapshotted());
        var nothing = Problem.of(DrillReport.NOTHING, "nothing of the plan can be drilled");

        migration.give(
                new Fact.DrillAnswered(drill(migration, migration.shell.now.plusSeconds(1), Optional.of(nothing))));

        assertThat(migration.line("drilled").mark()).isEqualTo(Mark.PASSED);
        assertThat(migration.effects(Effect.DrillReported.class)).hasSize(2);
    }

    @Test
    void anAnswerWithoutEvidenceOrOfAnotherEnvironmentDoesNotCount() {
        var migration = weekly().requested().planned().snapshotted();
        var good = drill(migration, migration.shell.now, Optional.empty());

        migration.give(new Fact.DrillAnswered(new DrillReport(
                good.environment(),
                good.request(),
                good.migration(),
                good.place(),
                good.fault(),
                good.hit(),
                good.operations(),
                good.undone(),
                good.took(),
                good.before(),
                good.after(),
                Optional.empty(),
                good.by(),
                good.at(),
                "",
                Optional.empty())));
        assertThat(migration.line("drilled").mark()).isEqualTo(Mark.MISSING);

        var other = new Driver(migration.shell, "m-9", "test");
        other.give(new Fact.DrillAnswered(good));
        assertThat(migration.shell.environment("test").drilled()).isEmpty();
    }

    @Test
    void anOrderBorrowsThePlanAndTheSnapshotOfTheMigrationAndChangesNothingOfIt() {
        var migration = ready();
        var before = migration.facts();

        migration.give(ordered(migration, DrillFault.TAKEOVER));

        assertThat(migration.facts()).isEqualTo(before);
        assertThat(migration.effects(Effect.DrillRequested.class))
                .singleElement()
                .satisfies(asked -> {
                    assertThat(asked.fault()).isEqualTo(DrillFault.TAKEOVER);
                    assertThat(asked.rehearsalEnvironment()).isEqualTo("rehearsal");
                    assertThat(asked.planDigest()).isEqualTo(migration.plan().planDigest());
                    assertThat(asked.snapshot().digest()).isEqualTo(Digest.ofText("s"));
                    assertThat(asked.beforeHash()).isEqualTo(Driver.BEFORE);
                });
    }

    @Test
    void aFaultByChanceIsTheSameForTheSameOrder() {
        var migration = ready();

        migration.give(ordered(migration)).give(ordered(migration));

        assertThat(migration.effects(Effect.DrillRequested.class))
                .hasSize(2)
                .allSatisfy(asked -> assertThat(asked.fault()).isEqualTo(DrillFault.drawn("r-1")));
    }

    @Test
    void anOrderWithoutAPlanASnapshotOrAPlaceIsAnsweredWithTheReason() {
        var planless = weekly().requested();
        planless.give(ordered(planless));
        assertThat(reasons(planless)).containsExactly(DrillReport.NOT_POSSIBLE);

        var nowhere = new Driver(
                new Shell(RULES.in("production", rules -> EnvironmentRules.of(rules.protection()))
                        .in("production", rules -> rules.drilledEvery(WEEK))),
                "m-1",
                "production");
        nowhere.requested().planned().snapshotted().give(ordered(nowhere));
        assertThat(reasons(nowhere)).containsExactly(DrillReport.NOT_POSSIBLE);
        assertThat(nowhere.effects(Effect.DrillRequested.class)).isEmpty();
        assertThat(nowhere.environment().drilled()).isEmpty();
    }

    @Test
    void aMigrationThatHasEndedCanBeDrilledWith() {
        var migration = drilled(weekly().requested().planned().snapshotted()).approvedBy("bob");
        migration.answered(Result.DONE).succeeding();
        assertThat(migration.state()).isEqualTo(MigrationState.SUCCEEDED);
        var ended = migration.status();

        migration.give(ordered(migration));

        assertThat(migration.effects(Effect.DrillRequested.class)).hasSize(1);
        assertThat(migration.status()).isEqualTo(ended);
    }

    @Test
    void anOrderForAMigrationThatNobodyKnowsIsAnsweredAndLeavesNothingBehind() {
        var unknown = weekly();

        unknown.give(ordered(unknown));

        assertThat(reasons(unknown)).containsExactly(DrillReport.NOT_POSSIBLE);
        assertThat(unknown.facts().isEmpty()).isTrue();
        assertThat(unknown.environment().early()).isEmpty();
    }

    @Test
    void aReportFromAClockThatIsAheadCountsAsOfNowAndOnce() {
        var migration = weekly().requested().planned().snapshotted();
        var ahead = new Fact.DrillAnswered(
                drill(migration, migration.shell.now.plus(WEEK.multipliedBy(9)), Optional.empty()));

        migration.give(ahead);
        var now = migration.shell.now;
        migration.passing(Duration.ofHours(1)).give(ahead);

        assertThat(migration.environment().drilled().orElseThrow().at()).isEqualTo(now);
        failed(migration);
        assertThat(migration.line("drilled").mark()).isEqualTo(Mark.MISSING);
    }

    @Test
    void whereNoScheduleIsSetNobodyWaits() {
        var migration = Driver.inProduction().requested().planned().snapshotted();

        assertThat(migration.line("drilled").mark()).isEqualTo(Mark.NOT_REQUIRED);
        failed(migration).approvedBy("bob");
        assertThat(migration.commandsInShort()).containsExactly("check");
    }

    private static List<String> reasons(Driver migration) {
        return migration.effects(Effect.DrillReported.class).stream()
                .map(effect -> effect.report().problem().orElseThrow().code())
                .toList();
    }
}
