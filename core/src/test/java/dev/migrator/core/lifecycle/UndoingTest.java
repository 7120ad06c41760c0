package dev.migrator.core.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.error.Problem;
import dev.migrator.core.lifecycle.Fact.Commanded.Command;
import dev.migrator.core.lifecycle.WorkerAnswer.Result;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UndoingTest {
    @Test
    void aConflictUndoesEveryBatchThatWasIssuedTheLastOneFirst() {
        var migration = Driver.inTest().started().answered(Result.DONE).answered(Result.CONFLICT);

        assertThat(migration.state()).isEqualTo(MigrationState.ROLLING_BACK);
        assertThat(migration.status().batchesDone()).isEqualTo(2);
        assertThat(migration.command().envelope().position()).isEqualTo(new Position(2, 4));

        migration.undone();

        assertThat(migration.commandsInShort())
                .containsExactly("check", "apply 0", "apply 1", "revert 1", "revert 0", "close-back");
        assertThat(migration.state()).isEqualTo(MigrationState.ROLLED_BACK);
        migration.problemCodes("EXE-CONFLICT");
        assertThat(migration.status().endHash()).hasValue(Driver.BEFORE);
        assertThat(migration.status().differences()).isEmpty();
    }

    private static final Problem UNDONE = Problem.of(WorkerAnswer.UNDONE, "a person undoes it by its kit");

    private static Fact.Answered undoneByKit(WorkerCommand command) {
        var envelope = command.envelope();
        var apply = command instanceof WorkerCommand.ApplyBatch;
        return new Fact.Answered(new WorkerAnswer(
                envelope.id(),
                envelope.position(),
                apply ? WorkerAnswer.Kind.APPLY_BATCH : WorkerAnswer.Kind.CLOSE,
                command instanceof WorkerCommand.ApplyBatch(var _, var batch) ? batch : -1,
                Result.FAILED,
                WorkerAnswer.Counts.NONE,
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.of(UNDONE),
                Optional.empty()));
    }

    @Test
    void whatAPersonUndidByKitIsTakenOverAsARollback() {
        var migration = Driver.inTest().started().answered(Result.DONE);

        migration.give(undoneByKit(migration.command())).undone();

        assertThat(migration.commandsInShort())
                .containsExactly("check", "apply 0", "apply 1", "revert 1", "revert 0", "close-back");
        assertThat(migration.state()).isEqualTo(MigrationState.ROLLED_BACK);
        migration.problemCodes("APL-UNDONE");
    }

    @Test
    void whatAPersonUndidByKitBeforeTheEndWasAnsweredIsNoSuccess() {
        var migration = Driver.inTest()
                .started()
                .answeredDone(2)
                .verified(0)
                .answeredDone(1)
                .verified(1);
        assertThat(migration.commandsInShort()).endsWith("close");

        migration.give(undoneByKit(migration.command()));
        assertThat(migration.state()).isEqualTo(MigrationState.ROLLING_BACK);
        migration.undone();

        assertThat(migration.commandsInShort()).endsWith("close", "revert 2", "revert 1", "revert 0", "close-back");
        assertThat(migration.state()).isEqualTo(MigrationState.ROLLED_BACK);
        assertThat(migration.environment().holds()).containsKey(migration.id);
    }

    @Test
    void aBatchThatFailsUndoes() {
        var migration = Driver.inTest().started().answered(Result.FAILED);

        assertThat(migration.commandsInShort()).containsExactly("check", "apply 0", "revert 0");
        migration.problemCodes("EXE-BATCH-FAILED");
    }

    @Test
    void anAnomalyUndoesWhileThePhaseIsJudged() {
        var migration = Driver.inTest().started().answeredDone(2);

        migration.give(new Fact.AnomalyDetected(migration.id, 1, 0, List.of(Driver.OOPS)));

        assertThat(migration.commandsInShort()).containsExactly("check", "apply 0", "apply 1", "revert 1");
        assertThat(migration.status().problems()).containsExactly(Driver.OOPS);
        migration.verified(0).give(new Fact.PhaseVerified(migration.id, 1, 0, "late"));
        assertThat(migration.undone().state()).isEqualTo(MigrationState.ROLLED_BACK);
    }

    @Test
    void theRollbackCommandOfTheVerifierAndItsAnomalyAreOneWhicheverComesFirst() {
        for (var anomalyFirst : List.of(true, false)) {
            var migration = Driver.inTest().started().answeredDone(2);
            var anomaly = new Fact.AnomalyDetected(migration.id, 1, 0, List.of(Driver.OOPS));
            var rollback = new Fact.RollbackCommanded(migration.id, 1, 0, "smoke check failed");

            migration
                    .give(anomalyFirst ? anomaly : rollback)
                    .give(anomalyFirst ? rollback : anomaly)
                    .undone();

            assertThat(migration.commandsInShort())
                    .containsExactly("check", "apply 0", "apply 1", "revert 1", "revert 0", "close-back");
            assertThat(migration.problemCodes()).containsExactlyInAnyOrder("TST-OOPS", "VRF-ROLLBACK");
        }
    }

    @Test
    void anAnomalyInAnEarlierPhaseOfTheSameRunUndoesToo() {
        var migration = Driver.inTest().started().answeredDone(2).verified(0).answered(Result.DONE);

        migration.give(new Fact.RollbackCommanded(migration.id, 1, 0, "errors went up"));

        assertThat(migration.state()).isEqualTo(MigrationState.ROLLING_BACK);
    }

    @Test
    void aVerdictOfAnotherEpochUndoesNothing() {
        var migration = Driver.inTest().requested().planned().snapshotted().answered(Result.DIFFERS);
        migration.planned().snapshotted().answered(Result.DONE);
        assertThat(migration.epoch()).isEqualTo(2);

        migration.give(new Fact.RollbackCommanded(migration.id, 1, 0, "of the plan before"));

        assertThat(migration.succeeding().state()).isEqualTo(MigrationState.SUCCEEDED);
    }

    @Test
    void noRevertIsIssuedWhileAnApplyIsUnanswered() {
        var migration = Driver.inTest().started().answered(Result.DONE);

        migration.commanded(Command.ROLL_BACK);
        assertThat(migration.state()).isEqualTo(MigrationState.ROLLING_BACK);
        assertThat(migration.commandsInShort()).containsExactly("check", "apply 0", "apply 1");
        migration.passing(Duration.ofMinutes(2));
        assertThat(migration.commandsInShort()).containsExactly("check", "apply 0", "apply 1", "apply 1");

        migration.answered(Result.DONE);

        assertThat(migration.commandsInShort()).endsWith("apply 1", "revert 1");
    }

    @Test
    void aSupersededApplyCountsAsAnsweredOnceUndoingIsDecided() {
        var migration = Driver.inTest().started().commanded(Command.ROLL_BACK).answered(Result.SUPERSEDED);

        assertThat(migration.commandsInShort()).containsExactly("check", "apply 0", "revert 0");
        assertThat(migration.command().envelope().position().epoch()).isEqualTo(3);
    }

    // liquibase/liquibase#6942: a rollback of which a part failed is no success, and says what is left
    @Test
    void aRevertThatConflictsIsRecordedAndTheRestGoesOn() {
        var migration = Driver.inTest().started().answered(Result.DONE).answered(Result.CONFLICT);

        migration.answered(Result.CONFLICT).answered(Result.DONE);
        migration.give(migration.answer(migration.command(), Result.DIFFERS, Optional.of(Digest.ofText("left"))));

        assertThat(migration.state()).isEqualTo(MigrationState.ROLLBACK_INCOMPLETE);
        assertThat(migration.commandsInShort())
                .containsExactly("check", "apply 0", "apply 1", "revert 1", "revert 0", "close-back");
        assertThat(migration.status().differences()).containsExactly("topic topic-of-m-1 differs");
        assertThat(migration.status().endHash()).hasValue(Digest.ofText("left"));
        migration.problemCodes("EXE-CONFLICT", "RBK-BATCH", "RBK-DIFFERS");
        assertThat(migration.status().problems().getLast().todo())
                .as("the commands that a person needs")
                .contains("migrator restore 20260102T030405Z-m-1 --dry-run")
                .contains("migrator undo --kit FILE", "4be21d0/m-1/undo-kit.json as FILE");
    }

    // what is refused because something else is still there goes once that is undone
    @Test
    void aBatchThatWasRefusedInPartIsRevertedOnceMoreAfterAllOthers() {
        var migration = Driver.inTest().started().answered(Result.DONE).answered(Result.CONFLICT);

        migration.answered(Result.FAILED);
        assertThat(migration.status().batchesDone())
                .as("batches that are still to be reverted")
                .isEqualTo(2);
        migration.answered(Result.DONE);
        assertThat(migration.commandsInShort()).endsWith("revert 1", "revert 0", "revert 1");
        assertThat(migration.status().problems()).extracting(Problem::code).containsExactly("EXE-CONFLICT");
        migration.undone();

        assertThat(migration.commandsInShort())
                .containsExactly("check", "apply 0", "apply 1", "revert 1", "revert 0", "revert 1", "close-back");
        assertThat(migration.state()).isEqualTo(MigrationState.ROLLED_BACK);
        assertThat(migration.status().counts()).isEqualTo(new WorkerAnswer.Counts(2, 0, 0, 0, 0));
        assertThat(migration.status().problems())
                .as("in the end nothing was refused")
                .extracting(Problem::code)
                .containsExactly("EXE-CONFLICT");
    }

    @Test
    void whatIsRefusedTheSecondTimeTooIsLeftAndListed() {
        var migration = Driver.inTest().started().answered(Result.DONE).answered(Result.CONFLICT);

        migration.answered(Result.FAILED).answered(Result.FAILED);
        assertThat(migration.status().batchesDone()).isEqualTo(2);
        migration.answered(Result.FAILED).answered(Result.FAILED);
        migration.give(migration.answer(migration.command(), Result.DIFFERS, Optional.of(Digest.ofText("left"))));

        assertThat(migration.commandsInShort())
                .as("one more time in the same order, and no third time")
                .endsWith("revert 1", "revert 0", "revert 1", "revert 0", "close-back");
        assertThat(migration.state()).isEqualTo(MigrationState.ROLLBACK_INCOMPLETE);
        assertThat(migration.status().counts()).isEqualTo(new WorkerAnswer.Counts(0, 0, 0, 0, 2));
        assertThat(migration.status().differences()).containsExactly("topic topic-of-m-1 differs");
        migration.problemCodes("EXE-CONFLICT", "RBK-BATCH", "RBK-DIFFERS");
    }

    @Test
    void whatHasToBeRevertedOnceMoreIsKeptWhenTheLifecycleStartsAgain() {
        var migration = Driver.inTest().started().answered(Result.DONE).answered(Result.CONFLICT);
        migration.answered(Result.FAILED);

        var read = FactsCodec.read(FactsCodec.bytes(migration.facts()));

        assertThat(read.execution().undo().orElseThrow())
                .isEqualTo(new Execution.Undo(
                        true, 1, List.of(new Execution.Undo.Refused(1, new WorkerAnswer.Counts(0, 0, 0, 0, 1)))));
    }

    @Test
    void whateverSingleRevertsReportedTheMeasuredHashDecides() {
        var migration = Driver.inTest().started().answered(Result.CONFLICT);

        migration.answered(Result.CONFLICT).answered(Result.DONE);

        assertThat(migration.state()).isEqualTo(MigrationState.ROLLED_BACK);
        assertThat(migration.status().differences()).isEmpty();
    }

    // liquibase/liquibase#6942: nor is one that says that all is done, and is not as before
    @Test
    void aDoneWithAnotherHashOrNoneIsNeverASuccess() {
        for (var hash : List.of(Optional.<Digest>empty(), Optional.of(Digest.ofText("other")))) {
            var migration = Driver.inTest().started().answered(Result.CONFLICT).answered(Result.DONE);

            migration.give(migration.answer(migration.command(), Result.DONE, hash));

            assertThat(migration.state()).isEqualTo(MigrationState.ROLLBACK_INCOMPLETE);
        }
    }

    @Test
    void undoingAsksNeitherPlannerNorSnapshotterNorVerifier() {
        var migration = Driver.inTest().started().answeredDone(2);
        migration.give(new Fact.AnomalyDetected(migration.id, 1, 0, List.of()));
        migration.shell.clear();

        migration.passing(Duration.ofMinutes(10)).undone();

        assertThat(migration.shell.effects)
                .isNotEmpty()
                .allMatch(effect -> effect instanceof Effect.Command
                        || effect instanceof Effect.StatusChanged
                        || effect instanceof Effect.Audited);
    }

    @Test
    void aBatchAnsweredAgainAfterItsRollbackChangesNothing() {
        var migration = Driver.inTest().started();
        var apply = migration.command();
        migration.answered(Result.CONFLICT).undone();
        migration.shell.clear();

        migration.give(migration.answer(apply, Result.DONE)).give(migration.answer(apply, Result.CONFLICT));

        assertThat(migration.shell.effects).isEmpty();
    }

    @Test
    void theChangesOfARolledBackMigrationAreHeldUntilReleasedWithAReason() {
        var first = Driver.inTest().started().answered(Result.CONFLICT).undone();
        assertThat(first.status().waitsFor()).contains("held").contains("migrator release m-1");
        var again = new Driver(first.shell, "m-2", "test")
                .writing("topic-of-m-1")
                .requested()
                .planned();
        assertThat(again.state()).isEqualTo(MigrationState.REJECTED);
        again.problemCodes("CHG-HELD");
        assertThat(again.status().problems().getFirst().thing()).isEqualTo("migration m-1");
        assertThat(again.status().problems().getFirst().todo()).contains("migrator release m-1");

        first.commanded(Command.RELEASE, " ");
        assertThat(first.auditedProblems()).contains("CMD-REASON");
        assertThat(first.environment().holds()).containsKey(first.id);
        first.commanded(Command.RELEASE, "it was the network");

        assertThat(first.status().waitsFor()).isEmpty();
        assertThat(first.state()).isEqualTo(MigrationState.ROLLED_BACK);
        var third =
                new Driver(first.shell, "m-3", "test").writing("topic-of-m-1").started();
        assertThat(third.state()).isEqualTo(MigrationState.EXECUTING);
    }

    @Test
    void whatARevertTookBackIsHeldUntilReleasedLikeWhatWasRolledBack() {
        var shell = new Shell();
        new Driver(shell, "m-1", "test").started().succeeding();
        var revert = new Driver(shell, "m-2", "test")
                .writing("back")
                .takingBack("topic-of-m-1")
                .started();
        assertThat(revert.environment().holds()).isEmpty();
        revert.succeeding();
        assertThat(revert.state()).isEqualTo(MigrationState.SUCCEEDED);
        assertThat(revert.status().waitsFor()).contains("held").contains("migrator release m-2");

        var again = new Driver(shell, "m-3", "test").writing("topic-of-m-1");
        assertThat(again.requested().planned().state()).isEqualTo(MigrationState.REJECTED);
        again.problemCodes("CHG-HELD");

        revert.commanded(Command.RELEASE, "it was right after all");
        var released = new Driver(shell, "m-4", "test").writing("topic-of-m-1");
        assertThat(released.started().state()).isEqualTo(MigrationState.EXECUTING);
    }

    @Test
    void aRevertThatIsRolledBackHoldsItselfAndNotWhatItWouldHaveTakenBack() {
        var shell = new Shell();
        new Driver(shell, "m-1", "test").started().succeeding();
        var revert = new Driver(shell, "m-2", "test")
                .writing("back")
                .takingBack("topic-of-m-1")
                .started()
                .answered(Result.CONFLICT)
                .undone();
        assertThat(revert.state()).isEqualTo(MigrationState.ROLLED_BACK);

        var again = new Driver(shell, "m-3", "test").writing("topic-of-m-1");

        assertThat(again.started().state()).isEqualTo(MigrationState.EXECUTING);
    }

    @Test
    void aChangedSourceIsNotHeld() {
        var first = Driver.inTest().started().answered(Result.CONFLICT).undone();

        var fixed =
                new Driver(first.shell, "m-2", "test").writing("topic-of-m-1").planningOtherwise(" fixed");

        assertThat(fixed.started().state()).isEqualTo(MigrationState.EXECUTING);
    }

    @Test
    void oneThatQueuesBehindTheSameChangeIsRejectedWhenThatIsRolledBack() {
        var first = Driver.inTest().started();
        var second = new Driver(first.shell, "m-2", "test").writing("topic-of-m-1");
        second.requested().planned().snapshotted();
        assertThat(second.state()).isEqualTo(MigrationState.QUEUED);

        first.answered(Result.CONFLICT).undone();

        assertThat(second.state()).isEqualTo(MigrationState.REJECTED);
        second.problemCodes("CHG-HELD");
    }

    @Test
    void anIncompleteRollbackHoldsItsChangesToo() {
        var migration = Driver.inTest().started().answered(Result.CONFLICT).answered(Result.DONE);
        migration.answered(Result.FAILED);

        assertThat(migration.state()).isEqualTo(MigrationState.ROLLBACK_INCOMPLETE);
        assertThat(migration.environment().holds()).containsKey(migration.id);
    }
}
