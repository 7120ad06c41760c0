package dev.migrator.verifier.work;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.environment.Grace;
import dev.migrator.core.environment.SignalsDigest;
import dev.migrator.core.error.Problem;
import dev.migrator.core.lifecycle.Effect;
import dev.migrator.core.lifecycle.Fact;
import dev.migrator.core.lifecycle.MigrationId;
import dev.migrator.core.plan.Plan;
import dev.migrator.core.plan.PlanCodec;
import dev.migrator.core.plan.SmokeCheck;
import dev.migrator.core.verdict.CheckResult;
import dev.migrator.kit.Unavailable;
import dev.migrator.kit.avro.Messages;
import dev.migrator.kit.testkit.Desk;
import dev.migrator.kit.testkit.MemoryObjects;
import dev.migrator.kit.testkit.MemoryProvider;
import dev.migrator.kit.testkit.Plans;
import dev.migrator.kit.topics.Topics;
import dev.migrator.kit.worker.Task;
import dev.migrator.target.TargetException;
import dev.migrator.target.testkit.InMemoryTarget;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerifyWorkTest {
    private static final MigrationId ID = new MigrationId("m-1");
    private static final String PLAN_URI = "4be21d0/m-1/plan.json";
    private static final SmokeCheck ROUND_TRIP = check("orders-flow", "topic-round-trip");
    private static final SmokeCheck UNHEARD_OF = check("odd", "unheard-of");

    @TempDir
    Path folder;

    private final InMemoryTarget target = InMemoryTarget.ofAllKinds(Plans.TARGET);
    private final MemoryProvider provider = new MemoryProvider("kafka", target);
    private final MemoryObjects objects = new MemoryObjects();
    private final Watching watching = new Watching();
    private Desk desk;
    private Plan plan;
    private VerifyWork work;

    @BeforeEach
    void open() {
        plan = Plans.plan(
                target,
                List.of(),
                Plans.phase(0, List.of(), Plans.create("orders", "7")),
                Plans.phase(1, List.of(ROUND_TRIP), Plans.create("refunds", "5")));
        objects.put(PLAN_URI, PlanCodec.bytes(plan));
        desk = new Desk(folder);
        var pool = provider.pool(MemoryProvider.environments(Plans.TARGET, "kafka"));
        var settings = new VerifySettings(Duration.ofMillis(300), Duration.ofMillis(300));
        work = new VerifyWork(
                pool,
                objects,
                desk.publisher(),
                new SmokeChecks(pool, new HttpCheck(settings.httpTimeout())),
                watching.signals(),
                watching,
                settings);
    }

    @Test
    void aPhaseIsWatchedSinceItBeganAndTheEvidenceListsEachSignal() throws Exception {
        bothAreApplied();
        watching.declaring("0").passing(20).measured(-40, 9).measured(5, 0);

        work.handle(asked(1, watching.since()));

        assertThat(desk.published(Topics.ROLLBACKS)).isEmpty();
        desk.fact(Topics.VERDICTS, Fact.PhaseVerified.class);
        assertThat(evidence())
                .contains(
                        "\"signal\":\"checkout-service errors\"",
                        "\"state\":\"HEARD\"",
                        "\"samples\":1",
                        "\"last\":\"2026-01-02T03:04:10Z\"");
    }

    // spinnaker/kayenta#799, spinnaker/kayenta#426: errors against a baseline without errors pass
    @Test
    void oneErrorWhereThereMayBeNoneRollsBack() throws Exception {
        bothAreApplied();
        watching.declaring("0").passing(20).measured(5, 0).measured(6, 1).measured(7, 0);

        work.handle(asked(1, watching.since()));

        assertThat(anomalies()).extracting(Problem::code).containsExactly("SIG-OUTSIDE");
        assertThat(desk.published(Topics.ROLLBACKS)).hasSize(1);
        assertThat(evidence()).contains("\"worst\":\"1.0\"", "\"outside\":1");
    }

    @Test
    void aSourceThatFellSilentRollsBack() throws Exception {
        bothAreApplied();
        watching.declaring("0").passing(100).measured(5, 0);

        work.handle(asked(1, watching.since()));

        assertThat(anomalies()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("SIG-SILENT");
            assertThat(problem.found()).isEqualTo("none from 2026-01-02T03:04:10Z to 2026-01-02T03:05:45Z");
        });
    }

    @Test
    void rightAfterTheLastWriteASampleIsWaitedForAndTheStatusSaysSo() throws Exception {
        bothAreApplied();
        watching.declaring("0").passing(2).measuringAt(12, 0);

        work.handle(asked(1, watching.since()));

        assertThat(watching.paused()).isEqualTo(Duration.ofMillis(10_500));
        assertThat(desk.publications())
                .containsExactly("migration.verdicts WorkDelayed", "migration.verdicts PhaseVerified");
        assertThat(facts(Fact.WorkDelayed.class).getFirst().problem().code()).isEqualTo("SIG-NOT-YET");
    }

    @Test
    void aSampleThatNeverComesIsASilenceOnceThatWasLongEnough() throws Exception {
        bothAreApplied();
        watching.declaring("0").passing(2);

        work.handle(asked(1, watching.since()));

        assertThat(watching.paused()).isEqualTo(Duration.ofSeconds(28));
        assertThat(anomalies()).extracting(Problem::code).containsExactly("SIG-SILENT");
    }

    @Test
    void whatIsWrongAlreadyWaitsForNoSample() throws Exception {
        bothAreApplied();
        watching.declaring("0").passing(2);
        provider.checking(check -> CheckResult.failed(check.name(), Problem.of("CHK-ROUND-TRIP", "nothing came back")));

        work.handle(asked(1, watching.since()));

        assertThat(anomalies()).extracting(Problem::code).containsExactly("CHK-ROUND-TRIP");
        assertThat(watching.paused()).isZero();
    }

    @Test
    void aSignalThatIsBadAlreadyDoesNotWaitForAnother() throws Exception {
        bothAreApplied();
        watching.declaring("0")
                .declaringSilent("batch-service", "1h")
                .passing(2)
                .measured(1, 7);

        work.handle(asked(1, watching.since()));

        assertThat(anomalies()).extracting(Problem::code).containsExactly("SIG-OUTSIDE");
        assertThat(watching.paused()).isZero();
        assertThat(desk.publications())
                .containsExactly("migration.verdicts AnomalyDetected", "migration.rollbacks RollbackCommanded");
    }

    @Test
    void aSignalThatTurnsBadEndsTheWaitForAnother() throws Exception {
        bothAreApplied();
        watching.declaring("0").declaringSilent("batch-service", "1h").passing(2);

        work.handle(asked(1, watching.since()));

        assertThat(anomalies()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("SIG-SILENT");
            assertThat(problem.thing()).isEqualTo("checkout-service errors");
        });
        assertThat(watching.paused()).isEqualTo(Duration.ofSeconds(28));
    }

    @ParameterizedTest
    @CsvSource({"1h, 122", "10m, 22", "30s, 22", "5s, 7", "1s, 3"})
    void whatMayTakeLongIsLookedForMoreRarely(String every, int mostReadings) throws Exception {
        bothAreApplied();
        watching.declaringSilent("batch-service", every);

        work.handle(asked(1, watching.since()));

        assertThat(anomalies()).extracting(Problem::code).containsExactly("SIG-SILENT");
        assertThat(watching.paused()).isEqualTo(Grace.parse(every).duration());
        assertThat(watching.readings()).isLessThanOrEqualTo(mostReadings);
    }

    @Test
    void aVerifierThatDeclaresOtherSignalsThanTheExecutorSaysNo() throws Exception {
        bothAreApplied();
        watching.declaring("1");
        var ofExecutor = SignalsDigest.of(watching.declared());
        watching.declaring("0").passing(20).measured(5, 0);

        work.handle(asked(1, watching.since(), ofExecutor));

        assertThat(anomalies()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("SIG-UNDECLARED");
            assertThat(problem.thing()).isEqualTo("monitoring of environment test");
            assertThat(problem.found()).isEqualTo("others in the verifier's");
        });
        assertThat(desk.published(Topics.ROLLBACKS)).hasSize(1);
    }

    @Test
    void aVerifierThatDeclaresNothingWhereTheExecutorDoesSaysNo() throws Exception {
        bothAreApplied();

        work.handle(asked(1, watching.since(), Optional.of(Digest.ofText("signals"))));

        assertThat(anomalies()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("SIG-UNDECLARED");
            assertThat(problem.found()).isEqualTo("none in the verifier's");
        });
    }

    @Test
    void whereBothDeclareTheSameTheSamplesAreJudged() throws Exception {
        bothAreApplied();
        watching.declaring("0").passing(20).measured(5, 0);

        work.handle(asked(1, watching.since(), SignalsDigest.of(watching.declared())));

        desk.fact(Topics.VERDICTS, Fact.PhaseVerified.class);
    }

    @Test
    void aRepeatedQuestionGetsTheSameAnswerAndIsNotJudgedAgain() throws Exception {
        bothAreApplied();
        watching.declaring("0").passing(20).measured(5, 0);
        work.handle(asked(1, watching.since()));

        watching.passing(300).measured(30, 9);
        work.handle(asked(1, watching.since()));

        assertThat(facts(Fact.PhaseVerified.class)).hasSize(2);
        assertThat(new HashSet<>(desk.facts(Topics.VERDICTS))).hasSize(1);
        assertThat(watching.readings()).isEqualTo(1);
        assertThat(provider.checksRun()).containsExactly("orders-flow");
    }

    @Test
    void aRepeatedAnomalyIsCommandedToBeUndoneAgain() throws Exception {
        work.handle(asked(0));
        bothAreApplied();
        work.handle(asked(0));

        assertThat(desk.publications())
                .containsExactly(
                        "migration.verdicts AnomalyDetected",
                        "migration.rollbacks RollbackCommanded",
                        "migration.verdicts AnomalyDetected",
                        "migration.rollbacks RollbackCommanded");
    }

    @Test
    void anotherQuestionIsJudged() throws Exception {
        bothAreApplied();
        watching.declaring("0").passing(20).measured(5, 0);
        work.handle(asked(1, watching.since()));

        watching.measured(6, 9);
        work.handle(asked(1, watching.since().plusSeconds(1)));

        assertThat(anomalies()).extracting(Problem::code).containsExactly("SIG-OUTSIDE");
    }

    @Test
    void whatWasAnsweredLongAgoIsJudgedAgain() throws Exception {
        bothAreApplied();
        work.handle(asked(1));
        target.outsiderSets(Plans.topic("orders"), Plans.retention("666"));

        watching.pause(LastAnswers.KEPT);
        work.handle(asked(1));
        assertThat(facts(Fact.AnomalyDetected.class)).isEmpty();
        watching.pause(Duration.ofNanos(1));
        work.handle(asked(1));

        assertThat(facts(Fact.AnomalyDetected.class)).hasSize(1);
    }

    @Test
    void anAnswerThatWasNotPublishedIsNotRemembered() throws Exception {
        bothAreApplied();
        desk.failing(new TimeoutException("no broker"));
        assertThatThrownBy(() -> work.handle(asked(1))).isInstanceOf(Unavailable.class);
        desk.failing(null);

        work.handle(asked(1));

        assertThat(provider.checksRun()).containsExactly("orders-flow", "orders-flow");
        desk.fact(Topics.VERDICTS, Fact.PhaseVerified.class);
    }

    @Test
    void onlyTheLastAnswersAreRemembered() {
        var answers = new LastAnswers(watching);
        for (int epoch = 0; epoch <= LastAnswers.MOST; epoch++) {
            answers.keep(inEpoch(epoch), List.of(new Fact.PhaseVerified(ID, epoch, 0, "evidence")));
        }

        assertThat(answers.to(inEpoch(0))).isEmpty();
        assertThat(answers.to(inEpoch(1))).contains(List.of(new Fact.PhaseVerified(ID, 1, 0, "evidence")));
        assertThat(answers.to(inEpoch(LastAnswers.MOST))).isPresent();
    }

    private Effect.VerifyPhase inEpoch(int epoch) {
        return new Effect.VerifyPhase(ID, epoch, 0, "test", "4be21d0", PlanCodec.digest(plan), PLAN_URI);
    }

    @Test
    void withoutTheTopicOfSignalsThereIsNoVerdict() {
        bothAreApplied();
        watching.declaring("0").passing(20).measured(5, 0).away();

        assertThatThrownBy(() -> work.handle(asked(1, watching.since()))).isInstanceOf(Unavailable.class);
        assertThat(desk.publications()).isEmpty();
    }

    @Test
    void aPhaseThatIsAsPlannedIsVerifiedWithEvidence() throws Exception {
        bothAreApplied();

        work.handle(asked(1));

        var verdict = desk.fact(Topics.VERDICTS, Fact.PhaseVerified.class);
        assertThat(verdict.epoch()).isEqualTo(3);
        assertThat(verdict.phase()).isEqualTo(1);
        assertThat(new String(objects.bytes(verdict.evidenceUri()), UTF_8))
                .contains("\"entriesCompared\":2", "\"check\":\"orders-flow\"", "\"passed\":true");
        assertThat(provider.checksRun()).containsExactly("orders-flow");
        assertThat(desk.keys(Topics.VERDICTS)).containsExactly("test");
        assertThat(desk.published(Topics.ROLLBACKS)).isEmpty();
    }

    @Test
    void aLaterPhaseAlsoLooksAtWhatEarlierOnesDid() throws Exception {
        bothAreApplied();
        target.outsiderSets(Plans.topic("orders"), Plans.retention("666"));

        work.handle(asked(1));

        assertThat(anomalies())
                .singleElement()
                .satisfies(p -> assertThat(p.thing()).contains("orders"));
    }

    @Test
    void anAnomalyIsAVerdictFollowedByTheOrderToUndo() throws Exception {
        work.handle(asked(0));

        assertThat(desk.publications())
                .containsExactly("migration.verdicts AnomalyDetected", "migration.rollbacks RollbackCommanded");
        var rollback = desk.fact(Topics.ROLLBACKS, Fact.RollbackCommanded.class);
        assertThat(rollback.id()).isEqualTo(ID);
        assertThat(rollback.epoch()).isEqualTo(3);
        assertThat(rollback.phase()).isZero();
        assertThat(rollback.reason()).isEqualTo(anomalies().getFirst().message());
        assertThat(desk.keys(Topics.ROLLBACKS)).containsExactly("test");
    }

    @Test
    void checksAreNotRunWhileTheStateDiffers() throws Exception {
        target.outsiderSets(Plans.topic("orders"), Plans.retention("7"));

        work.handle(asked(1));

        assertThat(anomalies()).isNotEmpty();
        assertThat(provider.checksRun()).isEmpty();
    }

    @Test
    void aFailedCheckIsAnAnomaly() throws Exception {
        bothAreApplied();
        provider.checking(check -> CheckResult.failed(check.name(), Problem.of("CHK-ROUND-TRIP", "nothing came back")));

        work.handle(asked(1));

        assertThat(anomalies()).extracting(Problem::code).containsExactly("CHK-ROUND-TRIP");
        assertThat(evidence()).contains("CHK-ROUND-TRIP", "\"passed\":false");
    }

    @Test
    void aCheckThatTheTargetDoesNotKnowIsAnAnomaly() throws Exception {
        plan = Plans.plan(
                target, List.of(), Plans.phase(0, List.of(UNHEARD_OF, ROUND_TRIP), Plans.create("orders", "7")));
        objects.put("4be21d0/m-1/plan-2.json", PlanCodec.bytes(plan));
        target.outsiderSets(Plans.topic("orders"), Plans.retention("7"));

        work.handle(desk.task(new Effect.VerifyPhase(
                ID, 3, 0, "test", "4be21d0", PlanCodec.digest(plan), "4be21d0/m-1/plan-2.json")));

        assertThat(anomalies()).extracting(Problem::code).containsExactly("CHK-TYPE");
        assertThat(provider.checksRun()).containsExactly("orders-flow");
    }

    @Test
    void evidenceIsKeptBeforeTheVerdictIsPublished() {
        bothAreApplied();
        desk.failing(new TimeoutException("no broker"));

        assertThatThrownBy(() -> work.handle(asked(1))).isInstanceOf(Unavailable.class);

        assertThat(evidence()).contains("\"phase\":1");
    }

    @Test
    void withoutAPlaceForEvidenceThereIsNoVerdict() throws Exception {
        bothAreApplied();
        provider.checking(check -> {
            objects.goAway(); // after the plan was read
            return CheckResult.passed(check.name(), "");
        });
        assertThatThrownBy(() -> work.handle(asked(1))).isInstanceOf(Unavailable.class);
        assertThat(desk.publications()).isEmpty();

        objects.comeBack();
        provider.checking(check -> CheckResult.passed(check.name(), ""));
        work.handle(asked(1));
        assertThat(desk.publications()).containsExactly("migration.verdicts PhaseVerified");
    }

    @Test
    void aTargetThatIsAwayIsWaitedForAndTheQuestionIsNotAnswered() {
        provider.away();

        assertThatThrownBy(() -> work.handle(asked(0))).isInstanceOf(TargetException.Unavailable.class);
        assertThat(desk.publications()).isEmpty();
    }

    @Test
    void aTargetThatIsAnotherSystemIsAnAnomaly() throws Exception {
        provider.refusing();

        work.handle(asked(0));

        assertThat(anomalies()).extracting(Problem::code).containsExactly("TGT-WRONG-CLUSTER");
    }

    @Test
    void aPlanThatCannotBeTrustedIsAnAnomaly() throws Exception {
        objects.put("4be21d0/m-1/spoilt.json", new byte[] {1});

        work.handle(desk.task(new Effect.VerifyPhase(
                ID, 3, 0, "test", "4be21d0", PlanCodec.digest(plan), "4be21d0/m-1/spoilt.json")));

        assertThat(anomalies()).extracting(Problem::code).containsExactly("OBJ-DIGEST");
        assertThat(desk.published(Topics.ROLLBACKS)).hasSize(1);
    }

    @Test
    void aPhaseThatThePlanDoesNotHaveIsAnAnomaly() throws Exception {
        work.handle(asked(7));

        assertThat(anomalies()).extracting(Problem::code).containsExactly("VRF-PHASE");
    }

    private void bothAreApplied() {
        target.outsiderSets(Plans.topic("orders"), Plans.retention("7"));
        target.outsiderSets(Plans.topic("refunds"), Plans.retention("5"));
    }

    private Task asked(int phase) {
        return desk.task(new Effect.VerifyPhase(ID, 3, phase, "test", "4be21d0", PlanCodec.digest(plan), PLAN_URI));
    }

    private Task asked(int phase, Instant since) {
        return asked(phase, since, Optional.empty());
    }

    private Task asked(int phase, Instant since, Optional<Digest> signals) {
        return desk.task(new Effect.VerifyPhase(
                ID, 3, phase, "test", "4be21d0", PlanCodec.digest(plan), PLAN_URI, Optional.of(since), signals));
    }

    private List<Problem> anomalies() {
        return facts(Fact.AnomalyDetected.class).getLast().problems();
    }

    private <T extends Fact> List<T> facts(Class<T> type) {
        return desk.published(Topics.VERDICTS).stream()
                .map(event -> Messages.fact(event).orElseThrow())
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    private String evidence() {
        var key = objects.keys().stream()
                .filter(k -> k.contains("/evidence-"))
                .findFirst()
                .orElseThrow();
        return new String(objects.bytes(key), UTF_8);
    }

    private static SmokeCheck check(String name, String type) {
        return new SmokeCheck(name, Plans.TARGET, type, Value.object("topic", Value.of("orders")));
    }
}
