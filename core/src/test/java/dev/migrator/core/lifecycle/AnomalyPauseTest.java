package dev.migrator.core.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.environment.AnomalyDecision;
import dev.migrator.core.error.Problem;
import dev.migrator.core.lifecycle.Fact.Commanded.Command;
import dev.migrator.core.lifecycle.WorkerAnswer.Result;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An environment in which what verification says "no" to is paused, until a person decides. */
// fluxcd/flagger#1186: wants freeze instead of rollback
class AnomalyPauseTest {
    private static final LifecycleRules RULES = Shell.RULES.in("test", rules -> rules.onAnomaly(AnomalyDecision.PAUSE));

    private static Driver inTest() {
        return new Driver(new Shell(RULES), "m-1", "test");
    }

    /** The first of two phases is written, and the verifier is asked. */
    private static Driver verifying() {
        return inTest().started().answeredDone(2);
    }

    private static Driver paused() {
        return anomaly(verifying(), 1);
    }

    private static Driver anomaly(Driver migration, int epoch) {
        return migration.give(new Fact.AnomalyDetected(migration.id, epoch, 0, List.of(Driver.OOPS)));
    }

    private static List<Integer> asked(Driver migration) {
        return migration.effects(Effect.VerifyPhase.class).stream()
                .map(Effect.VerifyPhase::epoch)
                .toList();
    }

    @Test
    void anAnomalyFreezesWhatIsThereAndTellsWhoDecides() {
        var migration = paused();

        assertThat(migration.state()).isEqualTo(MigrationState.PAUSED);
        assertThat(migration.status().problems()).extracting(Problem::code).containsExactly("TST-OOPS");
        assertThat(migration.status().waitsFor())
                .isEqualTo(
                        "a person, as verification found something wrong: migrator rollback m-1, or migrator resume m-1,"
                                + " which has it verified again, else it is rolled back at 2026-03-01T16:00:00Z");
        assertThat(migration.passing(Duration.ofHours(3)).commandsInShort())
                .containsExactly("check", "apply 0", "apply 1");
        assertThat(asked(migration)).containsExactly(1);
        assertThat(migration.environment().placeOf(migration.id)).isEqualTo(EnvironmentState.Place.HOLDING);
    }

    @Test
    void aResumeHasItVerifiedAgainBeforeAnythingIsWritten() {
        var migration = paused().commanded(Command.RESUME);

        assertThat(migration.state()).isEqualTo(MigrationState.VERIFYING);
        assertThat(asked(migration)).containsExactly(1, 2);
        assertThat(migration.commandsInShort()).endsWith("apply 1");

        migration.verified(0);
        assertThat(migration.commandsInShort()).endsWith("apply 2");
        migration.answered(Result.DONE).verified(1).answered(Result.DONE);

        assertThat(migration.state()).isEqualTo(MigrationState.SUCCEEDED);
        assertThat(migration.status().problems())
                .as("a person has decided about it")
                .isEmpty();
    }

    @Test
    void whatIsStillWrongAfterTheResumePausesAgain() {
        var migration = anomaly(paused().commanded(Command.RESUME), 2);

        assertThat(migration.state()).isEqualTo(MigrationState.PAUSED);
        assertThat(migration.status().problems()).extracting(Problem::code).containsExactly("TST-OOPS");
        assertThat(migration.commandsInShort()).endsWith("apply 1");
    }

    /** Told on two topics that know no order, each of which may repeat. */
    @Test
    void whatWasSaidBeforeTheResumeIsHeardAndChangesNothingAfterIt() {
        var migration = paused();
        var order = new Fact.RollbackCommanded(migration.id, 1, 0, "errors went up");
        migration.give(order);
        migration.problemCodes("TST-OOPS", "VRF-ROLLBACK");

        anomaly(migration.commanded(Command.RESUME), 1).give(order);

        assertThat(migration.state()).isEqualTo(MigrationState.VERIFYING);
        assertThat(migration.status().problems()).isEmpty();
        assertThat(migration.verified(0).commandsInShort()).endsWith("apply 2");
    }

    /** Asked twice, answered twice, and differently: the "no" counts until it is asked anew. */
    @Test
    void aYesToTheSameQuestionDoesNotOutweighTheNo() {
        var migration = paused();

        migration.give(new Fact.PhaseVerified(migration.id, 1, 0, "4be21d0/m-1/evidence-0.json"));

        assertThat(migration.state()).isEqualTo(MigrationState.PAUSED);
        assertThat(migration.commanded(Command.RESUME).commandsInShort()).endsWith("apply 1");
        assertThat(asked(migration)).containsExactly(1, 2);
    }

    /** The "yes" came first, and the next phase is being written when the "no" comes. */
    @Test
    void anAnomalyOfAnEarlierPhaseHasThatPhaseJudgedAgain() {
        var migration = anomaly(verifying().verified(0), 1);
        assertThat(migration.state()).as("a batch is under way").isEqualTo(MigrationState.EXECUTING);
        assertThat(migration.status().waitsFor()).startsWith("the end of the running batch; then a person");

        migration.answered(Result.DONE);
        assertThat(migration.state()).isEqualTo(MigrationState.PAUSED);
        migration.commanded(Command.RESUME);
        assertThat(migration.effects(Effect.VerifyPhase.class).getLast().phase())
                .isZero();

        migration.verified(0);
        assertThat(migration.effects(Effect.VerifyPhase.class).getLast()).satisfies(asked -> {
            assertThat(asked.phase()).isEqualTo(1);
            assertThat(asked.since()).as("it is written already, and watched").hasValue(Shell.START);
        });
        assertThat(migration.commandsInShort()).endsWith("apply 2");
        assertThat(migration.verified(1).answered(Result.DONE).state()).isEqualTo(MigrationState.SUCCEEDED);
    }

