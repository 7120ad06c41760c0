package dev.migrator.executor.work;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.drill.DrillFault;
import dev.migrator.core.drill.DrillReport;
import dev.migrator.core.environment.Mode;
import dev.migrator.core.error.Problem;
import dev.migrator.core.lifecycle.Effect;
import dev.migrator.core.lifecycle.Fact;
import dev.migrator.core.lifecycle.MigrationId;
import dev.migrator.core.lifecycle.StoredObject;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Plan;
import dev.migrator.core.plan.PlanCodec;
import dev.migrator.engine.EngineSettings;
import dev.migrator.kit.Unavailable;
import dev.migrator.kit.testkit.Desk;
import dev.migrator.kit.testkit.MemoryObjects;
import dev.migrator.kit.testkit.Plans;
import dev.migrator.kit.topics.Topics;
import dev.migrator.kit.worker.Task;
import dev.migrator.target.TargetException;
import dev.migrator.target.TargetWriter;
import dev.migrator.target.testkit.FaultyTarget;
import dev.migrator.target.testkit.InMemoryTarget;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The order that is carried out elsewhere, with something going wrong; bucket, broker and targets are in memory. */
class DrillWorkTest {
    private static final EngineSettings USUAL = EngineSettings.DEFAULT;
    /** Of what never answers. */
    private static final EngineSettings IMPATIENT = new EngineSettings(
            Duration.ofMillis(200),
            USUAL.settleTimeout(),
            USUAL.firstWait(),
            USUAL.longestWait(),
            USUAL.settledFor(),
            USUAL.doubtfulRounds());

    private EngineSettings settings = USUAL;

    private static final MigrationId ID = new MigrationId("m-1");
    private static final String PLAN_URI = "4be21d0/m-1/plan.json";
    private static final String SNAPSHOT_URI = "snapshots/test/s-1/manifest.json";
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678912Z");

    @TempDir
    Path folder;

    private final InMemoryTarget source = InMemoryTarget.ofAllKinds(Plans.TARGET);
    private final InMemoryTarget place = InMemoryTarget.ofAllKinds("place");
    private TargetWriter writer = place;
    private final MemoryObjects objects = new MemoryObjects();
    private final Map<Digest, byte[]> chunks = new HashMap<>();
    private Duration sinceConfirmed = Duration.ZERO;
    private Desk desk;

    @BeforeEach
    void open() {
        source.outsiderSets(Plans.topic("orders"), Plans.retention("7"));
        desk = new Desk(folder);
    }

    @ParameterizedTest
    @EnumSource
    void whateverGoesWrongIsUndoneAndAnsweredWithWhereTheEvidenceLies(DrillFault fault) throws Exception {
        work().handle(asked(fault, Plans.update("orders", "7", "1"), Plans.create("refunds", "5")));

        var report = report();
        assertThat(report.problem()).isEmpty();
        assertThat(report.fault()).isEqualTo(fault);
        assertThat(report.hit().isPresent()).isEqualTo(fault != DrillFault.ANOMALY);
        assertThat(report.operations()).isEqualTo(2);
        assertThat(report.undone()).isPositive();
        assertThat(report.before()).isPresent().isEqualTo(report.after());
        assertThat(report.place()).isEqualTo(PlaceFixture.PLACE);
        assertThat(report.by()).isEqualTo("ann");
        assertThat(report.at()).isEqualTo(Instant.parse("2026-01-02T03:04:05.678Z"));
        assertThat(report.uri()).startsWith("drills/" + Plans.ENVIRONMENT + "/20260102T030405.678Z-d-1-");
        assertThat(objects.get(report.uri(), report.digest().orElseThrow())).isNotEmpty();
        assertThat(new String(objects.bytes(report.uri()), UTF_8))
                .contains("\"passed\":true", "refunds", "\"outcome\"", "\"fault\":\"" + fault.label() + "\"");
        assertThat(desk.keys(Topics.RESULTS)).containsExactly(Plans.ENVIRONMENT);
        assertThat(source.truth(Plans.topic("refunds"))).isEqualTo(EntryState.ABSENT);
        assertThat(place.events()).isNotEmpty();
        assertThat(place.truth().values()).noneMatch(EntryState::exists);
    }

