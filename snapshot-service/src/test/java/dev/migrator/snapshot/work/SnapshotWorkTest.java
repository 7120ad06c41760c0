package dev.migrator.snapshot.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.lifecycle.Effect;
import dev.migrator.core.lifecycle.Fact;
import dev.migrator.core.lifecycle.MigrationId;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Plan;
import dev.migrator.core.plan.PlanCodec;
import dev.migrator.core.plan.Removal;
import dev.migrator.core.snapshot.Coverage;
import dev.migrator.core.snapshot.ManifestCodec;
import dev.migrator.core.snapshot.SourceReading;
import dev.migrator.kit.Unavailable;
import dev.migrator.kit.objects.ObjectKeys;
import dev.migrator.kit.snapshots.SnapshotCatalog;
import dev.migrator.kit.targets.TargetPool;
import dev.migrator.kit.testkit.Desk;
import dev.migrator.kit.testkit.MemoryObjects;
import dev.migrator.kit.testkit.MemoryProvider;
import dev.migrator.kit.testkit.Plans;
import dev.migrator.kit.topics.Topics;
import dev.migrator.target.TargetException;
import dev.migrator.target.WriteGuard;
import dev.migrator.target.testkit.InMemoryTarget;
import dev.migrator.target.testkit.MemoryKind;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotWorkTest {
    private static final MigrationId ID = new MigrationId("m-1");
    private static final String PLAN_URI = "4be21d0/m-1/plan.json";

    @TempDir
    Path folder;

    private final InMemoryTarget target = new InMemoryTarget(
            Plans.TARGET,
            MemoryKind.TOPIC,
            MemoryKind.ARTIFACT_VERSION,
            named("artifact"),
            named("subject"),
            named("subject-version"));
    private final MemoryProvider provider = new MemoryProvider("kafka", target);
    private final MemoryObjects objects = new MemoryObjects();
    private Desk desk;
    private TargetPool pool;
    private String planUri = PLAN_URI;
    private Plan plan;
    private SnapshotWork work;

    @BeforeEach
    void open() {
        target.outsiderSets(Plans.topic("orders"), Plans.retention("7"));
        target.outsiderSets(Plans.topic("payments"), Plans.retention("9"));
        target.outsiderSets(Plans.topic("nobody-speaks-of"), Plans.retention("1"));
        plan = Plans.plan(
                target,
                List.of(Plans.topic("payments")),
                Plans.phase(0, List.of(), Plans.update("orders", "7", "1"), Plans.create("refunds", "5")));
        objects.put(PLAN_URI, PlanCodec.bytes(plan));
        desk = new Desk(folder);
        pool = provider.pool(MemoryProvider.environments(Plans.TARGET, "kafka"));
        var clock = Clock.fixed(Desk.NOW, ZoneOffset.UTC);
        var recorder =
                new Recorder(objects, new Traffic(objects, Duration.ofDays(1)), LockRule.off(objects), clock, "0.1.0");
        work = new SnapshotWork(pool, 2, objects, recorder, desk.publisher());
    }

    @Test
    void everythingThatThePlanWritesOrDependsOnIsInTheSnapshotAndNothingElse() throws Exception {
        work.handle(asked());

        assertThat(entries()).containsOnlyKeys(Plans.topic("orders"), Plans.topic("payments"), Plans.topic("refunds"));
        assertThat(entries().get(Plans.topic("orders")).contentIfPresent()).hasValue(Plans.retention("7"));
        assertThat(stored().entries()).isEqualTo(3);
        assertThat(desk.keys(Topics.SNAPSHOTS)).containsExactly("test");
    }

    /** Else no rehearsal could make elsewhere what the plan depends on. */
    @Test
    void whatASchemaThatThePlanDependsOnStandsOnIsInItTooAndChangesNoStateHash() throws Exception {
        target.outsiderSets(apicurio("OrderLine@1"), referringTo("Money"));
        target.outsiderSets(apicurio("Money@1"), referringTo("Currency"));
        target.outsiderSets(apicurio("Currency@1"), Content.EMPTY);
        target.outsiderSets(artifact("Money"), Content.of("type", Value.of("AVRO")));
        plan(List.of(apicurio("OrderLine@1")), Plans.create("refunds", "5"));

        work.handle(asked());

        assertThat(entries())
                .containsOnlyKeys(
                        apicurio("OrderLine@1"),
                        apicurio("Money@1"),
                        apicurio("Currency@1"),
                        artifact("OrderLine"),
                        artifact("Money"),
                        artifact("Currency"),
                        Plans.topic("refunds"));
        assertThat(entries().get(artifact("Money")).exists()).isTrue();
        assertThat(stored().stateHash()).isEqualTo(plan.beforeHash());
        assertThat(stored().entries()).isEqualTo(7);
    }

    @Test
    void whatARetiredSchemaStandsOnIsInItAndOneThatIsGoneIsAbsent() throws Exception {
        target.outsiderSets(apicurio("Line@1"), referringTo("Money"));
        target.apply(
                List.of(new Operation.Delete(apicurio("Line@1"), referringTo("Money"), Removal.RETIRE)),
                WriteGuard.ALWAYS);
        target.settle(Duration.ofSeconds(1), WriteGuard.ALWAYS);
        plan(List.of(apicurio("Line@1")), Plans.create("refunds", "5"));

        work.handle(asked());

        assertThat(entries().get(apicurio("Line@1"))).isInstanceOf(EntryState.Retired.class);
        assertThat(entries()).containsEntry(apicurio("Money@1"), EntryState.ABSENT);
    }

    /** A registry that gives the numbers itself makes no second version where there is no first one. */
    @Test
    void theVersionsBeforeOneThatIsMadeAreInIt() throws Exception {
        var subject = new EntryKey(Plans.TARGET, "subject", "shop-Order");
        var first = new EntryKey(Plans.TARGET, "subject-version", "shop-Order@1");
        var second = new EntryKey(Plans.TARGET, "subject-version", "shop-Order@2");
        var third = new EntryKey(Plans.TARGET, "subject-version", "shop-Order@3");
        target.outsiderSets(first, Content.EMPTY);
        target.outsiderSets(second, Content.EMPTY);
        plan(List.of(), new Operation.Create(third, Content.EMPTY));

        work.handle(asked());

        assertThat(entries()).containsOnlyKeys(subject, first, second, third);
        assertThat(entries()).containsEntry(subject, EntryState.ABSENT);
        assertThat(stored().stateHash()).isEqualTo(plan.beforeHash());
    }

    @Test
    void lookingForWhatSchemasStandOnEndsSomewhere() throws Exception {
        for (int i = 0; i < 9; i++) {
            target.outsiderSets(apicurio("S" + i + "@1"), referringTo("S" + (i + 1)));
        }
        var all = new TreeSet<>(Set.of(apicurio("S0@1")));

        new Foundations(pool, 2, 5).addTo(all, "test", plan);

        assertThat(all).hasSize(1 + 5).contains(apicurio("S0@1"), artifact("S0"), apicurio("S1@1"), artifact("S1"));
    }

    private void plan(List<EntryKey> reads, Operation... operations) {
        plan = Plans.plan(target, reads, Plans.phase(0, List.of(), operations));
        planUri = "4be21d0/m-1/plan-of-schemas.json";
        objects.put(planUri, PlanCodec.bytes(plan));
    }

    private static MemoryKind named(String kind) {
        return new MemoryKind(kind, true, true, true, false, Content.EMPTY, Set.of());
    }

    private static EntryKey apicurio(String version) {
        return new EntryKey(Plans.TARGET, "artifact-version", "shop/" + version);
    }

    private static EntryKey artifact(String name) {
        return new EntryKey(Plans.TARGET, "artifact", "shop/" + name);
    }

    private static Content referringTo(String artifact) {
        return Content.of(
                "references",
                Value.array(List.of(Value.object(
                        "group", Value.of("shop"),
                        "artifactId", Value.of(artifact),
                        "version", Value.of("1"),
                        "name", Value.of("shop." + artifact)))));
    }

    @Test
    void whatIsNotThereIsInTheSnapshotAsAbsent() throws Exception {
        work.handle(asked());

        assertThat(entries()).containsEntry(Plans.topic("refunds"), EntryState.ABSENT);
    }

    @Test
    void theStateHashIsThatOfThePlanWhileTheTargetIsAsThePlanSawIt() throws Exception {
        work.handle(asked());
        assertThat(stored().stateHash()).isEqualTo(plan.beforeHash());
    }

    @Test
    void theStateHashTellsWhenTheTargetChangedSinceThePlan() throws Exception {
        target.outsiderSets(Plans.topic("orders"), Plans.retention("8"));
        work.handle(asked());

        assertThat(stored().stateHash()).isNotEqualTo(plan.beforeHash());
    }

    @Test
    void theSameQuestionAskedAgainIsAnsweredTheSame() throws Exception {
        work.handle(asked());
        work.handle(asked());

        assertThat(desk.facts(Topics.SNAPSHOTS)).hasSize(2);
        assertThat(desk.facts(Topics.SNAPSHOTS).getLast())
                .isEqualTo(desk.facts(Topics.SNAPSHOTS).getFirst());
    }

    /** One that is believed dead and the one in its place; only where the target is has changed meanwhile. */
    @Test
    void ofTwoThatTakeTheSameInTheSameSecondBothAnswerWithTheOneThatIsThere() throws Exception {
        objects.beforeNextPut("manifest.json", () -> {
            target.outsiderSets(Plans.topic("nobody-speaks-of"), Plans.retention("2"));
            handle(asked());
        });
        work.handle(asked());

        assertThat(desk.facts(Topics.SNAPSHOTS)).hasSize(2).allMatch(Fact.SnapshotStored.class::isInstance);
        assertThat(desk.facts(Topics.SNAPSHOTS).getLast())
                .isEqualTo(desk.facts(Topics.SNAPSHOTS).getFirst());
        assertThat(catalog().list("test")).hasSize(1);
    }

    @Test
    void whatIsNoManifestAndLiesUnderItsNameMakesNoSnapshot() throws Exception {
        work.handle(asked());
        var key = stored().uri();
        objects.remove(key);
        objects.beforeNextPut("manifest.json", () -> objects.outsiderSets(key, new byte[] {1}));
        work.handle(asked());

        assertThat(desk.facts(Topics.SNAPSHOTS).getLast())
                .isInstanceOfSatisfying(
                        Fact.SnapshotFailed.class,
                        failed -> assertThat(failed.problem().code()).isEqualTo("OBJ-OVERWRITE"));
    }

    private void handle(dev.migrator.kit.worker.Task task) {
        try {
            work.handle(task);
        } catch (TargetException.Unavailable e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aBucketThatReturnsOtherBytesThanItWasGivenMakesNoSnapshot() throws Exception {
        objects.spoilWhatIsPut();

        work.handle(asked());

        assertThat(failure()).isEqualTo("SNP-READBACK");
        assertThat(objects.keys()).noneMatch(key -> key.endsWith("manifest.json"));
    }

    @Test
    void aChunkThatLiesThereBrokenAlreadyMakesNoSnapshotAndIsNamed() throws Exception {
        work.handle(asked());
        var chunk = objects.keys().stream()
                .filter(key -> key.startsWith(ObjectKeys.CHUNKS))
                .findFirst()
                .orElseThrow();
        objects.outsiderSets(chunk, new byte[] {1, 2, 3});

        work.handle(askedAgain());

        assertThat(desk.facts(Topics.SNAPSHOTS).getLast()).isInstanceOfSatisfying(Fact.SnapshotFailed.class, failed -> {
            assertThat(failed.problem().code()).isEqualTo("SNP-READBACK");
            assertThat(failed.problem().thing()).contains(chunk.substring(ObjectKeys.CHUNKS.length()));
        });
    }

    @Test
    void theManifestSaysWhatItWasTakenOfAndLiesInTheCatalog() throws Exception {
        work.handle(asked());

        var catalog = new SnapshotCatalog(objects);
        var name = catalog.list("test").getFirst();
        assertThat(SnapshotCatalog.key(name))
                .isEqualTo(stored().uri())
                .startsWith("snapshots/test/20260102T030405Z-m-1-r1-");
        var manifest = catalog.open(name).manifest();
        assertThat(manifest.covers()).isEqualTo(new Coverage.OfPlan("m-1", 1, PlanCodec.digest(plan), "4be21d0"));
        assertThat(manifest.sources()).containsOnlyKeys(Plans.TARGET);
        assertThat(manifest.takenAt()).isEqualTo(Desk.NOW);
        assertThat(catalog.resolve(List.of("test", "production"), name.what())).isEqualTo(name);
    }

    @Test
    void theManifestSaysWhereEachTargetWas() throws Exception {
        work.handle(asked());

        var name = catalog().list("test").getFirst();
        assertThat(catalog().open(name).manifest().readings())
                .isEqualTo(Map.of(
                        Plans.TARGET, new SourceReading(Desk.NOW, Desk.NOW, target.position(), target.position())));
    }

    private SnapshotCatalog catalog() {
        return new SnapshotCatalog(objects);
    }

    @Test
    void aSecondSnapshotOfTheSameWritesNoChunkAgain() throws Exception {
        work.handle(asked());
        var chunks = objects.keys().stream()
                .filter(key -> key.startsWith(ObjectKeys.CHUNKS))
                .toList();
        work.handle(askedAgain());

        assertThat(desk.facts(Topics.SNAPSHOTS)).hasSize(2).allMatch(Fact.SnapshotStored.class::isInstance);
        assertThat(new SnapshotCatalog(objects).list("test")).hasSize(2);
        assertThat(chunks).isNotEmpty().allMatch(chunk -> objects.writes(chunk) == 1);
    }

    @Test
    void diedAtAnyWriteTheNextAttemptIsComplete() throws Exception {
        for (int puts = 0; ; puts++) {
            objects.goAwayAfter(puts);
            boolean died = false;
            try {
                work.handle(asked());
            } catch (Unavailable _) {
                died = true;
            }
            objects.comeBack();
            if (!died) {
                assertThat(puts).isGreaterThan(2);
                return;
            }
            assertThat(desk.publications()).isEmpty();
            work.handle(asked());
            assertThat(entries()).hasSize(3);
            open();
            objects.keys().forEach(objects::remove);
            objects.put(PLAN_URI, PlanCodec.bytes(plan));
        }
    }

    @Test
    void aPlanThatIsNotTheNamedOneMakesNoSnapshot() throws Exception {
        objects.put("4be21d0/m-1/other.json", new byte[] {1});

        work.handle(desk.task(new Effect.SnapshotRequested(
                ID, 1, "test", "4be21d0", PlanCodec.digest(plan), "4be21d0/m-1/other.json")));

        assertThat(failure()).isEqualTo("OBJ-DIGEST");
    }

    @Test
    void aTargetThatIsAnotherSystemMakesNoSnapshot() throws Exception {
        provider.refusing();

        work.handle(asked());

        assertThat(failure()).isEqualTo("TGT-WRONG-CLUSTER");
    }

    @Test
    void aTargetThatIsAwayIsWaitedForAndTheQuestionIsNotAnswered() {
        provider.away();

        assertThatThrownBy(() -> work.handle(asked())).isInstanceOf(TargetException.Unavailable.class);
        assertThat(desk.publications()).isEmpty();
    }

    @Test
    void aBucketThatIsAwayIsWaitedForAndTheQuestionIsNotAnswered() {
        objects.goAway();

        assertThatThrownBy(() -> work.handle(asked())).isInstanceOf(Unavailable.class);
        assertThat(desk.publications()).isEmpty();
    }

    @Test
    void questionsForOthersAreLeftAlone() throws Exception {
        work.handle(desk.task(new Effect.PlanRequested(
                ID, 1, "test", "4be21d0", plan.bundleDigest(), Optional.of("b"), Optional.empty(), Optional.empty())));

        assertThat(desk.publications()).isEmpty();
    }

    private dev.migrator.kit.worker.Task asked() {
        return desk.task(new Effect.SnapshotRequested(ID, 1, "test", "4be21d0", PlanCodec.digest(plan), planUri));
    }

    /** For the next revision of the same plan. */
    private dev.migrator.kit.worker.Task askedAgain() {
        return desk.task(new Effect.SnapshotRequested(ID, 2, "test", "4be21d0", PlanCodec.digest(plan), planUri));
    }

    private Fact.SnapshotStored stored() {
        return desk.fact(Topics.SNAPSHOTS, Fact.SnapshotStored.class);
    }

    private String failure() {
        return desk.fact(Topics.SNAPSHOTS, Fact.SnapshotFailed.class).problem().code();
    }

    private Map<EntryKey, EntryState> entries() {
        var manifest = ManifestCodec.read(objects.get(stored().uri(), stored().digest()));
        var entries = new TreeMap<EntryKey, EntryState>();
        new SnapshotCatalog(objects).over(manifest).forEach(entry -> entries.put(entry.key(), entry.state()));
        return entries;
    }
}
