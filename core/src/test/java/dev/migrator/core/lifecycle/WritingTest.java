package dev.migrator.core.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.lifecycle.ChecklistLine.Mark;
import dev.migrator.core.lifecycle.WorkerAnswer.Result;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** From the first write to SUCCEEDED. */
class WritingTest {
    @Test
    void batchesGoOneByOneAndEachPhaseIsJudgedBeforeTheNext() {
        var migration = Driver.inProduction().started();

        assertThat(migration.commandsInShort()).containsExactly("check", "apply 0");
        migration.answered(Result.DONE);
        assertThat(migration.commandsInShort()).containsExactly("check", "apply 0", "apply 1");
        migration.answered(Result.DONE);
        assertThat(migration.commandsInShort()).containsExactly("check", "apply 0", "apply 1");
        assertThat(migration.state()).isEqualTo(MigrationState.VERIFYING);
        assertThat(migration.effects(Effect.VerifyPhase.class))
                .extracting(Effect.VerifyPhase::phase)
                .containsExactly(0);

        migration.verified(0);
        assertThat(migration.status().phase()).isEqualTo("phase-1");
        migration.answered(Result.DONE).verified(1).answered(Result.DONE);

        assertThat(migration.commandsInShort()).containsExactly("check", "apply 0", "apply 1", "apply 2", "close");
        assertThat(migration.state()).isEqualTo(MigrationState.SUCCEEDED);
        assertThat(migration.status().counts().applied()).isEqualTo(3);
        assertThat(migration.status().endHash()).isPresent();
        assertThat(migration.line("state-verified").mark()).isEqualTo(Mark.PASSED);
        assertThat(migration.environment())
                .isEqualTo(new EnvironmentState(
                        "production",
                        2,
                        migration.environment().members(),
                        migration.environment().holds(),
                        migration.environment().early()));
        assertThat(migration.environment().members()).isEmpty();
    }

    @Test
    void anUnansweredQuestionIsAskedAgainWithTheSameContentAndAtTheSamePlaceButNotBeforeItsDeadline() {
        var migration = Driver.inTest().started();
        migration.shell.clear();

        migration.passing(Duration.ofSeconds(14));
        assertThat(migration.commands()).isEmpty();

        migration.passing(Duration.ofSeconds(1));
        migration.passing(Duration.ofSeconds(15));
        migration.passing(Duration.ofSeconds(15));

        var again = new WorkerCommand.ApplyBatch(
                new WorkerCommand.Envelope(
                        migration.id,
                        "test",
                        "4be21d0",
                        new Position(1, 2),
                        migration.plan().planDigest(),
                        migration.plan().planUri()),
                0);
        assertThat(migration.commands()).as("waits double").containsExactly(again, again);
    }

    @Test
    void askingGoesOnForEverAndItIsShown() {
        var migration = Driver.inProduction().requested();
        migration.shell.clear();

        for (int hour = 0; hour < 48; hour++) {
            migration.passing(Duration.ofHours(1));
        }

        assertThat(migration.effects(Effect.PlanRequested.class)).hasSize(48);
        assertThat(migration.status().waitsFor()).isEqualTo("planner, asked 49 times");
        migration.planned();
        assertThat(migration.state()).isEqualTo(MigrationState.PLANNED);
    }

    @Test
    void aVerificationThatStaysSilentCountsAsNo() {
        var migration = Driver.inTest().started().answeredDone(2);

        for (int i = 0; i < Shell.RULES.verifyAttempts() - 1; i++) {
            migration.passing(Duration.ofMinutes(5));
        }
        assertThat(migration.state()).isEqualTo(MigrationState.VERIFYING);
        migration.passing(Duration.ofMinutes(5));

        assertThat(migration.state()).isEqualTo(MigrationState.ROLLING_BACK);
        migration.problemCodes("VRF-SILENT");
        assertThat(migration.undone().state()).isEqualTo(MigrationState.ROLLED_BACK);
    }

    @Test
    void anAnswerToAnOlderPositionChangesNothing() {
        var migration = Driver.inTest().started();
        var older = migration.commands().getFirst();
        var bytes = FactsCodec.bytes(migration.facts());
        migration.shell.clear();

        for (var result : Result.values()) {
            migration.give(migration.answer(older, result));
        }

        assertThat(FactsCodec.bytes(migration.facts())).isEqualTo(bytes);
        assertThat(migration.shell.effects).isEmpty();
    }

    @Test
    void anAnswerToAPositionThatWasNeverIssuedIsRefused() {
        var migration = Driver.inTest().started();
        var envelope = migration.command().envelope();
        var ahead = new WorkerCommand.ApplyBatch(
                new WorkerCommand.Envelope(
                        envelope.id(),
                        envelope.environment(),
                        envelope.commit(),
                        new Position(1, 3),
                        envelope.planDigest(),
                        envelope.planUri()),
                1);

        migration.give(migration.answer(ahead, Result.DONE)).answered(Result.DONE);

        assertThat(migration.commandsInShort()).containsExactly("check", "apply 0", "apply 1");
        assertThat(migration.auditedProblems()).containsExactly("FCT-UNASKED");
        assertThat(migration.facts().execution().applied()).isEqualTo(1);
    }

