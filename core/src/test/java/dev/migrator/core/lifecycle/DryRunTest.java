package dev.migrator.core.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.error.Problem;
import dev.migrator.core.lifecycle.ChecklistLine.Mark;
import dev.migrator.core.lifecycle.Fact.Commanded.Command;
import dev.migrator.core.lifecycle.WorkerAnswer.Result;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the targets say to a plan, before anybody approves it. */
class DryRunTest {
    private static DryRunReport refusing(int operations, List<Problem> problems) {
        return new DryRunReport(
                3, operations, 0, problems, List.of(), "bucket/dry-run.json", Optional.of(Digest.ofText("d")));
    }

    private static Driver proposed(Driver migration) {
        return migration.requested().planned(1);
    }

    private static Driver planOnly() {
        var migration = Driver.inProduction();
        var change = migration.change();
        return migration.give(new Fact.Requested(new ChangeRequest(
                change.id(),
                change.environment(),
                ChangeRequest.Intent.PLAN,
                change.bundleDigest(),
                change.bundleUri(),
                change.inlineBundle(),
                change.commit(),
                change.requester())));
    }

    @Test
    void aPlanIsAskedAboutBeforeASnapshotIsTakenOrAnybodyIsAskedToApprove() {
        var migration = proposed(Driver.inProduction());

        var asked = migration.effects(Effect.DryRunRequested.class);
        assertThat(asked).hasSize(1);
        assertThat(asked.getFirst().planDigest()).isEqualTo(migration.plan().planDigest());
        assertThat(asked.getFirst().revision()).isEqualTo(1);
        assertThat(migration.effects(Effect.SnapshotRequested.class)).isEmpty();
        assertThat(migration.state()).isEqualTo(MigrationState.PLANNED);
        assertThat(migration.status().waitsFor()).isEqualTo("executor (dry run)");
        assertThat(migration.line("dry-run").mark()).isEqualTo(Mark.MISSING);

        migration.give(migration.dryRun(1));

        assertThat(migration.effects(Effect.SnapshotRequested.class)).hasSize(1);
        assertThat(migration.line("dry-run").mark()).isEqualTo(Mark.PASSED);
    }

    @Test
    void whatNoTargetCanJudgeStandsInTheEvidence() {
        var migration = proposed(Driver.inProduction());

        migration.give(migration.dryRun(
                1,
                new DryRunReport(
                        5,
                        0,
                        2,
                        List.of(),
                        List.of("registry version a/b@2: it refers to other schemas"),
                        "4be21d0/m-1/dry-run.json",
                        Optional.of(Digest.ofText("d")))));

        assertThat(migration.line("dry-run").evidence())
                .isEqualTo(
                        "5 accepted, 2 NOT CHECKED; " + Digest.ofText("d")
                                + " at 4be21d0/m-1/dry-run.json\nnot checked: registry version a/b@2: it refers to other schemas");
    }

    @Test
    void whatATargetRefusesEndsTheMigrationWithEveryProblem() {
        var migration = proposed(Driver.inProduction());
        var other = Problem.of("TST-OTHER", "something else is wrong too");

        migration.give(migration.dryRun(1, refusing(2, List.of(Driver.OOPS, other))));

        assertThat(migration.state()).isEqualTo(MigrationState.REJECTED);
        assertThat(migration.status().problems()).containsExactly(Driver.OOPS, other);
        assertThat(migration.line("dry-run").mark()).isEqualTo(Mark.MISSING);
        assertThat(migration.commands()).isEmpty();
        assertThat(migration.environment().members()).isEmpty();
    }

    @Test
    void ofMoreProblemsThanAStatusTakesTheLastOneSaysWhereTheyAre() {
        var migration = proposed(Driver.inProduction());
        var many = IntStream.range(0, 150)
                .mapToObj(i -> Problem.of("TST-" + i, "wrong"))
                .toList();

        migration.give(migration.dryRun(1, refusing(150, many)));

        assertThat(migration.status().problems()).hasSize(100);
        var last = migration.status().problems().getLast();
        assertThat(last.code()).isEqualTo("DRY-MORE");
        assertThat(last.thing()).isEqualTo("150 operations");
        assertThat(last.todo()).contains("bucket/dry-run.json");
    }

    @Test
    void aRefusalWithoutAReasonIsARefusal() {
        var migration = proposed(Driver.inProduction());

        migration.give(migration.dryRun(1, refusing(1, List.of())));

        assertThat(migration.state()).isEqualTo(MigrationState.REJECTED);
        migration.problemCodes("DRY-MORE");
    }

    @Test
    void aPlanThatIsOnlyAskedForEndsAsPlannedAfterItsDryRun() {
        var migration = planOnly().planned(1);

        assertThat(migration.status().ended()).isFalse();
        migration.give(migration.dryRun(1));

        assertThat(migration.state()).isEqualTo(MigrationState.PLANNED);
        assertThat(migration.status().ended()).isTrue();
        assertThat(migration.line("dry-run").mark()).isEqualTo(Mark.PASSED);
        assertThat(migration.effects(Effect.SnapshotRequested.class)).isEmpty();
    }

