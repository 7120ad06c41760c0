package dev.migrator.core.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.lifecycle.Fact.Commanded.Command;
import dev.migrator.core.lifecycle.WorkerAnswer.Result;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandTest {
    @Test
    void cancelAndRollBackBeforeTheFirstWriteAreTheSameThing() {
        for (var command : List.of(Command.CANCEL, Command.ROLL_BACK)) {
            for (int facts = 1; facts <= 4; facts++) {
                var migration = Driver.inProduction().requested();
                if (facts > 1) {
                    migration.planned();
                }
                if (facts > 2) {
                    migration.snapshotted();
                }
                if (facts > 3) {
                    migration.approvedBy("bob");
                }

                migration.commanded(command);

                assertThat(migration.state()).isEqualTo(MigrationState.CANCELLED);
                assertThat(migration.environment().members()).isEmpty();
                assertThat(migration.environment().holds()).isEmpty();
                assertThat(migration.commandsInShort()).doesNotContain("apply 0");
            }
        }
    }

    @Test
    void cancelAfterTheFirstWriteRollsBack() {
        var migration = Driver.inTest().started().commanded(Command.CANCEL);

        assertThat(migration.state()).isEqualTo(MigrationState.ROLLING_BACK);
        migration.problemCodes("CMD-CANCEL");
        assertThat(migration.answered(Result.DONE).undone().state()).isEqualTo(MigrationState.ROLLED_BACK);
    }

    @Test
    void aPauseFreezesAtTheNextBatchAndAResumeGoesOn() {
        var migration = Driver.inTest().started().commanded(Command.PAUSE);
        assertThat(migration.state()).isEqualTo(MigrationState.EXECUTING);
        assertThat(migration.status().waitsFor()).startsWith("the end of the running batch");

        migration.answered(Result.DONE);
        assertThat(migration.state()).isEqualTo(MigrationState.PAUSED);
        assertThat(migration.status().waitsFor()).contains("paused by carol").contains("2026-03-01T16:00:00Z");
        migration.passing(Duration.ofHours(3));
        assertThat(migration.commandsInShort()).containsExactly("check", "apply 0");
        assertThat(migration.environment().placeOf(migration.id)).isEqualTo(EnvironmentState.Place.HOLDING);

        migration.commanded(Command.RESUME);

        assertThat(migration.commandsInShort()).containsExactly("check", "apply 0", "apply 1");
        assertThat(migration.state()).isEqualTo(MigrationState.EXECUTING);
    }

    /** Batches 0 and 1 are the first phase, 2 the second; a migration stands at a boundary once a batch is answered. */
    private static Driver at(int boundary) {
        var migration = Driver.inTest().started();
        for (int batch = 0; batch < boundary; batch++) {
            if (batch == 2) {
                migration.verified(0);
            }
            migration.answered(Result.DONE);
        }
        return migration;
    }

    private static void goOnToTheEnd(Driver migration) {
        while (!migration.status().ended()) {
            if (migration.state() == MigrationState.VERIFYING
                    && migration.facts().execution().verified() < 2) {
                migration.verified(migration.facts().execution().verified());
            } else {
                migration.answered(Result.DONE);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void aPauseAtAnyBatchBoundaryHoldsThereAndTheRestFollowsOnceResumed(int boundary) {
        var migration = at(boundary).commanded(Command.PAUSE);
        if (migration.command() instanceof WorkerCommand.ApplyBatch
                && migration.facts().outstanding().isPresent()
                && migration.state() == MigrationState.EXECUTING) {
            migration.answered(Result.DONE);
        }
        int issued = migration.commandsInShort().size();
        assertThat(migration.state()).isEqualTo(MigrationState.PAUSED);
        migration.passing(Duration.ofHours(3));
        assertThat(migration.commandsInShort()).hasSize(issued);

        migration.commanded(Command.RESUME);
        goOnToTheEnd(migration);

        assertThat(migration.state()).isEqualTo(MigrationState.SUCCEEDED);
        assertThat(migration.commandsInShort()).containsExactly("check", "apply 0", "apply 1", "apply 2", "close");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void aCancelAtAnyBatchBoundaryUndoesExactlyWhatWasIssued(int boundary) {
        var migration = at(boundary).commanded(Command.CANCEL);
        if (migration.facts().isApplyUnanswered()) {
            migration.answered(Result.DONE);
        }
        var applied = migration.commandsInShort().stream()
                .filter(command -> command.startsWith("apply"))
                .toList();

        migration.undone();

        assertThat(migration.state()).isEqualTo(MigrationState.ROLLED_BACK);
        assertThat(migration.commandsInShort().stream()
                        .filter(command -> command.startsWith("revert"))
                        .map(command -> command.replace("revert", "apply"))
                        .toList()
                        .reversed())
                .isEqualTo(applied);
        assertThat(migration.commandsInShort()).endsWith("close-back");
    }

    @Test
    void aPhaseJudgedGoodDuringAPauseIsRememberedButTheNextOneWaits() {
        var migration = Driver.inTest()
                .started()
                .answeredDone(2)
                .commanded(Command.PAUSE)
                .verified(0);

        assertThat(migration.commandsInShort()).doesNotContain("apply 2");
        migration.commanded(Command.RESUME);
        assertThat(migration.commandsInShort()).endsWith("apply 2");
    }

    @Test
    void aPauseThatLastsTooLongRollsBack() {
        var migration = Driver.inTest().started().commanded(Command.PAUSE).answered(Result.DONE);

        migration.passing(Shell.RULES.pauseDeadline());

        assertThat(migration.state()).isEqualTo(MigrationState.ROLLING_BACK);
        migration.problemCodes("CMD-PAUSE-OVER");
        assertThat(migration.undone().state()).isEqualTo(MigrationState.ROLLED_BACK);
    }

    @Test
    void aPauseBeforeTheFirstWriteThatLastsTooLongCancels() {
        var migration = Driver.inProduction().requested().commanded(Command.PAUSE);
        assertThat(migration.planned().state()).isEqualTo(MigrationState.PAUSED);

        migration.passing(Shell.RULES.pauseDeadline());

        assertThat(migration.state()).isEqualTo(MigrationState.CANCELLED);
    }

    @Test
    void anAnomalyDuringAPauseRollsBack() {
        var migration = Driver.inTest().started().commanded(Command.PAUSE).answered(Result.DONE);

        migration.give(new Fact.RollbackCommanded(migration.id, 1, 0, "errors went up"));

        assertThat(migration.state()).isEqualTo(MigrationState.ROLLING_BACK);
        assertThat(migration.commandsInShort()).endsWith("revert 0");
    }

    @Test
    void aCommandPublishedTwiceIsOneCommand() {
        var migration = Driver.inTest().started();
        var pause = new Fact.Commanded(migration.id, "r", Command.PAUSE, "carol", "");

        migration
                .give(pause)
                .give(new Fact.Commanded(migration.id, "r-2", Command.RESUME, "carol", ""))
                .give(pause)
                .answered(Result.DONE);

        assertThat(migration.state()).isEqualTo(MigrationState.EXECUTING);
        assertThat(migration.auditedProblems()).isEmpty();
    }

    @Test
    void oneRequestIdForTwoCommandsIsRefused() {
        var migration = Driver.inTest().started();

        migration
                .give(new Fact.Commanded(migration.id, "r", Command.PAUSE, "carol", ""))
                .give(new Fact.Commanded(migration.id, "r", Command.ROLL_BACK, "carol", ""));

        assertThat(migration.auditedProblems()).containsExactly("CMD-ID-REUSED");
        assertThat(migration.answered(Result.DONE).state()).isEqualTo(MigrationState.PAUSED);
    }

    @Test
    void rollingBackWhatSucceededIsRefusedAndSaysWhatToDo() {
        var migration = Driver.inTest().started().succeeding().commanded(Command.ROLL_BACK);

        assertThat(migration.state()).isEqualTo(MigrationState.SUCCEEDED);
        var refusal = migration.effects(Effect.Audited.class).getLast();
        assertThat(refusal.decision()).isEqualTo("command-refused");
        assertThat(refusal.problem()).hasValueSatisfying(problem -> {
            assertThat(problem.code()).isEqualTo("CMD-TOO-LATE");
            assertThat(problem.found()).isEqualTo("SUCCEEDED");
            assertThat(problem.todo()).contains("earlier commit");
        });
    }

    @Test
    void onceEverythingIsJudgedGoodThereIsNoWayBack() {
        var migration = Driver.inTest()
                .started()
                .answeredDone(2)
                .verified(0)
                .answered(Result.DONE)
                .verified(1);

        migration
                .commanded(Command.ROLL_BACK)
                .commanded(Command.PAUSE)
                .give(new Fact.RollbackCommanded(migration.id, 1, 1, "late"))
                .answered(Result.DONE);

        assertThat(migration.state()).isEqualTo(MigrationState.SUCCEEDED);
        assertThat(migration.auditedProblems()).containsExactly("CMD-TOO-LATE", "CMD-TOO-LATE", "VRF-LATE");
    }

    @Test
    void whatMakesNoSenseIsRefusedWithAReason() {
        var migration = Driver.inTest().started().commanded(Command.RESUME).commanded(Command.RELEASE);
        migration.commanded(Command.PAUSE).commanded(Command.PAUSE).commanded(Command.ROLL_BACK);
        migration.commanded(Command.ROLL_BACK).commanded(Command.PAUSE);

        assertThat(migration.auditedProblems())
                .containsExactly(
                        "CMD-NOT-PAUSED",
                        "HLD-NONE",
                        "CMD-ALREADY-PAUSED",
                        "CMD-ROLL-BACK",
                        "CMD-TOO-LATE",
                        "CMD-TOO-LATE");
    }
}
