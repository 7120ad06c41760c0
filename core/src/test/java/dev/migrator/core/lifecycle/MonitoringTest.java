package dev.migrator.core.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.environment.AnomalyDecision;
import dev.migrator.core.environment.Bake;
import dev.migrator.core.environment.DriftDecision;
import dev.migrator.core.environment.Environment;
import dev.migrator.core.environment.Environments;
import dev.migrator.core.environment.Grace;
import dev.migrator.core.environment.Mode;
import dev.migrator.core.environment.MonitoredSignal;
import dev.migrator.core.environment.Protection;
import dev.migrator.core.environment.SignalsDigest;
import dev.migrator.core.error.Problem;
import dev.migrator.core.lifecycle.ChecklistLine.Mark;
import dev.migrator.core.lifecycle.Fact.Commanded.Command;
import dev.migrator.core.lifecycle.WorkerAnswer.Result;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class MonitoringTest {
    private static final Problem SILENT = Problem.of("SIG-SILENT", "a monitored system is silent")
            .about("checkout-service errors")
            .expected("a sample at least every 30s")
            .found("none for 30s or longer");
    private static final Digest SIGNALS = Digest.ofText("signals");
    private static final LifecycleRules MONITORED =
            Shell.RULES.in("test", MonitoringTest::monitored).in("production", MonitoringTest::monitored);
    private static final String LINE = "monitoring-active";

    private static EnvironmentRules monitored(EnvironmentRules rules) {
        return rules.monitoredBy(SIGNALS);
    }

    private static Driver inTest() {
        return new Driver(new Shell(MONITORED), "m-1", "test");
    }

    /** At the head of the queue, with monitoring asked for. */
    private static Driver asked() {
        return inTest().requested().planned().snapshotted();
    }

    private static Effect.MonitoringRequested question(Driver migration) {
        return migration.effects(Effect.MonitoringRequested.class).getLast();
    }

    private static Fact.MonitoringAnswered answer(Driver migration, MonitoringReport report) {
        var asked = question(migration);
        return new Fact.MonitoringAnswered(migration.id, asked.revision(), asked.asking(), asked.planDigest(), report);
    }

    private static MonitoringReport connected() {
        return new MonitoringReport(
                List.of("checkout-service errors, last sample 2026-03-01T11:59:50Z"),
                List.of(),
                "4be21d0/m-1/monitoring-1-1.json",
                Optional.of(Digest.ofText("heard")));
    }

    private static Driver heard(Driver migration) {
        return migration.give(answer(migration, connected()));
    }

    private static Driver silent(Driver migration) {
        return migration.give(
                answer(migration, new MonitoringReport(List.of(), List.of(SILENT), "", Optional.empty())));
    }

    @Test
    void anEnvironmentThatDeclaresNoneNeedsNoneAndSaysSo() {
        var migration = Driver.inTest().started();

        assertThat(migration.effects(Effect.MonitoringRequested.class)).isEmpty();
        assertThat(migration.commandsInShort()).containsExactly("check", "apply 0");
        var prepared = Driver.inProduction().requested().line(LINE);
        assertThat(prepared.mark()).isEqualTo(Mark.NOT_REQUIRED);
        assertThat(prepared.evidence()).isEqualTo("environment production declares no monitoring");
    }

    @Test
    void itIsListenedToAtTheHeadOfTheQueueBeforeTheTargetIsReadAgain() {
        var migration = asked();

        assertThat(question(migration))
                .isEqualTo(new Effect.MonitoringRequested(
                        migration.id,
                        1,
                        1,
                        "test",
                        "4be21d0",
                        migration.plan().planDigest(),
                        MONITORED.signalsOf("test")));
        assertThat(migration.environment().placeOf(migration.id)).isEqualTo(EnvironmentState.Place.HOLDING);
        assertThat(migration.commands()).isEmpty();
        assertThat(migration.line(LINE).mark()).isEqualTo(Mark.MISSING);
        assertThat(migration.status().waitsFor()).isEqualTo("verifier (monitoring)");

        heard(migration);
        assertThat(migration.commandsInShort()).containsExactly("check");
        migration.answered(Result.DONE);

        assertThat(migration.commandsInShort()).containsExactly("check", "apply 0");
        assertThat(migration.line(LINE).mark()).isEqualTo(Mark.PASSED);
        assertThat(migration.line(LINE).evidence())
                .contains(
                        "signals heard and well: 1",
                        Digest.ofText("heard").toString(),
                        "4be21d0/m-1/monitoring-1-1.json",
                        "\nheard: checkout-service errors, last sample 2026-03-01T11:59:50Z");
    }

    @Test
    void aSilentSourceKeepsItWaitingAndTheStatusSaysWhyUntilItComesBack() {
        var migration = silent(asked());

        assertThat(migration.status().ended()).isFalse();
        assertThat(migration.status().waitsFor())
                .contains("monitoring", "SIG-SILENT checkout-service errors", "none for 30s or longer");
        assertThat(migration.line(LINE).mark()).isEqualTo(Mark.MISSING);
        assertThat(migration.line(LINE).evidence()).contains("SIG-SILENT checkout-service errors");
        assertThat(migration.facts().due(MONITORED)).contains(Shell.START.plusSeconds(15));

        migration.passing(Duration.ofSeconds(14));
        assertThat(question(migration).asking()).isEqualTo(1);
        migration.passing(Duration.ofSeconds(1));
        assertThat(question(migration).asking()).isEqualTo(2);
        assertThat(migration.status().waitsFor()).as("until it is heard").contains("SIG-SILENT");
        assertThat(migration.commands()).isEmpty();

        heard(migration).answered(Result.DONE);
        assertThat(migration.commandsInShort()).containsExactly("check", "apply 0");
        assertThat(migration.status().waitsFor()).isEmpty();
    }

    @Test
    void aLongSilenceIsAskedForEveryMinute() {
        var migration = asked();
        var waits = new java.util.ArrayList<Long>();
        for (int i = 0; i < 5; i++) {
            silent(migration);
            var due = migration.facts().due(MONITORED).orElseThrow();
            waits.add(Duration.between(migration.shell.now, due).toSeconds());
            migration.passing(Duration.between(migration.shell.now, due));
        }

        assertThat(waits).containsExactly(15L, 30L, 60L, 60L, 60L);
    }

    @Test
    void aVerifierThatDoesNotAnswerIsAskedTheSameAgainAndNothingIsWritten() {
        var migration = asked().passing(Duration.ofMinutes(1)).passing(Duration.ofMinutes(10));

        assertThat(migration.effects(Effect.MonitoringRequested.class))
                .hasSizeGreaterThan(1)
                .containsOnly(question(migration));
        assertThat(migration.commands()).isEmpty();
    }

    /** The "yes" of before the silence, come late or twice, is none to the question of now. */
    @Test
    void theAnswerToAnEarlierQuestionDoesNotCount() {
        var migration = asked();
        var early = answer(migration, connected());
        silent(migration).passing(Duration.ofSeconds(15));

        migration.give(early);

        assertThat(migration.commands()).isEmpty();
        assertThat(migration.line(LINE).mark()).isEqualTo(Mark.MISSING);
    }

    @Test
    void theAnswerOfBeforeThePlanWasMadeAnewDoesNotCount() {
        var migration = asked();
        var early = answer(migration, connected());
        migration.give(early).answered(Result.DIFFERS);
        assertThat(migration.revision()).isEqualTo(2);

        migration.planned().snapshotted().give(early);

        assertThat(migration.commandsInShort()).containsExactly("check");
        assertThat(question(migration).revision()).isEqualTo(2);
        heard(migration).answered(Result.DONE);
        assertThat(migration.commandsInShort()).containsExactly("check", "check", "apply 0");
    }

    @Test
    void anAnswerThatNobodyAskedForOrForAnotherPlanOrWithoutEvidenceIsRefused() {
        var migration = asked();
        var plan = migration.plan().planDigest();

        migration.give(new Fact.MonitoringAnswered(migration.id, 1, 2, plan, connected()));
        migration.give(new Fact.MonitoringAnswered(migration.id, 1, 1, Digest.ofText("other"), connected()));
        migration.give(new Fact.MonitoringAnswered(
                migration.id, 1, 1, plan, new MonitoringReport(List.of("x"), List.of(), "", Optional.empty())));

        assertThat(migration.auditedProblems()).containsExactly("FCT-UNASKED", "SIG-OTHER-PLAN", "EVD-MISSING");
        assertThat(migration.commands()).isEmpty();
    }

    @Test
    void afterAPauseItIsListenedToAgain() {
        var migration = heard(asked());
        var first = answer(migration, connected());
        migration.commanded(Command.PAUSE);
        assertThat(migration.line(LINE).mark()).isEqualTo(Mark.MISSING);

        migration.passing(Duration.ofHours(1)).commanded(Command.RESUME).give(first);

        assertThat(question(migration).asking()).isEqualTo(2);
        assertThat(migration.commandsInShort()).containsExactly("check");
        heard(migration).answered(Result.DONE);
        assertThat(migration.commandsInShort()).containsExactly("check", "check", "apply 0");
    }

    /** The target took its time: what was heard before is no reason any more, and the reading is not lost for it. */
    @Test
    void whatWasHeardTooLongAgoIsListenedToAgainBeforeTheFirstWrite() {
        var migration = heard(asked()).passing(Duration.ofMinutes(6));
        migration.answered(Result.DONE);

        assertThat(migration.commandsInShort()).startsWith("check").doesNotContain("apply 0");
        assertThat(question(migration).asking()).isEqualTo(2);
        assertThat(migration.line(LINE).mark()).isEqualTo(Mark.MISSING);

        heard(migration);
        assertThat(migration.commandsInShort()).containsOnly("check", "apply 0").endsWith("apply 0");
    }

    @Test
    void aTargetThatWasReadBeforeASilenceIsReadAgainAfterIt() {
        var migration = heard(asked()).passing(Duration.ofMinutes(6)).answered(Result.DONE);
        silent(migration).passing(Duration.ofSeconds(30));

        heard(migration);

        assertThat(migration.commandsInShort()).containsOnly("check");
        migration.answered(Result.DONE);
        assertThat(migration.commandsInShort()).endsWith("apply 0");
    }

    @Test
    void anAnswerThatComesWhenItIsOutOfDateIsAskedForAgain() {
        var migration = asked().passing(Duration.ofHours(1));

        heard(migration).answered(Result.DONE);

        assertThat(question(migration).asking()).isEqualTo(2);
        assertThat(migration.commandsInShort()).containsOnly("check");
    }

    @Test
    void whoDeclaresItOffWhileItIsBrokenGoesOn() {
        var migration = silent(asked());
        migration.shell.rules = Shell.RULES;

        migration.passing(Duration.ofSeconds(15)).answered(Result.DONE);

        assertThat(migration.commandsInShort()).containsExactly("check", "apply 0");
        assertThat(migration.line(LINE).mark()).isEqualTo(Mark.NOT_REQUIRED);
    }

    @Test
    void undoingNeverAsksForIt() {
        var migration = heard(asked()).answered(Result.DONE);
        var before = migration.effects(Effect.MonitoringRequested.class).size();

        migration
                .passing(Duration.ofHours(1))
                .commanded(Command.ROLL_BACK)
                .answered(Result.DONE)
                .undone();

        assertThat(migration.state()).isEqualTo(MigrationState.ROLLED_BACK);
        assertThat(migration.effects(Effect.MonitoringRequested.class)).hasSize(before);
    }

    @Test
    void whatBeganToWriteWithoutItGoesOn() {
        var migration = Driver.inTest().started();
        migration.shell.rules = MONITORED;

        migration.succeeding();

        assertThat(migration.state()).isEqualTo(MigrationState.SUCCEEDED);
        assertThat(migration.line(LINE).mark()).isEqualTo(Mark.NOT_REQUIRED);
        assertThat(migration.line(LINE).evidence()).contains("began to write when none was declared");
    }

    @Test
    void aPhaseIsWatchedSinceItBeganToBeWrittenAndTheNextOneSinceTheLastLook() {
        var migration = Driver.inTest().baking("10m").started().passing(Duration.ofSeconds(3));
        migration.answeredDone(1).passing(Duration.ofSeconds(4)).answeredDone(1);
        migration.passing(Duration.ofSeconds(5)).verified(0).passing(Duration.ofMinutes(10));
        migration.verified(0).passing(Duration.ofSeconds(6)).answeredDone(1);

        var lastLook = Shell.START.plusSeconds(12).plus(Duration.ofMinutes(10));
        assertThat(migration.effects(Effect.VerifyPhase.class))
                .extracting(Effect.VerifyPhase::since)
                .containsExactly(Optional.of(Shell.START), Optional.of(Shell.START), Optional.of(lastLook));
    }

    @Test
    void theWrittenFormOfWhatWasHeardIsReadBack() {
        var migration = silent(asked());

        var bytes = FactsCodec.bytes(migration.facts());

        assertThat(new String(bytes, java.nio.charset.StandardCharsets.UTF_8))
                .contains("\"listening\":{\"answer\":{\"asking\":1,\"at\":\"2026-03-01T12:00:00Z\",\"report\":")
                .contains("\"askedAt\":\"2026-03-01T12:00:00Z\",\"asking\":1}");
        var read = FactsCodec.read(bytes).preparation().listening().orElseThrow();
        assertThat(read.answer().orElseThrow().report().problems()).containsExactly(SILENT);
        assertThat(read.askedAt()).isEqualTo(Instant.parse("2026-03-01T12:00:00Z"));
    }

    @Test
    void whoeverIsAskedLearnsWhichSignalsAreDeclared() {
        var migration = new Driver(new Shell(MONITORED), "m-1", "test")
                .requested()
                .planned()
                .snapshotted();
        heard(migration).answered(Result.DONE).answeredDone(2);

        assertThat(question(migration).signals()).contains(SIGNALS);
        assertThat(migration.effects(Effect.VerifyPhase.class).getLast().signals())
                .contains(SIGNALS);
    }

    @Test
    void whereNothingIsDeclaredNothingIsSaidOfSignals() {
        var migration = Driver.inTest().started().answeredDone(2);

        assertThat(migration.effects(Effect.VerifyPhase.class).getLast().signals())
                .isEmpty();
    }

    @Test
    void theRulesHoldTheDigestOfWhatTheFileDeclares() {
        var signal = new MonitoredSignal(
                "checkout-service", "errors", new TreeMap<>(), Grace.parse("30s"), Optional.empty(), Optional.empty());
        var rules = LifecycleRules.of(new Environments(List.of(monitored("test", signal), monitored("production"))));

        assertThat(rules.signalsOf("test")).isEqualTo(SignalsDigest.of(List.of(signal)));
        assertThat(rules.isMonitored("test")).isTrue();
        assertThat(rules.signalsOf("production")).isEmpty();
        assertThat(rules.isMonitored("production")).isFalse();
    }

    private static Environment monitored(String name, MonitoredSignal... signals) {
        return new Environment(
                name,
                1,
                Protection.OPEN,
                "default",
                List.of(),
                DriftDecision.KEEP,
                Mode.GATED,
                Grace.USUAL,
                Bake.NONE,
                Optional.empty(),
                AnomalyDecision.ROLLBACK,
                List.of(signals));
    }
}