    @Test
    void aSupersededCommandIsIssuedAnewInAHigherEpoch() {
        var migration = Driver.inTest().started().answered(Result.SUPERSEDED);

        assertThat(migration.commandsInShort()).containsExactly("check", "apply 0", "apply 0");
        assertThat(migration.command().envelope().position()).isEqualTo(new Position(2, 3));
        assertThat(migration.succeeding().state()).isEqualTo(MigrationState.SUCCEEDED);
    }

    @Test
    void aCommandThatIsSupersededAgainAndAgainWaitsBeforeItIsIssuedAnew() {
        var migration = Driver.inTest().started();
        for (int i = 0; i < 4; i++) {
            migration.answered(Result.SUPERSEDED);
        }
        assertThat(migration.commands())
                .as("the check, and four times the batch")
                .hasSize(5);

        migration.passing(Duration.ofMinutes(2));

        assertThat(migration.commands()).hasSize(6);
        assertThat(migration.command().envelope().position()).isEqualTo(new Position(5, 6));
    }

    @Test
    void aServiceThatCannotGoOnIsShownUntilItAnswers() {
        var migration = Driver.inTest().requested();

        migration.give(new Fact.WorkDelayed(migration.id, "planner", Driver.OOPS));
        assertThat(migration.status().waitsFor()).isEqualTo("planner: TST-OOPS something is wrong");
        migration.passing(Duration.ofSeconds(15));
        assertThat(migration.status().waitsFor()).contains("TST-OOPS");

        migration.planned().give(new Fact.WorkDelayed(migration.id, "planner", Driver.OOPS));

        assertThat(migration.status().waitsFor()).isEqualTo("snapshotter");
        migration.give(new Fact.WorkDelayed(migration.id, "snapshot-service", Driver.OOPS));
        assertThat(migration.status().waitsFor()).isEqualTo("snapshotter: TST-OOPS something is wrong");
    }

    @Test
    void aVerdictWithoutEvidenceDoesNotTickAnything() {
        var migration = Driver.inTest().started().answeredDone(2);

        migration.give(new Fact.PhaseVerified(migration.id, 1, 0, ""));

        assertThat(migration.state()).isEqualTo(MigrationState.VERIFYING);
        assertThat(migration.auditedProblems()).containsExactly("EVD-MISSING");
    }

    @Test
    void aVerdictOnAPhaseThatWasNotAskedAboutIsRefused() {
        var migration = Driver.inTest().started();

        migration.verified(0).answeredDone(2);

        assertThat(migration.auditedProblems()).containsExactly("FCT-UNASKED");
        assertThat(migration.state()).isEqualTo(MigrationState.VERIFYING);
    }

    @Test
    void nothingIsPublishedWhenNothingChanged() {
        var migration = Driver.inTest().started();
        migration.shell.clear();

        migration.passing(Duration.ofSeconds(1)).requested().planned().snapshotted();

        assertThat(migration.shell.effects).isEmpty();
    }

    @Test
    void everyDecisionIsAudited() {
        var migration = Driver.inProduction().started().succeeding();

        assertThat(migration.effects(Effect.Audited.class))
                .extracting(Effect.Audited::decision)
                .filteredOn(decision -> !decision.equals("asked"))
                .isEqualTo(List.of(
                        "change-accepted",
                        "plan-accepted",
                        "dry-run-accepted",
                        "snapshot-accepted",
                        "approval-accepted",
                        "queued",
                        "scope-taken",
                        "target-read-again",
                        "started",
                        "batch-applied",
                        "batch-applied",
                        "phase-verified",
                        "batch-applied",
                        "phase-verified",
                        "closed",
                        "ended"));
    }

    @Test
    void tenThousandBatchesDoNotMakeTheStateGrow() {
        var migration = Driver.inTest().inPhases(10_000).started();
        migration.answeredDone(10);
        var early = migration.shell.storedBytes("test", migration.id);

        for (int i = 10; i < 10_000; i++) {
            migration.answered(Result.DONE);
            migration.shell.effects.removeIf(
                    effect -> !(effect instanceof Effect.Command) && !(effect instanceof Effect.StatusChanged));
            if (migration.shell.effects.size() > 20) {
                migration.shell.effects.subList(0, 10).clear();
            }
        }

        assertThat(migration.state()).isEqualTo(MigrationState.VERIFYING);
        assertThat(migration.shell.storedBytes("test", migration.id)).isLessThan(early + 100);
    }
}
