package dev.migrator.core.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.error.Problem;
import dev.migrator.core.lifecycle.Fact.Commanded.Command;
import dev.migrator.core.lifecycle.WorkerAnswer.Result;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BakeTest {
    private static final Duration BAKE = Duration.ofMinutes(10);
    private static final Duration SECOND = Duration.ofSeconds(1);

    /** Two phases, of which the first was just found good and bakes; the second has an undo window. */
    private static Driver canaryBakes() {
        return Driver.inTest().baking("10m", "30m").started().answeredDone(2).verified(0);
    }

    private static Driver lastPhaseBakes() {
        return canaryBakes().passing(BAKE).verified(0).answered(Result.DONE).verified(1);
    }

    private static List<Integer> asked(Driver migration) {
        return migration.effects(Effect.VerifyPhase.class).stream()
                .map(Effect.VerifyPhase::phase)
                .toList();
    }

    @Test
    void aPhaseBakesAndIsVerifiedAgainBeforeTheNextOneBegins() {
        var migration = canaryBakes();

        assertThat(migration.state()).isEqualTo(MigrationState.VERIFYING);
        assertThat(migration.status().phase()).isEqualTo("phase-0");
        assertThat(migration.status().waitsFor()).isEqualTo("bake of phase phase-0 until 2026-03-01T12:10:00Z");
        assertThat(migration.line("state-verified").evidence())
                .contains("done for 0 of 2", "good since 2026-03-01T12:00:00Z", "evidence-0.json");
        assertThat(migration.line("state-verified").mark()).isEqualTo(ChecklistLine.Mark.MISSING);

        migration.passing(BAKE.minus(SECOND));
        assertThat(asked(migration)).containsExactly(0);

        migration.passing(SECOND);
        assertThat(asked(migration)).containsExactly(0, 0);
        assertThat(migration.commandsInShort()).containsExactly("check", "apply 0", "apply 1");

        migration.verified(0);
        assertThat(migration.commandsInShort()).containsExactly("check", "apply 0", "apply 1", "apply 2");
        assertThat(migration.state()).isEqualTo(MigrationState.EXECUTING);
    }

    @Test
    void theBakeOfTheLastPhaseComesBeforeTheEnd() {
        var migration = lastPhaseBakes();

        assertThat(migration.status().waitsFor())
                .startsWith("bake of phase phase-1 until 2026-03-01T12:40:00Z")
                .contains("undo window: migrator rollback m-1");
        migration.passing(Duration.ofMinutes(29));
        assertThat(migration.commandsInShort()).endsWith("apply 2");

        migration.passing(Duration.ofMinutes(1)).verified(1);
        assertThat(migration.commandsInShort()).endsWith("apply 2", "close");
        migration.answered(Result.DONE);

        assertThat(migration.state()).isEqualTo(MigrationState.SUCCEEDED);
        assertThat(migration.line("state-verified").mark()).isEqualTo(ChecklistLine.Mark.PASSED);
    }

    @Test
    void theFirstVerdictComeTwiceIsNotTheOneAfterTheBake() {
        var migration = canaryBakes();
        var first = new Fact.PhaseVerified(migration.id, 1, 0, "4be21d0/m-1/evidence-0.json");

        migration.give(first).passing(BAKE).give(first);

        assertThat(migration.commandsInShort()).containsExactly("check", "apply 0", "apply 1");
        assertThat(migration.facts().execution().verified()).isZero();
        assertThat(migration.auditedProblems()).isEmpty();
    }

    /** One that nobody asked for yet would else pass for it. */
    @Test
    void aVerdictBeforeTheEndOfTheBakeIsRefused() {
        var migration = canaryBakes().verified(0);

        assertThat(migration.auditedProblems()).isNotEmpty();
        migration.passing(BAKE);
        assertThat(migration.commandsInShort()).endsWith("apply 1");
        assertThat(asked(migration)).containsExactly(0, 0);
    }

    // argoproj/argo-rollouts#1297: abort does not restore the config
    @Test
    void aCanaryThatWentBadInItsBakeIsUndoneAndNothingElseIsEverWritten() {
        var migration = canaryBakes().passing(BAKE);

        migration
                .give(new Fact.AnomalyDetected(migration.id, migration.epoch(), 0, List.of(Driver.OOPS)))
                .undone();

        assertThat(migration.state()).isEqualTo(MigrationState.ROLLED_BACK);
        assertThat(migration.status().endHash()).hasValue(Driver.BEFORE);
        assertThat(migration.status().problems()).extracting(Problem::code).contains("TST-OOPS");
        assertThat(migration.commandsInShort())
                .containsExactly("check", "apply 0", "apply 1", "revert 1", "revert 0", "close-back");
    }

    @Test
    void anAnomalyOfTheFirstLookThatComesLateUndoesInTheBake() {
        var migration = canaryBakes();

        migration.give(new Fact.RollbackCommanded(migration.id, 1, 0, "errors went up"));

        assertThat(migration.state()).isEqualTo(MigrationState.ROLLING_BACK);
        assertThat(migration.facts().bakesUntil()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"CANCEL", "ROLL_BACK"})
    void whoeverChangesTheirMindInTheUndoWindowNeedsNoNewPlan(Command command) {
        var migration = lastPhaseBakes().commanded(command).undone();

        assertThat(migration.state()).isEqualTo(MigrationState.ROLLED_BACK);
        assertThat(migration.commandsInShort()).endsWith("apply 2", "revert 2", "revert 1", "revert 0", "close-back");
        assertThat(migration.effects(Effect.PlanRequested.class)).hasSize(1);
    }

    @Test
    void afterTheUndoWindowTheRefusalNamesTheRevert() {
        var migration = lastPhaseBakes()
                .passing(Duration.ofMinutes(30))
                .verified(1)
                .answered(Result.DONE)
                .commanded(Command.ROLL_BACK);

        assertThat(migration.state()).isEqualTo(MigrationState.SUCCEEDED);
        assertThat(migration.effects(Effect.Audited.class).getLast().problem())
                .hasValueSatisfying(problem -> assertThat(problem.todo()).contains("migrator revert m-1"));
    }

    // fluxcd/flagger#1186: wants freeze instead of rollback
    @Test
    void aPauseInABakeFreezesWhatIsThere() {
        var migration = canaryBakes().passing(Duration.ofMinutes(5)).commanded(Command.PAUSE);
        assertThat(migration.state()).isEqualTo(MigrationState.PAUSED);

        migration.passing(Duration.ofHours(1));
        assertThat(asked(migration)).containsExactly(0);
        assertThat(migration.commandsInShort()).containsExactly("check", "apply 0", "apply 1");
        assertThat(migration.environment().placeOf(migration.id)).isEqualTo(EnvironmentState.Place.HOLDING);

        migration.commanded(Command.RESUME);
        assertThat(asked(migration)).as("the bake went on meanwhile").containsExactly(0, 0);
        migration.verified(0);
        assertThat(migration.commandsInShort()).endsWith("apply 2");
    }

    /** Somebody looks for themselves: a verifier that is silent meanwhile must not have it undone. */
    @Test
    void aPauseOfTheSecondLookHoldsTheQuestionAndNoSilenceCounts() {
        var migration = canaryBakes().passing(BAKE).commanded(Command.PAUSE);
        for (int i = 0; i < 35; i++) {
            migration.passing(Duration.ofMinutes(6));
        }
        assertThat(migration.state()).isEqualTo(MigrationState.PAUSED);
        assertThat(asked(migration)).as("asked before the pause alone").containsExactly(0, 0);
        assertThat(migration.facts().due(Shell.RULES))
                .contains(Shell.START.plus(BAKE).plus(Duration.ofHours(4)));

        migration.commanded(Command.RESUME);
        assertThat(migration.state()).isEqualTo(MigrationState.VERIFYING);
        assertThat(asked(migration)).containsExactly(0, 0, 0);
        assertThat(migration.facts().outstanding().orElseThrow().attempt()).isEqualTo(1);
        assertThat(migration.verified(0).commandsInShort()).endsWith("apply 2");
    }

    /** What was asked before the pause is answered in it: a "yes" is noted, a "no" undoes. */
    @Test
    void aVerdictThatWasUnderWayCountsInAPauseToo() {
        var good = canaryBakes().passing(BAKE).commanded(Command.PAUSE).verified(0);
        assertThat(good.state()).isEqualTo(MigrationState.PAUSED);
        assertThat(good.commandsInShort()).endsWith("apply 1");
        assertThat(good.commanded(Command.RESUME).commandsInShort()).endsWith("apply 2");

        var bad = canaryBakes().passing(BAKE).commanded(Command.PAUSE);
        bad.give(new Fact.AnomalyDetected(bad.id, bad.epoch(), 0, List.of(Driver.OOPS)));
        assertThat(bad.undone().state()).isEqualTo(MigrationState.ROLLED_BACK);
    }

    @Test
    void aPauseThatNobodyEndsIsRolledBackFromABakeToo() {
        var migration = canaryBakes()
                .commanded(Command.PAUSE)
                .passing(Duration.ofHours(4))
                .undone();

        assertThat(migration.state()).isEqualTo(MigrationState.ROLLED_BACK);
        migration.problemCodes("CMD-PAUSE-OVER");
    }

    @Test
    void aTickIsDueAtTheEndOfTheBakeAndOnlyWhileSomethingWaitsForIt() {
        var end = Shell.START.plus(BAKE);

        assertThat(canaryBakes().facts().due(Shell.RULES)).contains(end);
        assertThat(canaryBakes().commanded(Command.PAUSE).facts().due(Shell.RULES))
                .contains(Shell.START.plus(Shell.RULES.pauseDeadline()));
        assertThat(canaryBakes().passing(BAKE).facts().due(Shell.RULES))
                .hasValueSatisfying(due -> assertThat(due).isAfter(end));
        assertThat(canaryBakes().passing(BAKE).verified(0).facts().bakesUntil()).isEmpty();
    }

    @Test
    void aVerifierThatIsSilentAfterTheBakeCountsAsNo() {
        var migration = canaryBakes().passing(BAKE);
        for (int i = 0; i < 50; i++) {
            migration.passing(Duration.ofMinutes(6));
        }

        assertThat(migration.undone().state()).isEqualTo(MigrationState.ROLLED_BACK);
        migration.problemCodes("VRF-SILENT");
    }

    /** A tick that is late, as after an outage of all services, begins no new bake. */
    @Test
    void whatBakedWhileNobodyWasThereHasBaked() {
        var migration = canaryBakes().passing(Duration.ofDays(2)).verified(0);

        assertThat(migration.commandsInShort()).endsWith("apply 2");
    }
}
