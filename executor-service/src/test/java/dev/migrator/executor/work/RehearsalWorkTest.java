package dev.migrator.executor.work;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.environment.Mode;
import dev.migrator.core.error.Problem;
import dev.migrator.core.lifecycle.Effect;
import dev.migrator.core.lifecycle.Fact;
import dev.migrator.core.lifecycle.MigrationId;
import dev.migrator.core.lifecycle.RehearsalReport;
import dev.migrator.core.lifecycle.StoredObject;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Plan;
import dev.migrator.core.plan.PlanCodec;
import dev.migrator.core.plan.SmokeCheck;
import dev.migrator.core.verdict.CheckResult;
import dev.migrator.kit.Unavailable;
import dev.migrator.kit.testkit.Desk;
import dev.migrator.kit.testkit.MemoryObjects;
import dev.migrator.kit.testkit.Plans;
import dev.migrator.kit.topics.Topics;
import dev.migrator.kit.worker.DelayListener;
import dev.migrator.kit.worker.Task;
import dev.migrator.kit.worker.WorkDelays;
import dev.migrator.target.TargetException;
import dev.migrator.target.TargetWriter;
import dev.migrator.target.testkit.FaultyTarget;
import dev.migrator.target.testkit.InMemoryTarget;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The question that is answered by doing it elsewhere; bucket, broker and targets are in memory. */
class RehearsalWorkTest {
    private static final MigrationId ID = new MigrationId("m-1");
    private static final String PLAN_URI = "4be21d0/m-1/plan.json";
    private static final String SNAPSHOT_URI = "snapshots/test/s-1/manifest.json";

    @TempDir
    Path folder;

    private final InMemoryTarget source = InMemoryTarget.ofAllKinds(Plans.TARGET);
    private final InMemoryTarget place = InMemoryTarget.ofAllKinds("place");
    private TargetWriter writer = place;
    private final MemoryObjects objects = new MemoryObjects();
    private final Map<Digest, byte[]> chunks = new HashMap<>();
    private final List<String> checkedIn = new ArrayList<>();
    private boolean checkPasses = true;
    private Duration sinceConfirmed = Duration.ZERO;
    private Desk desk;

    @BeforeEach
    void open() {
        source.outsiderSets(Plans.topic("orders"), Plans.retention("7"));
        desk = new Desk(folder);
    }

    @Test
    void aPlanThatIsAsItSaysIsAnsweredWithWhereTheEvidenceLies() throws Exception {
        work().handle(asked(Plans.update("orders", "7", "1"), Plans.create("refunds", "5")));

        var report = report();
        assertThat(report.problem()).isEmpty();
        assertThat(report.operations()).isEqualTo(2);
        assertThat(report.score()).isEqualTo(100);
        assertThat(objects.get(report.uri(), report.digest().orElseThrow())).isNotEmpty();
        assertThat(new String(objects.bytes(report.uri()), UTF_8))
                .contains("\"passed\":true", "refunds", "\"predicted\"", "\"found\"");
        assertThat(desk.keys(Topics.RESULTS)).containsExactly(Plans.ENVIRONMENT);
        assertThat(source.truth(Plans.topic("refunds"))).isEqualTo(EntryState.ABSENT);
        assertThat(place.events()).isNotEmpty();
    }

    @Test
    void whatIsRefusedThereIsAProblemWithEvidence() throws Exception {
        place.refusing(operation -> operation.key().address().startsWith("bad-"));

        work().handle(asked(Plans.create("bad-1", "1")));

        assertThat(report().problem()).get().extracting(Problem::code).isEqualTo("REH-REFUSED");
        assertThat(objects.bytes(report().uri())).isNotEmpty();
    }

    @Test
    void checksOfThePlanAreRunAgainstThePlaceAndStandInTheEvidence() throws Exception {
        work().handle(asked(Plans.plan(
                source, List.of(), Plans.phase(0, List.of(roundTrip("refunds")), Plans.create("refunds", "5")))));

        assertThat(report().problem()).isEmpty();
        assertThat(report().notProven()).isZero();
        assertThat(checkedIn).containsExactly(PlaceFixture.PLACE);
        assertThat(new String(objects.bytes(report().uri()), UTF_8))
                .contains(
                        "\"checks\":[{\"check\":\"refunds-flow\",\"evidence\":\"a record came back\",\"passed\":true");
    }

    @Test
    void aCheckThatFailsThereIsAProblemWithEvidence() throws Exception {
        checkPasses = false;

        work().handle(asked(Plans.plan(
                source, List.of(), Plans.phase(0, List.of(roundTrip("refunds")), Plans.create("refunds", "5")))));

        assertThat(report().problem()).get().extracting(Problem::code).isEqualTo("REH-CHECK");
        assertThat(new String(objects.bytes(report().uri()), UTF_8)).contains("CHK-CONTENT");
        assertThat(place.truth(Plans.topic("refunds"))).isEqualTo(EntryState.ABSENT);
    }

