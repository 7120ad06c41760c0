package dev.migrator.core.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.error.Problem;
import dev.migrator.core.lifecycle.Fact.Commanded.Command;
import dev.migrator.core.lifecycle.WorkerAnswer.Result;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What counts as failing once something is written, and after how many: the last that is borne, and the one that undoes. */
// fluxcd/flagger#1801: 18 failed checks, threshold 5, no rollback
class FailingLimitsTest {
    private static final Duration BAKE = Duration.ofMinutes(10);
    private static final Duration LONGEST_WAIT = Shell.RULES.tasks().cap();
    private static final Duration MOMENT = Duration.ofSeconds(1);

    /**
     * @param what counts, and after how many
     * @param migration up to where it can fail
     * @param borne the most that is not failing yet
     * @param tooMuch what comes on top
     * @param code of the problem that the status names then
     */
    private record Limit(
            String what,
            Supplier<Driver> migration,
            UnaryOperator<Driver> borne,
            UnaryOperator<Driver> tooMuch,
            String code) {
        @Override
        public String toString() {
            return what;
        }
    }

    static Stream<Limit> limits() {
        return Stream.of(
                atOnce("a check that fails once", FailingLimitsTest::verifying, anomaly(1, "CHK-HTTP"), "CHK-HTTP"),
                atOnce(
                        "an entry that is once found not to be as planned",
                        FailingLimitsTest::verifying,
                        anomaly(1, "VRF-STATE"),
                        "VRF-STATE"),
                atOnce(
                        "a rollback that the verifier commands once",
                        FailingLimitsTest::verifying,
                        driver -> driver.give(new Fact.RollbackCommanded(driver.id, 1, 0, "errors went up")),
                        "VRF-ROLLBACK"),
                atOnce(
                        "a check that fails once after a bake",
                        FailingLimitsTest::baked,
                        anomaly(2, "CHK-HTTP"),
                        "CHK-HTTP"),
                atOnce(
                        "a batch of which the target refuses a part once",
                        FailingLimitsTest::applying,
                        driver -> driver.answered(Result.FAILED),
                        "EXE-BATCH-FAILED"),
                atOnce(
                        "a batch that once finds what nobody planned",
                        FailingLimitsTest::applying,
                        driver -> driver.answered(Result.CONFLICT),
                        "EXE-CONFLICT"),
                new Limit(
                        "a verifier that is silent to 40 requests",
                        FailingLimitsTest::verifying,
                        driver -> silent(driver, 40),
                        driver -> driver.passing(LONGEST_WAIT),
                        "VRF-SILENT"),
                new Limit(
                        "a verifier that is silent to 40 requests after a bake",
                        FailingLimitsTest::baked,
                        driver -> silent(driver, 40),
                        driver -> driver.passing(LONGEST_WAIT),
                        "VRF-SILENT"),
                new Limit(
                        "a pause that nobody ends within 4 h",
                        () -> applying().commanded(Command.PAUSE).answered(Result.DONE),
                        driver -> driver.passing(Duration.ofHours(4).minus(MOMENT)),
                        driver -> driver.passing(MOMENT),
                        "CMD-PAUSE-OVER"));
    }

    @ParameterizedTest
    @MethodSource("limits")
    void theLastThatIsBorneUndoesNothingAndTheNextUndoesAll(Limit limit) {
        var migration = limit.borne().apply(limit.migration().get());
        assertThat(migration.facts().isRollbackDecided()).isFalse();
        assertThat(migration.commandsInShort()).noneMatch(command -> command.startsWith("revert"));

        var _ = limit.tooMuch().apply(migration);

        assertThat(migration.state()).isEqualTo(MigrationState.ROLLING_BACK);
        assertThat(migration.undone().state()).isEqualTo(MigrationState.ROLLED_BACK);
        assertThat(migration.status().endHash()).hasValue(Driver.BEFORE);
        migration.problemCodes(limit.code());
    }

    /** What came of it has to be known, so it is asked for as long as it takes, and neither undone nor gone on with. */
    @Test
    void aWorkerThatDoesNotAnswerIsAskedForEver() {
        var migration = applying();
        int asked = migration.commands().size();
        for (int i = 0; i < 100; i++) {
            migration.passing(Duration.ofHours(1));
        }

        assertThat(migration.state()).isEqualTo(MigrationState.EXECUTING);
        assertThat(migration.commandsInShort()).hasSize(asked + 100).endsWith("apply 0", "apply 0");
    }

    private static Limit atOnce(String what, Supplier<Driver> migration, UnaryOperator<Driver> failure, String code) {
        return new Limit(what, migration, UnaryOperator.identity(), failure, code);
    }

    private static UnaryOperator<Driver> anomaly(int epoch, String code) {
        var problems = List.of(Problem.of(code, "not as it should be"));
        return driver -> driver.give(new Fact.AnomalyDetected(driver.id, epoch, 0, problems));
    }

    /** Its first batch is at the worker. */
    private static Driver applying() {
        return Driver.inTest().started();
    }

    /** Its first phase is written, and the verifier is asked. */
    private static Driver verifying() {
        return applying().answeredDone(2);
    }

    /** Its first phase was good, has baked, and the verifier is asked again. */
    private static Driver baked() {
        return Driver.inTest()
                .baking(BAKE.toMinutes() + "m")
                .started()
                .answeredDone(2)
                .verified(0)
                .passing(BAKE);
    }

    /** The verifier was asked so often since the last verdict, and the last request is not over yet. */
    private static Driver silent(Driver driver, int requests) {
        int epoch = driver.epoch();
        while (asked(driver, epoch) < requests) {
            driver.passing(LONGEST_WAIT);
        }
        assertThat(asked(driver, epoch)).isEqualTo(requests);
        return driver.passing(LONGEST_WAIT.minus(MOMENT));
    }

    private static long asked(Driver driver, int epoch) {
        return driver.effects(Effect.VerifyPhase.class).stream()
                .filter(effect -> effect.epoch() == epoch)
                .count();
    }
}
