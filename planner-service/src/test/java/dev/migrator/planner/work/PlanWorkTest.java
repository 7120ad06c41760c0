package dev.migrator.planner.work;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.error.Problem;
import dev.migrator.core.lifecycle.Effect;
import dev.migrator.core.lifecycle.Fact;
import dev.migrator.core.lifecycle.MigrationId;
import dev.migrator.core.plan.PlanCodec;
import dev.migrator.core.plan.PlanLimits;
import dev.migrator.kit.Unavailable;
import dev.migrator.kit.testkit.Desk;
import dev.migrator.kit.testkit.MemoryObjects;
import dev.migrator.kit.testkit.MemoryProvider;
import dev.migrator.kit.testkit.Plans;
import dev.migrator.kit.topics.Topics;
import dev.migrator.target.TargetException;
import dev.migrator.target.testkit.InMemoryTarget;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanWorkTest {
    private static final MigrationId ID = new MigrationId("m-1");
    private static final String ORDERS = bundle(topic("orders", 3));

    @TempDir
    Path folder;

    private final InMemoryTarget target = InMemoryTarget.ofAllKinds(Plans.TARGET);
    private final MemoryProvider provider = new MemoryProvider("kafka", target);
    private final MemoryObjects objects = new MemoryObjects();
    private Desk desk;
    private PlanWork work;

    @BeforeEach
    void open() {
        desk = new Desk(folder);
        var environments = MemoryProvider.environments(Plans.TARGET, "kafka");
        work = new PlanWork(
                environments, provider.pool(environments), objects, desk.publisher(), PlanLimits.ofBatchSize(1));
    }

    @Test
    void aBundleIsPlannedAgainstWhatTheTargetHoldsAndThePlanIsStoredUnderItsDigest() throws Exception {
        ask(inline(ORDERS));

        var plan = proposed();
        assertThat(plan.creates()).isEqualTo(1);
        assertThat(desk.keys(Topics.PLANS)).containsExactly("test");
        var stored = PlanCodec.read(objects.bytes(plan.planUri()), plan.planDigest());
        assertThat(stored.written()).containsExactly(Plans.topic("orders"));
        assertThat(stored.environment()).isEqualTo("test");
        assertThat(objects.bytes(plan.bundleUri())).isEqualTo(ORDERS.getBytes(UTF_8));
    }

    @Test
    void theSameQuestionAskedAgainIsAnsweredWithTheSamePlan() throws Exception {
        ask(inline(ORDERS));
        ask(inline(ORDERS));

        var answers = desk.facts(Topics.PLANS);
        assertThat(answers).hasSize(2);
        assertThat(answers.getLast()).isEqualTo(answers.getFirst());
        assertThat(objects.keys()).hasSize(2);
    }

    @Test
    void anotherTargetStateGivesAnotherPlan() throws Exception {
        ask(inline(ORDERS));
        target.outsiderSets(Plans.topic("orders"), Plans.retention("5"));
        ask(inline(ORDERS));

        assertThat(desk.facts(Topics.PLANS).getLast())
                .isNotEqualTo(desk.facts(Topics.PLANS).getFirst());
    }

    @Test
    void theBatchSizeBoundsEachBatch() throws Exception {
        ask(inline(bundle(topic("orders", 3) + "," + topic("refunds", 3))));

        assertThat(proposed().batchCount()).isEqualTo(2);
    }

    @Test
    void aBundleInTheBucketIsTakenFromThereAndNotStoredAgain() throws Exception {
        var uri = "4be21d0/m-1/bundle.json";
        objects.put(uri, ORDERS.getBytes(UTF_8));

        ask(new Effect.PlanRequested(
                ID, 1, "test", "4be21d0", Digest.ofText(ORDERS), Optional.of(uri), Optional.empty()));

        assertThat(proposed().bundleUri()).isEqualTo(uri);
    }

    @Test
    void aBundleThatIsNotTheNamedOneIsRejected() throws Exception {
        ask(new Effect.PlanRequested(
                ID,
                1,
                "test",
                "4be21d0",
                Digest.ofText("another"),
                Optional.empty(),
                Optional.of(ORDERS.getBytes(UTF_8))));

        assertThat(rejected()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("BND-DIGEST");
            assertThat(problem.expected()).isEqualTo(Digest.ofText("another").toString());
            assertThat(problem.found()).isEqualTo(Digest.ofText(ORDERS).toString());
        });
        assertThat(objects.keys()).isEmpty();
    }

    @Test
    void aChangeWithoutABundleIsRejected() throws Exception {
        ask(new Effect.PlanRequested(
                ID, 1, "test", "4be21d0", Digest.ofText(ORDERS), Optional.of("gone"), Optional.empty()));

        assertThat(codes()).containsExactly("OBJ-MISSING");
    }

    @Test
    void everythingThatIsWrongWithABundleIsSaidAtOnce() throws Exception {
        var twice = topic("orders", 3) + "," + topic("orders", 3);
        var unknownField = topic("refunds", 3).replace("\"partitions\"", "\"partition\"");
        ask(inline(bundle(twice + "," + unknownField)));

        assertThat(codes()).hasSizeGreaterThanOrEqualTo(3).doesNotHaveDuplicates();
        assertThat(rejected()).anySatisfy(problem -> assertThat(problem.thing()).contains("Topic/orders"));
        assertThat(rejected()).anySatisfy(problem -> assertThat(problem.thing()).contains("Topic/refunds"));
        assertThat(objects.keys()).isEmpty();
    }

    @Test
    void anUnknownEnvironmentIsRejectedWithTheKnownOnes() throws Exception {
        ask(new Effect.PlanRequested(
                ID,
                1,
                "staging",
                "4be21d0",
                Digest.ofText(ORDERS),
                Optional.empty(),
                Optional.of(ORDERS.getBytes(UTF_8))));

        assertThat(rejected()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("ENV-UNKNOWN");
            assertThat(problem.expected()).contains("test", "production");
            assertThat(problem.found()).isEqualTo("staging");
        });
    }

    @Test
    void aTargetThatIsAwayIsWaitedForAndTheQuestionIsNotAnswered() {
        provider.away();
        assertThatThrownBy(() -> ask(inline(ORDERS))).isInstanceOf(TargetException.Unavailable.class);
        assertThat(desk.publications()).isEmpty();
    }

    @Test
    void aTargetThatCameBackIsReadWithoutARestart() throws Exception {
        provider.away();
        assertThatThrownBy(() -> ask(inline(ORDERS))).isInstanceOf(TargetException.Unavailable.class);

        provider.answering();
        ask(inline(ORDERS));

        assertThat(proposed().creates()).isEqualTo(1);
    }

    @Test
    void aTargetThatIsAnotherSystemIsRejected() throws Exception {
        provider.refusing();
        ask(inline(ORDERS));

        assertThat(codes()).containsExactly("TGT-WRONG-CLUSTER");
    }

    @Test
    void aBucketThatIsAwayIsWaitedForAndTheQuestionIsNotAnswered() {
        objects.goAway();

        assertThatThrownBy(() -> ask(inline(ORDERS))).isInstanceOf(Unavailable.class);
        assertThat(desk.publications()).isEmpty();
    }

    @Test
    void anAnswerThatDidNotReachTheLogIsNoAnswer() {
        desk.failing(new TimeoutException("no broker"));

        assertThatThrownBy(() -> ask(inline(ORDERS))).isInstanceOf(Unavailable.class);
    }

    @Test
    void questionsForOthersAreLeftAlone() throws Exception {
        work.handle(desk.task(new Effect.SnapshotRequested(ID, 1, "test", "4be21d0", Digest.ofText("p"), "p")));

        assertThat(desk.publications()).isEmpty();
    }

    private void ask(Effect.PlanRequested question) throws TargetException.Unavailable {
        work.handle(desk.task(question));
    }

    private dev.migrator.core.lifecycle.PlanSummary proposed() {
        return desk.fact(Topics.PLANS, Fact.PlanProposed.class).plan();
    }

    private List<Problem> rejected() {
        return desk.fact(Topics.PLANS, Fact.PlanRejected.class).problems();
    }

    private List<String> codes() {
        return rejected().stream().map(Problem::code).toList();
    }

    private static Effect.PlanRequested inline(String bundle) {
        return new Effect.PlanRequested(
                ID, 1, "test", "4be21d0", Digest.ofText(bundle), Optional.empty(), Optional.of(bundle.getBytes(UTF_8)));
    }

    private static String bundle(String resources) {
        return "{\"apiVersion\":\"migrator.dev/v1\",\"kind\":\"Bundle\",\"resources\":[" + resources + "]}";
    }

    private static String topic(String name, int partitions) {
        return """
                {"apiVersion":"migrator.dev/v1","kind":"Topic","metadata":{"name":"%s"},\
                "spec":{"partitions":%d,"replicationFactor":1}}""".formatted(name, partitions);
    }
}