    @Test
    void aPlanThatIsOnlyAskedForAndThatATargetRefusesIsRejected() {
        var migration = planOnly().planned(1);

        migration.give(migration.dryRun(1, refusing(1, List.of(Driver.OOPS))));

        assertThat(migration.state()).isEqualTo(MigrationState.REJECTED);
        assertThat(migration.status().problems()).containsExactly(Driver.OOPS);
    }

    @Test
    void aPlanWithoutChangesIsAskedOfNobody() {
        var migration = Driver.inProduction().inPhases().requested().planned(1);

        assertThat(migration.state()).isEqualTo(MigrationState.NO_CHANGES);
        assertThat(migration.effects(Effect.DryRunRequested.class)).isEmpty();
    }

    @Test
    void anUnansweredDryRunIsAskedAgainAndAgain() {
        var migration = proposed(Driver.inProduction());

        migration
                .passing(Duration.ofMinutes(10))
                .passing(Duration.ofMinutes(10))
                .passing(Duration.ofMinutes(10));

        var asked = migration.effects(Effect.DryRunRequested.class);
        assertThat(asked).hasSize(4);
        assertThat(asked).containsOnly(asked.getFirst());
        assertThat(migration.status().waitsFor()).isEqualTo("executor (dry run), asked 4 times");
    }

    @Test
    void aTargetThatIsAwayDelaysItAndItGoesOnByItself() {
        var migration = proposed(Driver.inProduction());

        migration.give(new Fact.WorkDelayed(migration.id, "executor", Driver.OOPS));
        assertThat(migration.status().waitsFor()).contains("TST-OOPS");
        assertThat(migration.status().ended()).isFalse();
        migration.give(migration.dryRun(1));

        assertThat(migration.effects(Effect.SnapshotRequested.class)).hasSize(1);
    }

    @Test
    void aSnapshotThatComesFirstDoesNotMakeUpForTheDryRun() {
        var migration = proposed(Driver.inTest());

        migration.snapshotted();
        assertThat(migration.state()).isEqualTo(MigrationState.PLANNED);
        assertThat(migration.commands()).isEmpty();
        migration.give(migration.dryRun(1));

        assertThat(migration.commandsInShort()).containsExactly("check");
    }

    @Test
    void anApprovalDoesNotMakeUpForTheDryRun() {
        var migration = proposed(Driver.inProduction()).snapshotted().approvedBy("bob");

        assertThat(migration.commands()).isEmpty();
        migration.give(migration.dryRun(1, refusing(1, List.of(Driver.OOPS))));

        assertThat(migration.state()).isEqualTo(MigrationState.REJECTED);
    }

    @Test
    void aDryRunOfAnotherPlanCountsForNothing() {
        var migration = proposed(Driver.inTest());
        var report = migration.dryRun(1).report();

        migration.give(new Fact.DryRunAnswered(migration.id, 1, Digest.ofText("another plan"), report));

        assertThat(migration.line("dry-run").mark()).isEqualTo(Mark.MISSING);
        assertThat(migration.auditedProblems()).containsExactly("DRY-OTHER-PLAN");
    }

    @Test
    void aDryRunWithoutEvidenceTicksNothing() {
        var migration = proposed(Driver.inTest());

        for (var report : List.of(
                new DryRunReport(1, 0, 0, List.of(), List.of(), " ", Optional.of(Digest.ofText("d"))),
                new DryRunReport(2, 0, 0, List.of(), List.of(), "dry-run.json", Optional.empty()))) {
            migration.give(migration.dryRun(1, report));
        }

        assertThat(migration.line("dry-run").mark()).isEqualTo(Mark.MISSING);
        assertThat(migration.auditedProblems()).containsExactly("EVD-MISSING", "EVD-MISSING");
    }

    @Test
    void theFirstAnswerStands() {
        var migration = Driver.inTest().requested().planned();

        migration.give(migration.dryRun(1)).give(migration.dryRun(1, refusing(1, List.of(Driver.OOPS))));

        assertThat(migration.status().ended()).isFalse();
        assertThat(migration.auditedProblems()).containsExactly("FCT-CONTRADICTION");
    }

    @Test
    void aNewPlanIsAskedAboutAnew() {
        var migration = Driver.inTest().requested().planned().snapshotted(Digest.ofText("other"));
        migration.give(migration.dryRun(1));

        migration.planned(2);

        var asked = migration.effects(Effect.DryRunRequested.class);
        assertThat(asked).extracting(Effect.DryRunRequested::revision).containsExactly(1, 2);
        assertThat(migration.line("dry-run").mark()).isEqualTo(Mark.MISSING);
    }

    @Test
    void undoingAsksNoTargetForItsOpinion() {
        var migration = Driver.inProduction().started().answeredDone(1);

        migration.commanded(Command.ROLL_BACK).answered(Result.DONE).undone();

        assertThat(migration.state()).isEqualTo(MigrationState.ROLLED_BACK);
        assertThat(migration.effects(Effect.DryRunRequested.class)).hasSize(1);
    }

    @Test
    void whatIsKeptOfItIsBounded() {
        var migration = proposed(Driver.inTest());
        var lines = Collections.nCopies(1_000, "x".repeat(10_000));

        migration.give(migration.dryRun(
                1, new DryRunReport(1, 0, 1_000, List.of(), lines, "dry-run.json", Optional.of(Digest.ofText("d")))));

        assertThat(migration.shell.storedBytes("test", migration.id)).isLessThan(64 * 1024);
    }
}