    @Test
    void askedAgainWhileItRanItAnswersTheSameAndDoesNothingTwice() throws Exception {
        var work = work();
        var asked = asked(Plans.create("refunds", "5"));
        work.handle(asked);
        int written = place.events().size();

        work.handle(asked);

        assertThat(place.events()).hasSize(written);
        assertThat(desk.facts(Topics.RESULTS)).hasSize(2);
        assertThat(desk.facts(Topics.RESULTS).getLast())
                .isEqualTo(desk.facts(Topics.RESULTS).getFirst());
    }

    @Test
    void whatIsNotThereForRehearsalsIsNeverTouched() throws Exception {
        var asked = asked(Plans.create("refunds", "5"));

        new RehearsalWork(
                        PlaceFixture.scripts(Mode.GATED, objects, chunks),
                        _ -> _ -> writer,
                        _ -> _ -> source,
                        name -> check -> check(name, check),
                        objects,
                        new Lease(() -> sinceConfirmed),
                        new Takeover(Duration.ZERO),
                        desk.publisher(),
                        DelayListener.NONE)
                .handle(asked);

        assertThat(report().problem()).get().extracting(Problem::code).isEqualTo("REH-PLACE");
        assertThat(place.events()).isEmpty();
    }

    @Test
    void aSnapshotOfSomethingElseProvesNothing() throws Exception {
        var plan = plan(Plans.create("refunds", "5"));
        source.outsiderSets(Plans.topic("refunds"), Plans.retention("9"));

        work().handle(asked(plan));

        assertThat(report().problem()).get().extracting(Problem::code).isEqualTo("REH-SNAPSHOT");
        assertThat(place.events()).isEmpty();
    }

    @Test
    void withoutTheLeaseOrTheLogTheQuestionWaits() throws Exception {
        var asked = asked(Plans.create("refunds", "5"));

        sinceConfirmed = Lease.TIME;
        assertThatThrownBy(() -> work().handle(asked)).isInstanceOf(TargetException.Fenced.class);
        sinceConfirmed = Duration.ZERO;
        desk.failing(new TimeoutException("the broker is away"));
        assertThatThrownBy(() -> work().handle(asked)).isInstanceOf(Unavailable.class);

        assertThat(desk.publications()).isEmpty();
    }

    /** The lifecycle asks again while it wants to know; a record that waited would hold up the others of its environment. */
    @Test
    void withoutThePlaceOrTheBucketItIsSaidAndTheNextQuestionIsNotHeldUp() throws Exception {
        var asked = asked(Plans.create("refunds", "5"));

        writer = new FaultyTarget(place, _ -> FaultyTarget.Fault.UNAVAILABLE);
        work().handle(asked);
        writer = place;
        objects.goAway();
        work().handle(asked);

        assertThat(desk.facts(Topics.RESULTS))
                .hasSize(2)
                .allSatisfy(fact -> assertThat(fact).isInstanceOf(Fact.WorkDelayed.class));
    }

    @Test
    void otherTasksAreNoneOfItsBusiness() throws Exception {
        work().handle(desk.task(new Effect.SnapshotRequested(
                ID, 3, Plans.ENVIRONMENT, "4be21d0", TestPlans.digest(TestPlans.ofOneTopic()), PLAN_URI)));

        assertThat(desk.publications()).isEmpty();
    }

    private RehearsalWork work() {
        return new RehearsalWork(
                PlaceFixture.scripts(Mode.REHEARSAL, objects, chunks),
                _ -> _ -> writer,
                _ -> _ -> source,
                name -> check -> check(name, check),
                objects,
                new Lease(() -> sinceConfirmed),
                new Takeover(Duration.ZERO),
                desk.publisher(),
                new WorkDelays(desk.publisher(), Topics.RESULTS, "executor"));
    }

    private static SmokeCheck roundTrip(String topic) {
        return new SmokeCheck(
                topic + "-flow", Plans.TARGET, "topic-round-trip", Value.object("topic", Value.of(topic)));
    }

    private CheckResult check(String environment, SmokeCheck check) {
        checkedIn.add(environment);
        return checkPasses
                ? CheckResult.passed(check.name(), "a record came back")
                : CheckResult.failed(check.name(), Problem.of("CHK-CONTENT", "the record came back changed"));
    }

    private Task asked(Operation... operations) {
        return asked(plan(operations));
    }

    private Plan plan(Operation... operations) {
        return Plans.plan(source, List.of(), Plans.phase(0, List.of(), operations));
    }

    private Task asked(Plan plan) {
        objects.put(PLAN_URI, PlanCodec.bytes(plan));
        var snapshot = PlaceFixture.snapshot(ID, plan, source, chunks);
        objects.put(SNAPSHOT_URI, snapshot);
        return desk.task(new Effect.RehearsalRequested(
                ID,
                3,
                Plans.ENVIRONMENT,
                "4be21d0",
                TestPlans.digest(plan),
                PLAN_URI,
                PlaceFixture.PLACE,
                new StoredObject(SNAPSHOT_URI, Digest.of(snapshot)),
                plan.beforeHash()));
    }

    private RehearsalReport report() {
        return desk.fact(Topics.RESULTS, Fact.RehearsalAnswered.class).report();
    }
}
