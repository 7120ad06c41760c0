package dev.migrator.core.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.environment.Protection;
import dev.migrator.core.lifecycle.ChecklistLine.Mark;
import dev.migrator.core.lifecycle.Fact.Commanded.Command;
import dev.migrator.core.lifecycle.WorkerAnswer.Result;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A plan is done and undone elsewhere before it is carried out, where a policy asks for it. */
class RehearsingTest {
    private static final String POLICY = "risky-is-rehearsed";

    private static Driver risky() {
        return Driver.inProduction().rehearsedFor(POLICY);
    }

    private static RehearsalReport failed() {
        return new RehearsalReport(
                3, 2, 0, List.of(), Optional.of(Driver.OOPS), "bucket/rehearsal.json", Optional.of(Digest.ofText("r")));
    }

    @Test
    void aPlanThatAsksForItIsRehearsedOnceItsSnapshotHoldsWhatThePlanSaw() {
        var migration = risky().requested().planned();
        assertThat(migration.effects(Effect.RehearsalRequested.class)).isEmpty();
        assertThat(migration.line("rehearsed").mark()).isEqualTo(Mark.MISSING);
        assertThat(migration.line("rehearsed").evidence()).contains("in rehearsal", POLICY);

        migration.snapshotted();

        assertThat(migration.effects(Effect.RehearsalRequested.class))
                .singleElement()
                .satisfies(asked -> {
                    assertThat(asked.planDigest()).isEqualTo(migration.plan().planDigest());
                    assertThat(asked.rehearsalEnvironment()).isEqualTo("rehearsal");
                    assertThat(asked.snapshot().digest()).isEqualTo(Digest.ofText("s"));
                    assertThat(asked.beforeHash()).isEqualTo(Driver.BEFORE);
                });
        assertThat(migration.state()).isEqualTo(MigrationState.SNAPSHOTTED);
        assertThat(migration.status().waitsFor()).isEqualTo("executor (rehearsal in rehearsal)");
    }

    @Test
    void onlyTheRehearsalOfThisPlanOnThisStateTicksTheLine() {
        var migration = risky().requested().planned().snapshotted();

        migration.rehearsed();

        var line = migration.line("rehearsed");
        assertThat(line.mark()).isEqualTo(Mark.PASSED);
        assertThat(line.evidence())
                .startsWith(
                        "3 of 3 operations came out as predicted (100 %), then undone to the same state; 1 NOT PROVEN")
                .contains(migration.plan().planDigest().brief(), Driver.BEFORE.brief())
                .contains(Digest.ofText("r") + " at 4be21d0/m-1/rehearsal.json")
                .endsWith("\nnot proven: check orders-flow: smoke checks are not run in a rehearsal");
        assertThat(migration.state()).isEqualTo(MigrationState.AWAITING_APPROVAL);
    }

    @Test
    void approvalAndRehearsalComeInAnyOrder() {
        var approvedLater =
                risky().requested().planned().snapshotted().rehearsed().approvedBy("bob");
        var approvedFirst = risky().requested().planned().snapshotted().approvedBy("bob");
        assertThat(approvedFirst.commands()).isEmpty();
        approvedFirst.rehearsed();

        assertThat(approvedLater.commandsInShort()).containsExactly("check");
        assertThat(approvedFirst.commandsInShort()).containsExactly("check");
        approvedFirst.answered(Result.DONE).succeeding();
        assertThat(approvedFirst.state()).isEqualTo(MigrationState.SUCCEEDED);
    }

    @Test
    void oneThatFailsEndsItWithNothingWrittenAndItsProblem() {
        var migration = risky().requested().planned().snapshotted().approvedBy("bob");

        migration.give(migration.rehearsal(1, failed()));

        assertThat(migration.state()).isEqualTo(MigrationState.REJECTED);
        assertThat(migration.status().problems()).containsExactly(Driver.OOPS);
        assertThat(migration.line("rehearsed").mark()).isEqualTo(Mark.MISSING);
        assertThat(migration.commands()).isEmpty();
        assertThat(migration.environment().rehearsing()).isEmpty();
    }

    @Test
    void whereNobodyAsksForOneNoneIsMadeAndTheLineSaysSo() {
        var migration = Driver.inProduction().requested().planned().snapshotted();
        var elsewhere = Driver.inTest().requested();

        assertThat(migration.effects(Effect.RehearsalRequested.class)).isEmpty();
        assertThat(migration.line("rehearsed").mark()).isEqualTo(Mark.NOT_REQUIRED);
        assertThat(elsewhere.line("rehearsed").evidence()).isEqualTo("environment test has no rehearsal environment");
    }

    @Test
    void withoutAPlaceForItNothingIsWritten() {
        var shell = new Shell(Shell.RULES.in("production", rules -> EnvironmentRules.of(rules.protection())));
        var migration = new Driver(shell, "m-1", "production").rehearsedFor(POLICY);

        migration.requested().planned().approvedBy("bob").snapshotted();

        assertThat(migration.state()).isEqualTo(MigrationState.REJECTED);
        assertThat(migration.problemCodes()).containsExactly("REH-NOWHERE");
        assertThat(migration.commands()).isEmpty();
    }

    @Test
    void oneRehearsalAtATimeAndTheNextBeginsWhenThisOneHasItsEnd() {
        var first = risky().requested().planned().snapshotted();
        var second = new Driver(first.shell, "m-2", "production").rehearsedFor(POLICY);
        second.requested().planned().snapshotted();

        assertThat(rehearsals(second)).isZero();
        assertThat(second.status().waitsFor()).isEqualTo("the rehearsal of m-1");

        first.rehearsed();

        assertThat(rehearsals(second)).isEqualTo(1);
        assertThat(second.status().waitsFor()).isEqualTo("executor (rehearsal in rehearsal)");
    }