    /** No worker has the batch: issued with the resume, it would be written before anybody has looked again. */
    @Test
    void aBatchThatNoWorkerHasIsNotIssuedBeforeThePhaseIsJudgedAgain() {
        var migration = anomaly(verifying().verified(0), 1).answered(Result.SUPERSEDED);
        var issued = migration.commands().size();

        migration.commanded(Command.RESUME).passing(Duration.ofMinutes(10));

        assertThat(migration.commands()).hasSize(issued);
        assertThat(migration.effects(Effect.VerifyPhase.class).getLast().phase())
                .isZero();
        assertThat(migration.verified(0).commands()).hasSize(issued + 1);
        assertThat(migration.commandsInShort()).endsWith("apply 2");
    }

    /** Whoever decides between rollback and resume has to see all of it. */
    @Test
    void anAnomalyOfALaterPhaseThatIsWrittenIsShownToo() {
        var migration = verifying().verified(0).answered(Result.DONE);
        anomaly(migration, 1);
        var later = Problem.of("TST-LATER", "and this");

        migration.give(new Fact.AnomalyDetected(migration.id, 1, 1, List.of(later)));

        migration.problemCodes("TST-OOPS", "TST-LATER");
        assertThat(migration.commanded(Command.ROLL_BACK).undone().status().problems())
                .extracting(Problem::code)
                .contains("TST-OOPS", "TST-LATER");
    }

    @Test
    void anAnomalyAfterTheBakeIsPausedToo() {
        var migration = inTest().baking("10m").started().answeredDone(2).verified(0);
        anomaly(migration.passing(Duration.ofMinutes(10)), 2);
        assertThat(migration.state()).isEqualTo(MigrationState.PAUSED);

        migration.passing(Duration.ofMinutes(15)).commanded(Command.RESUME);

        assertThat(asked(migration)).as("its bake is over").containsExactly(1, 2, 3);
        assertThat(migration.effects(Effect.VerifyPhase.class))
                .extracting(asked -> asked.since().orElseThrow())
                .as("what monitoring told before the resume is known, and decided about")
                .containsExactly(Shell.START, Shell.START, Shell.START.plus(Duration.ofMinutes(25)));
        assertThat(migration.verified(0).commandsInShort()).endsWith("apply 2");
    }

    @ParameterizedTest
    @EnumSource(names = {"CANCEL", "ROLL_BACK"})
    void aPersonHasItUndoneWithWhatWasFound(Command command) {
        var migration = paused().commanded(command).undone();

        assertThat(migration.state()).isEqualTo(MigrationState.ROLLED_BACK);
        assertThat(migration.status().endHash()).hasValue(Driver.BEFORE);
        assertThat(migration.status().problems())
                .extracting(Problem::code)
                .startsWith("TST-OOPS")
                .hasSize(2);
    }

    @Test
    void whatNobodyDecidesIsUndone() {
        var migration = paused().passing(Duration.ofHours(4)).undone();

        assertThat(migration.state()).isEqualTo(MigrationState.ROLLED_BACK);
        migration.problemCodes("TST-OOPS", "CMD-PAUSE-OVER");
    }

    @Test
    void aPauseOfAPersonIsOneOfTheAnomalyFromThenOn() {
        var migration = anomaly(verifying().commanded(Command.PAUSE), 1);

        assertThat(migration.status().problems()).extracting(Problem::code).containsExactly("TST-OOPS");
        migration.commanded(Command.RESUME);
        assertThat(asked(migration)).containsExactly(1, 2);
    }

    @Test
    void whoeverHadPausedItHasTheWholeTimeToDecideAboutTheAnomaly() {
        var migration = anomaly(
                verifying().commanded(Command.PAUSE).passing(Duration.ofHours(4).minusMinutes(1)), 1);

        assertThat(migration.passing(Duration.ofHours(4).minusMinutes(1)).state())
                .isEqualTo(MigrationState.PAUSED);
        assertThat(migration.passing(Duration.ofMinutes(1)).state()).isEqualTo(MigrationState.ROLLING_BACK);
    }

    @Test
    void aVerifierThatIsSilentIsPausedFor() {
        var migration = verifying();
        while (migration.state() == MigrationState.VERIFYING) {
            migration.passing(RULES.tasks().cap());
        }
        assertThat(migration.state()).isEqualTo(MigrationState.PAUSED);
        assertThat(migration.status().problems()).extracting(Problem::code).containsExactly("VRF-SILENT");

        migration.commanded(Command.RESUME);
        assertThat(migration.facts().outstanding().orElseThrow().attempt()).isEqualTo(1);
        assertThat(migration.verified(0).commandsInShort()).endsWith("apply 2");
    }

    /** It is what a target says, not what verification found: there is nothing to look at again. */
    @Test
    void aBatchThatFailsIsUndoneAllTheSame() {
        var migration = inTest().started().answered(Result.FAILED);

        assertThat(migration.undone().state()).isEqualTo(MigrationState.ROLLED_BACK);
    }

    @Test
    void whereItIsNotTheRuleAnAnomalyIsUndoneAtOnce() {
        var migration = new Driver(new Shell(RULES), "m-1", "production");
        anomaly(migration.started().answeredDone(2), 1);

        assertThat(migration.state()).isEqualTo(MigrationState.ROLLING_BACK);
    }
}
