package dev.migrator.executor.work;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.error.Problem;
import dev.migrator.core.lifecycle.DryRunReport;
import dev.migrator.core.lifecycle.Effect;
import dev.migrator.core.lifecycle.Fact;
import dev.migrator.core.lifecycle.MigrationId;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Plan;
import dev.migrator.core.plan.PlanCodec;
import dev.migrator.kit.Unavailable;
import dev.migrator.kit.testkit.Desk;
import dev.migrator.kit.testkit.MemoryObjects;
import dev.migrator.kit.testkit.MemoryProvider;
import dev.migrator.kit.testkit.Plans;
import dev.migrator.kit.topics.Topics;
import dev.migrator.kit.worker.Task;
import dev.migrator.target.TargetException;
import dev.migrator.target.testkit.InMemoryTarget;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The question that the worker answers without writing; bucket, broker and target are in memory. */
class DryRunWorkTest {
    private static final MigrationId ID = new MigrationId("m-1");
    private static final String PLAN_URI = "4be21d0/m-1/plan.json";

    @TempDir
    Path folder;

    private final InMemoryTarget target = InMemoryTarget.ofAllKinds(Plans.TARGET)
            .refusing(operation -> operation.key().address().startsWith("bad-"));
    private final MemoryProvider provider = new MemoryProvider("kafka", target);
    private final MemoryObjects objects = new MemoryObjects();
    private Desk desk;
    private DryRunWork work;

    @BeforeEach
    void open() {
        target.outsiderSets(Plans.topic("orders"), Plans.retention("7"));
        desk = new Desk(folder);
        var pool = provider.pool(MemoryProvider.environments(Plans.TARGET, "kafka"));
        work = new DryRunWork(
                name -> new PooledTargets(pool, name, new CallTimes(new SimpleMeterRegistry())),
                new PlanSource(objects),
                objects,
                desk.publisher());
    }

    @Test
    void aPlanThatTheTargetAcceptsIsAnsweredWithWhereItsWordLies() throws Exception {
        work.handle(asked(Plans.update("orders", "7", "1"), Plans.create("refunds", "5")));

        var report = report();
        assertThat(report.isRefused()).isFalse();
        assertThat(report.accepted()).isEqualTo(2);
        assertThat(objects.get(report.uri(), report.digest().orElseThrow())).isNotEmpty();
        assertThat(said(report)).contains("orders", "refunds", "\"is\":\"accepted\"", "\"revision\":3");
        assertThat(desk.keys(Topics.RESULTS)).containsExactly(Plans.ENVIRONMENT);
    }

    @Test
    void nothingIsWrittenForIt() throws Exception {
        int before = target.events().size();

        work.handle(asked(Plans.update("orders", "7", "1"), Plans.create("refunds", "5")));

        assertThat(target.events()).hasSize(before);
    }

    @Test
    void whatIsRefusedIsToldWithItsCodeAndTheOthersAreStillCounted() throws Exception {
        work.handle(asked(Plans.create("bad-1", "1"), Plans.create("good", "1")));

        var report = report();
        assertThat(report.accepted()).isEqualTo(1);
        assertThat(report.refused()).isEqualTo(1);
        assertThat(report.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("TGT-REFUSED");
            assertThat(problem.thing()).contains("bad-1");
        });
        assertThat(said(report)).contains("\"is\":\"refused\"", "TGT-REFUSED");
    }

    @Test
    void aThousandRefusalsOfOneKindAreOneProblemThatNamesSome() throws Exception {
        var many = IntStream.range(0, 1_000)
                .mapToObj(i -> Plans.create("bad-" + i, "1"))
                .toArray(Operation[]::new);

        work.handle(asked(many));

        var report = report();
        assertThat(report.refused()).isEqualTo(1_000);
        assertThat(report.problems())
                .extracting(Problem::thing)
                .singleElement()
                .asString()
                .startsWith("1000 entries, e.g. ")
                .contains("bad-0")
                .contains("bad-2")
                .doesNotContain("bad-3");
    }

    @Test
    void whatIsNotAsPlannedIsNotCheckedAndSaysSo() throws Exception {
        work.handle(asked(Plans.update("orders", "8", "1")));

        var report = report();
        assertThat(report.unchecked()).isEqualTo(1);
        assertThat(report.isRefused()).isFalse();
        assertThat(report.notChecked())
                .singleElement()
                .asString()
                .contains("orders")
                .contains("not as the plan expects it");
    }

    @Test
    void aTargetThatIsAwayIsWaitedForAndNothingIsAnswered() throws Exception {
        provider.away();
        var asked = asked(Plans.create("refunds", "5"));

        assertThatThrownBy(() -> work.handle(asked)).isInstanceOf(TargetException.Unavailable.class);
        assertThat(desk.publications()).isEmpty();

        provider.answering();
        work.handle(asked);
        assertThat(report().accepted()).isEqualTo(1);
    }

    @Test
    void aTargetThatIsAnotherSystemRefusesEverythingInOneProblem() throws Exception {
        provider.refusing();

        work.handle(asked(Plans.create("refunds", "5"), Plans.create("others", "5")));

        assertThat(report().refused()).isEqualTo(2);
        assertThat(report().problems()).extracting(Problem::code).containsExactly("TGT-WRONG-CLUSTER");
    }

    @Test
    void withoutTheBucketThereIsNoEvidenceSoItWaits() throws Exception {
        var asked = asked(Plans.create("refunds", "5"));
        objects.goAway();

        assertThatThrownBy(() -> work.handle(asked)).isInstanceOf(Unavailable.class);
        assertThat(desk.publications()).isEmpty();
    }

    @Test
    void aPlanOfOtherBytesIsAnsweredWithThatProblem() throws Exception {
        objects.put(PLAN_URI, PlanCodec.bytes(TestPlans.ofOneTopic()));

        work.handle(desk.task(new Effect.DryRunRequested(
                ID, 3, Plans.ENVIRONMENT, "4be21d0", Digest.ofText("another plan"), PLAN_URI)));

        assertThat(report().isRefused()).isTrue();
        assertThat(report().problems()).extracting(Problem::code).containsExactly("OBJ-DIGEST");
    }

    @Test
    void otherTasksAreNoneOfItsBusiness() throws Exception {
        work.handle(desk.task(new Effect.SnapshotRequested(
                ID, 3, Plans.ENVIRONMENT, "4be21d0", TestPlans.digest(TestPlans.ofOneTopic()), PLAN_URI)));

        assertThat(desk.publications()).isEmpty();
    }

    @Test
    void askedTwiceItAnswersTheSame() throws Exception {
        var asked = asked(Plans.create("refunds", "5"), Plans.create("bad-1", "1"));

        work.handle(asked);
        work.handle(asked);

        assertThat(desk.facts(Topics.RESULTS)).hasSize(2);
        assertThat(desk.facts(Topics.RESULTS).getLast())
                .isEqualTo(desk.facts(Topics.RESULTS).getFirst());
    }

    private Task asked(Operation... operations) {
        Plan plan = Plans.plan(target, List.of(), Plans.phase(0, List.of(), operations));
        objects.put(PLAN_URI, PlanCodec.bytes(plan));
        return desk.task(
                new Effect.DryRunRequested(ID, 3, Plans.ENVIRONMENT, "4be21d0", TestPlans.digest(plan), PLAN_URI));
    }

    private DryRunReport report() {
        return desk.fact(Topics.RESULTS, Fact.DryRunAnswered.class).report();
    }

    private String said(DryRunReport report) {
        return new String(objects.bytes(report.uri()), UTF_8);
    }
}