    @Test
    void oneThatIsCancelledMeanwhileKeepsNobodyWaiting() {
        var first = risky().requested().planned().snapshotted();
        var second = new Driver(first.shell, "m-2", "production").rehearsedFor(POLICY);
        second.requested().planned().snapshotted();

        first.commanded(Command.CANCEL);

        assertThat(first.state()).isEqualTo(MigrationState.CANCELLED);
        assertThat(rehearsals(second)).isEqualTo(1);
    }

    @Test
    void silenceIsAskedAgainAndTheSameAnswerTwiceIsOne() {
        var migration = risky().requested().planned().snapshotted();
        migration.passing(Duration.ofMinutes(1)).passing(Duration.ofMinutes(5));
        assertThat(rehearsals(migration)).isEqualTo(3);

        migration.rehearsed().rehearsed();

        assertThat(migration.line("rehearsed").mark()).isEqualTo(Mark.PASSED);
        assertThat(migration.auditedProblems()).isEmpty();
    }

    @Test
    void anAnswerAboutAnotherPlanOrSnapshotOrWithoutEvidenceTicksNothing() {
        var migration = risky().requested().planned().snapshotted();
        var good = migration.rehearsal(1, migration.rehearsedWell());

        migration.give(new Fact.RehearsalAnswered(
                migration.id, 1, Digest.ofText("another"), good.snapshotDigest(), good.report()));
        migration.give(new Fact.RehearsalAnswered(
                migration.id, 1, good.planDigest(), Digest.ofText("another"), good.report()));
        migration.give(migration.rehearsal(
                1, new RehearsalReport(3, 3, 0, List.of(), Optional.empty(), "", Optional.empty())));

        assertThat(migration.line("rehearsed").mark()).isEqualTo(Mark.MISSING);
        assertThat(migration.auditedProblems()).containsExactly("REH-OTHER-PLAN", "REH-OTHER-PLAN", "EVD-MISSING");
    }

    @Test
    void anAnswerThatComesBeforeItsSnapshotWaitsForIt() {
        var migration = risky().requested().planned();

        migration.rehearsed();
        assertThat(migration.line("rehearsed").mark()).isEqualTo(Mark.MISSING);
        migration.snapshotted();

        assertThat(migration.line("rehearsed").mark()).isEqualTo(Mark.PASSED);
        assertThat(migration.environment().rehearsing()).isEmpty();
    }

    @Test
    void whatIsPlannedAnewIsRehearsedAnew() {
        var migration = risky().requested().planned().snapshotted().rehearsed().approvedBy("bob");

        migration.targetChangesTo("other").answered(Result.DIFFERS).planned().snapshotted();

        assertThat(migration.revision()).isEqualTo(2);
        assertThat(migration.line("rehearsed").mark()).isEqualTo(Mark.MISSING);
        assertThat(rehearsals(migration)).isEqualTo(2);
        migration.rehearsed();
        assertThat(migration.commandsInShort()).containsExactly("check", "check");
    }

    @Test
    void whoeverWaitsForARehearsalKeepsNobodyWaitingInTheQueue() {
        var migration = risky().requested().planned().snapshotted().rehearsed().approvedBy("bob");
        migration.targetChangesTo("other").answered(Result.DIFFERS).planned().snapshotted();
        assertThat(migration.line("rehearsed").mark()).isEqualTo(Mark.MISSING);

        var later = new Driver(migration.shell, "m-2", "production").writing("topic-of-m-1");
        later.requested().planned().snapshotted().approvedBy("bob");

        assertThat(migration.environment().placeOf(migration.id)).isEqualTo(EnvironmentState.Place.PREPARING);
        assertThat(later.environment().placeOf(later.id)).isEqualTo(EnvironmentState.Place.HOLDING);
        migration.rehearsed();
        assertThat(migration.environment().placeOf(migration.id)).isEqualTo(EnvironmentState.Place.QUEUED);
    }

    @Test
    void nothingIsSubmittedToAPlaceThatIsThereForRehearsals() {
        var rules = LifecycleRules.of(new TreeMap<>(Map.of(
                        "production", Protection.OPEN,
                        "rehearsal", Protection.OPEN)))
                .in("production", one -> one.rehearsedIn("rehearsal"));
        var migration = new Driver(new Shell(rules), "m-1", "rehearsal").requested();

        assertThat(migration.state()).isEqualTo(MigrationState.REJECTED);
        assertThat(migration.problemCodes()).containsExactly("CHG-REHEARSAL");
    }

    @Test
    void whatAnAnswerSaysStaysWithinItsBounds() {
        var reasons = IntStream.range(0, 50).mapToObj(i -> "x".repeat(1_000)).toList();
        var report = new RehearsalReport(1, 1, 50, reasons, Optional.empty(), "uri", Optional.of(Digest.ofText("r")))
                .bounded();

        assertThat(report.reasons()).hasSize(RehearsalReport.MOST_REASONS).allMatch(line -> line.length() <= 300);
        assertThat(new RehearsalReport(1_000, 999, 0, List.of(), Optional.empty(), "", Optional.empty()).score())
                .isEqualTo(99);
    }

    private static long rehearsals(Driver migration) {
        return migration.effects(Effect.RehearsalRequested.class).stream()
                .filter(asked -> asked.id().equals(migration.id))
                .count();
    }
}