    @Test
    void whatIsNotUndoneIsAProblemWithEvidence() throws Exception {
        place.refusing(operation -> operation instanceof Operation.Delete);

        work().handle(asked(DrillFault.ANOMALY, Plans.create("refunds", "5")));

        assertThat(report().problem()).get().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("DRL-NOT-UNDONE");
            assertThat(problem.thing()).contains("refunds");
        });
        assertThat(new String(objects.bytes(report().uri()), UTF_8))
                .contains("\"passed\":false", "\"differences\":[\"", "\"remains\":[\"");
    }

    @Test
    void orderedTwiceItIsDoneOnceAndAnsweredTheSame() throws Exception {
        var work = work();
        var asked = asked(DrillFault.CRASH, Plans.create("refunds", "5"));
        work.handle(asked);
        int written = place.events().size();

        work.handle(asked);

        assertThat(place.events()).hasSize(written);
        assertThat(desk.facts(Topics.RESULTS)).hasSize(2);
        assertThat(desk.facts(Topics.RESULTS).getLast())
                .isEqualTo(desk.facts(Topics.RESULTS).getFirst());
    }

    @Test
    void anotherRequestForTheSamePlanIsAnotherDrill() throws Exception {
        var work = work();
        var plan = plan(Plans.create("refunds", "5"));
        work.handle(asked("d-1", DrillFault.CRASH, plan));
        int written = place.events().size();

        work.handle(asked("d-2", DrillFault.CRASH, plan));

        assertThat(place.events()).hasSizeGreaterThan(written);
    }

    @Test
    void whatIsNotThereForRehearsalsIsNeverTouched() throws Exception {
        work(Mode.GATED).handle(asked(DrillFault.CRASH, Plans.create("refunds", "5")));

        assertThat(report().problem()).get().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("DRL-NOT-POSSIBLE");
            assertThat(problem.found()).startsWith("REH-PLACE ");
        });
        assertThat(place.events()).isEmpty();
    }

    @Test
    void aSnapshotOfSomethingElseProvesNothing() throws Exception {
        var plan = plan(Plans.create("refunds", "5"));
        source.outsiderSets(Plans.topic("refunds"), Plans.retention("9"));

        work().handle(asked("d-1", DrillFault.CRASH, plan));

        assertThat(report().problem()).get().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("DRL-NOT-POSSIBLE");
            assertThat(problem.found()).startsWith("REH-SNAPSHOT ");
        });
        assertThat(place.events()).isEmpty();
    }

    @Test
    void aSnapshotThatCannotBeReadIsSaid() throws Exception {
        var asked = asked(DrillFault.CRASH, Plans.create("refunds", "5"));
        chunks.clear();

        work().handle(asked);

        assertThat(report().isTelling()).isFalse();
        assertThat(report().problem()).get().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("DRL-NOT-POSSIBLE");
            assertThat(problem.found()).startsWith("SNP-");
        });
        assertThat(report().uri()).isEmpty();
        assertThat(place.events()).isEmpty();
    }

    @Test
    void withoutTheLeaseItIsAnotherOnesToAnswer() throws Exception {
        var asked = asked(DrillFault.CRASH, Plans.create("refunds", "5"));

        sinceConfirmed = Lease.TIME;

        assertThatThrownBy(() -> work().handle(asked)).isInstanceOf(TargetException.Fenced.class);
        assertThat(desk.publications()).isEmpty();
    }

    @Test
    void whenTheLogIsAwayItsAnswerWaitsAndNothingIsDoneAgain() throws Exception {
        var work = work();
        var asked = asked(DrillFault.CRASH, Plans.create("refunds", "5"));
        desk.failing(new TimeoutException("the broker is away"));
        assertThatThrownBy(() -> work.handle(asked)).isInstanceOf(Unavailable.class);
        int written = place.events().size();

        desk.failing(null);
        work.handle(asked);

        assertThat(report().problem()).isEmpty();
        assertThat(place.events()).hasSize(written);
    }

    /** It is asked once, and nobody waits for it. */
    @Test
    void aPlaceThatDoesNotAnswerIsADrillThatFailed() throws Exception {
        settings = IMPATIENT;
        writer = new FaultyTarget(place, _ -> FaultyTarget.Fault.UNAVAILABLE);

        work().handle(asked(DrillFault.CRASH, Plans.create("refunds", "5")));

        assertThat(report().problem()).get().extracting(Problem::code).isEqualTo("TGT-UNAVAILABLE");
        assertThat(report().uri()).isNotEmpty();
        assertThat(place.events()).isEmpty();
    }

    @Test
    void whoIsStoppedInTheMiddleAnswersNothingAndTheOrderWaits() {
        writer = new FaultyTarget(place, _ -> {
            Thread.currentThread().interrupt();
            return FaultyTarget.Fault.UNAVAILABLE;
        });
        var asked = asked(DrillFault.CRASH, Plans.create("refunds", "5"));

        try {
            assertThatThrownBy(() -> work().handle(asked)).isInstanceOf(Unavailable.class);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }

        assertThat(desk.publications()).isEmpty();
    }

    @Test
    void withoutTheBucketItWaitsAndIsNotDoneAgainForItsEvidence() throws Exception {
        var work = work();
        var asked = asked(DrillFault.CRASH, Plans.create("refunds", "5"));
        objects.goAway();
        assertThatThrownBy(() -> work.handle(asked)).isInstanceOf(Unavailable.class);
        assertThat(place.events()).isEmpty();
        objects.comeBack();
        place.listener(_ -> objects.goAway());
        assertThatThrownBy(() -> work.handle(asked)).isInstanceOf(Unavailable.class);
        int written = place.events().size();

        objects.comeBack();
        work.handle(asked);

        assertThat(report().problem()).isEmpty();
        assertThat(place.events()).hasSize(written).isNotEmpty();
    }

    @Test
    void aDrillThatWaitsDelaysNoMigration() {
        var told = new ArrayList<Task>();
        var delays = DrillWork.withoutDrills((task, _) -> told.add(task));
        var other = other();

        delays.delayed(asked(DrillFault.CRASH, Plans.create("refunds", "5")), Problem.of("TST-AWAY", "away"));
        delays.delayed(other, Problem.of("TST-AWAY", "away"));

        assertThat(told).containsExactly(other);
    }

    @Test
    void otherTasksAreNoneOfItsBusiness() throws Exception {
        work().handle(other());

        assertThat(desk.publications()).isEmpty();
    }

    private Task other() {
        return desk.task(new Effect.SnapshotRequested(
                ID, 3, Plans.ENVIRONMENT, "4be21d0", TestPlans.digest(TestPlans.ofOneTopic()), PLAN_URI));
    }

    private DrillWork work() {
        return work(Mode.REHEARSAL);
    }

    private DrillWork work(Mode mode) {
        return new DrillWork(
                PlaceFixture.scripts(mode, objects, chunks),
                _ -> _ -> writer,
                _ -> _ -> source,
                objects,
                new Lease(() -> sinceConfirmed),
                new Takeover(Duration.ZERO),
                desk.publisher(),
                Clock.fixed(NOW, ZoneOffset.UTC),
                settings);
    }

    private Task asked(DrillFault fault, Operation... operations) {
        return asked("d-1", fault, plan(operations));
    }

    private Plan plan(Operation... operations) {
        return Plans.plan(source, List.of(), Plans.phase(0, List.of(), operations));
    }

    private Task asked(String request, DrillFault fault, Plan plan) {
        objects.put(PLAN_URI, PlanCodec.bytes(plan));
        var snapshot = PlaceFixture.snapshot(ID, plan, source, chunks);
        objects.put(SNAPSHOT_URI, snapshot);
        return desk.task(new Effect.DrillRequested(
                ID,
                request,
                fault,
                "ann",
                Plans.ENVIRONMENT,
                "4be21d0",
                TestPlans.digest(plan),
                PLAN_URI,
                PlaceFixture.PLACE,
                new StoredObject(SNAPSHOT_URI, Digest.of(snapshot)),
                plan.beforeHash()));
    }

    private DrillReport report() {
        return desk.fact(Topics.RESULTS, Fact.DrillAnswered.class).report();
    }
}
