package dev.migrator.snapshot.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.snapshot.Coverage;
import dev.migrator.core.snapshot.SnapshotOrder;
import dev.migrator.core.snapshot.SourceReading;
import dev.migrator.kit.audit.Audit;
import dev.migrator.kit.avro.SnapshotMessages;
import dev.migrator.kit.objects.BucketProtection;
import dev.migrator.kit.objects.ObjectKeys;
import dev.migrator.kit.snapshots.SnapshotCatalog;
import dev.migrator.kit.snapshots.SnapshotName;
import dev.migrator.kit.testkit.Desk;
import dev.migrator.kit.testkit.MemoryObjects;
import dev.migrator.kit.testkit.MemoryProvider;
import dev.migrator.kit.testkit.Plans;
import dev.migrator.kit.topics.Topics;
import dev.migrator.kit.worker.Task;
import dev.migrator.target.TargetException;
import dev.migrator.target.testkit.FaultyTarget;
import dev.migrator.target.testkit.InMemoryTarget;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Snapshots of whole targets: ordered, scheduled, kept and removed. */
class OrderWorkTest {
    @TempDir
    Path folder;

    private final InMemoryTarget target = InMemoryTarget.ofAllKinds(Plans.TARGET);
    private final MemoryProvider provider = new MemoryProvider("kafka", target);
    private final MemoryObjects objects = new MemoryObjects();
    private final SnapshotCatalog catalog = new SnapshotCatalog(objects);
    private final Turned clock = new Turned();
    private final Traffic traffic = new Traffic(objects, Duration.ofDays(1));
    private Desk desk;
    private OrderWork work;

    @BeforeEach
    void open() {
        for (int i = 0; i < 3_000; i++) {
            target.outsiderSets(Plans.topic("topic-" + i), Plans.retention("7"));
        }
        desk = new Desk(folder);
        work = work(provider);
    }

    private OrderWork work(MemoryProvider of) {
        return work(of, LockRule.off(objects));
    }

    private OrderWork work(MemoryProvider of, LockRule lock) {
        var environments = MemoryProvider.environments(Plans.TARGET, "kafka");
        return new OrderWork(
                environments,
                of.pool(environments),
                500,
                objects,
                new Recorder(objects, traffic, lock, clock, "0.1.0"),
                new Audit(desk.publisher(), "snapshotter", clock),
                clock);
    }

    @Test
    void allThatTheTargetListsIsInIt() throws Exception {
        target.outsiderSets(new EntryKey(Plans.TARGET, "acl", "a rule"), Content.of("operation", Value.of("READ")));
        work.handle(order("nightly"));

        var snapshot = catalog.open(only());
        assertThat(snapshot.manifest().contents().counts())
                .isEqualTo(Map.of(Plans.TARGET, Map.of("acl", 1L, "topic", 3_000L)));
        assertThat(snapshot.verify(_ -> {})).isEmpty();
        assertThat(snapshot.find(List.of(Plans.topic("topic-5"), Plans.topic("never"))))
                .containsOnlyKeys(Plans.topic("topic-5"));
        assertThat(snapshot.manifest().covers()).isInstanceOfSatisfying(Coverage.OfTargets.class, covers -> {
            assertThat(covers.isComplete()).isTrue();
            assertThat(covers.by()).isEqualTo("ann");
        });
        assertThat(desk.publications()).containsExactly("migration.audit AuditEntry");
    }

    @Test
    void itTellsWhereTheTargetWasBeforeAndAfterItWasRead() throws Exception {
        var before = target.position();
        work.handle(order("still"));
        clock.turn(Duration.ofMinutes(1));
        var moving = new FaultyTarget(target, call -> {
            if (call.kind() == FaultyTarget.Call.Kind.READ) {
                target.outsiderSets(Plans.topic("meanwhile"), Plans.retention("7"));
            }
            return FaultyTarget.Fault.NONE;
        });
        work(new MemoryProvider("kafka", moving)).handle(order("moving"));

        var still = reading("still");
        assertThat(still.before()).isEqualTo(before);
        assertThat(still.moved()).hasValue(false);
        assertThat(still.from()).isEqualTo(Desk.NOW);
        assertThat(reading("moving").before()).isEqualTo(before);
        assertThat(reading("moving").moved()).hasValue(true);
    }

    @Test
    void aTargetThatDoesNotTellWhereItIsIsReadAllTheSame() throws Exception {
        var silent = new FaultyTarget(
                target,
                call -> call.kind() == FaultyTarget.Call.Kind.POSITION
                        ? FaultyTarget.Fault.UNAVAILABLE
                        : FaultyTarget.Fault.NONE);
        work(new MemoryProvider("kafka", silent)).handle(order("nightly"));

        assertThat(catalog.open(only()).verify(_ -> {})).isEmpty();
        assertThat(reading("nightly").moved()).isEmpty();
    }

    private SourceReading reading(String what) {
        return catalog.open(catalog.takenFor("test", what).orElseThrow())
                .manifest()
                .readings()
                .get(Plans.TARGET);
    }

    @Test
    void anOrderThatComesTwiceIsCarriedOutOnce() throws Exception {
        work.handle(order("nightly"));
        clock.turn(Duration.ofMinutes(1));
        target.outsiderSets(Plans.topic("another"), Plans.retention("7"));
        work.handle(order("nightly"));

        assertThat(catalog.list("test")).hasSize(1);
    }

    @Test
    void anOrderThatTwoCarryOutInTheSameSecondIsTakenOnceAndNotRefused() throws Exception {
        objects.protectedBy(BucketProtection.OBJECT_LOCK);
        var another = work(provider);
        objects.beforeNextPut("manifest.json", () -> {
            clock.turn(Duration.ofMillis(5));
            handle(another, order("nightly"));
        });
        work(provider, new LockRule(objects, Duration.ofDays(90))).handle(order("nightly"));

        assertThat(catalog.refused("test")).isEmpty();
        assertThat(reading("nightly").from()).as("the quicker one's").isAfter(Desk.NOW);
        assertThat(objects.lockedUntil(SnapshotCatalog.key(only())))
                .as("the quicker one knew of no lock")
                .hasValue(Desk.NOW.plus(Duration.ofDays(90)));
    }

    @Test
    void ofTwoInTheSameSecondThatReadOtherThingsOneIsRefused() throws Exception {
        var another = work(provider);
        objects.beforeNextPut("manifest.json", () -> {
            target.outsiderSets(Plans.topic("topic-1500"), Plans.retention("8"));
            handle(another, order("nightly"));
        });
        work.handle(order("nightly"));

        assertThat(catalog.open(only()).verify(_ -> {})).isEmpty();
        assertThat(catalog.whyRefused(only()))
                .hasValueSatisfying(problem -> assertThat(problem.code()).isEqualTo("OBJ-OVERWRITE"));
    }

    private static void handle(OrderWork work, Task task) {
        try {
            work.handle(task);
        } catch (TargetException.Unavailable e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void theNextSnapshotWritesOnlyChunksThatChanged() throws Exception {
        work.handle(order("one"));
        var chunks = chunks();
        clock.turn(Duration.ofMinutes(1));
        target.outsiderSets(Plans.topic("topic-1500"), Plans.retention("8"));
        work.handle(order("two"));

        assertThat(chunks.size()).isGreaterThan(1);
        assertThat(chunks()).hasSize(chunks.size() + 1).containsAll(chunks);
        assertThat(chunks()).allMatch(chunk -> objects.writes(chunk) == 1);
    }

    @Test
    void aTargetThatRefusesIsNamedInPlaceOfTheSnapshot() throws Exception {
        provider.refusing();
        work.handle(order("nightly"));
        work.handle(order("nightly"));

        assertThat(catalog.list("test")).isEmpty();
        assertThat(catalog.refused("test")).hasSize(1);
        assertThat(catalog.whyRefused(catalog.refused("test").getFirst()))
                .hasValueSatisfying(problem -> assertThat(problem.code()).isEqualTo("TGT-WRONG-CLUSTER"));
    }

    @Test
    void anUnknownTargetIsRefusedAndAnUnknownEnvironmentIsBadInput() throws Exception {
        work.handle(task(new SnapshotOrder("test", "r-1", Optional.of("nowhere"), "ann", Desk.NOW)));

        assertThat(catalog.whyRefused(catalog.refused("test").getFirst()))
                .hasValueSatisfying(problem -> assertThat(problem.code()).isEqualTo("TGT-UNKNOWN"));
        assertThatThrownBy(
                        () -> work.handle(task(new SnapshotOrder("nowhere", "r-2", Optional.empty(), "ann", Desk.NOW))))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("ENV-UNKNOWN");
    }

    @Test
    void aTargetThatIsAwayIsWaitedFor() {
        provider.away();

        assertThatThrownBy(() -> work.handle(order("nightly"))).isInstanceOf(TargetException.Unavailable.class);
        assertThat(catalog.list("test")).isEmpty();
        assertThat(catalog.refused("test")).isEmpty();
        assertThat(objects.keys()).as("no mark stays").isEmpty();
    }

    @Test
    void noSecretIsInAnyObject() throws Exception {
        target.outsiderSets(
                Plans.topic("with-secret"),
                Content.of(Map.of("secret.password", Value.of("hunter2"), "config.x", Value.of("1"))));
        work.handle(order("nightly"));

        var text = new StringBuilder();
        catalog.open(only()).forEach(entry -> text.append(entry));
        assertThat(text.toString()).contains("with-secret").doesNotContain("hunter2");
        objects.keys()
                .forEach(key -> assertThat(new String(objects.bytes(key), StandardCharsets.ISO_8859_1))
                        .doesNotContain("hunter2"));
    }

    @Test
    void theScheduleTakesOneWhenTheNewestIsOldEnough() {
        var watch = new SnapshotSchedule(Duration.ofHours(24), catalog, work, clock, new Random(1))
                .watch(MemoryProvider.environments(Plans.TARGET, "kafka")
                        .find("test")
                        .orElseThrow());

        assertThat(watch.turn()).isTrue();
        assertThat(watch.turn()).isFalse();
        clock.turn(Duration.ofHours(23));
        assertThat(watch.turn()).isFalse();
        clock.turn(Duration.ofHours(2));
        assertThat(watch.turn()).isTrue();
        assertThat(catalog.list("test")).hasSize(2).allMatch(name -> name.what().equals("scheduled"));
    }

    @Test
    void aScheduledOneThatFailsIsTriedAgainLater() {
        var watch = new SnapshotSchedule(Duration.ofHours(24), catalog, work, clock, new Random(1))
                .watch(MemoryProvider.environments(Plans.TARGET, "kafka")
                        .find("test")
                        .orElseThrow());
        provider.away();
        assertThat(watch.turn()).isFalse();
        provider.answering();
        assertThat(watch.turn()).as("not at once").isFalse();
        clock.turn(Duration.ofMinutes(6));
        assertThat(watch.turn()).isTrue();
    }

    @Test
    void whatIsNotKeptGoesWithTheChunksThatNobodyElseNames() throws Exception {
        work.handle(order("one"));
        clock.turn(Duration.ofDays(20));
        target.outsiderSets(Plans.topic("topic-1500"), Plans.retention("8"));
        work.handle(order("two"));
        var stale = chunks();
        var named = catalog.open(catalog.list("test").getFirst())
                .manifest()
                .contents()
                .chunks();

        var swept = sweeper(0).sweep(List.of("test"), Set.of());

        assertThat(swept).isEqualTo(new Sweeper.Swept(1, 1, 0));
        assertThat(chunks()).hasSize(named.size()).hasSize(stale.size() - 1);
        assertThat(catalog.open(only()).verify(_ -> {})).isEmpty();
        assertThat(sweeper(0).sweep(List.of("test"), Set.of())).isEqualTo(Sweeper.Swept.NOTHING);
    }

    @Test
    void nothingIsRemovedWhileASnapshotIsWrittenAndNoneIsWrittenWhileChunksAreRemoved() throws Exception {
        work.handle(order("one"));
        clock.turn(Duration.ofDays(20));
        try (var _ = traffic.writing()) {
            assertThat(sweeper(0).sweep(List.of("test"), Set.of())).isEqualTo(Sweeper.Swept.NOTHING);
        }
        try (var _ = traffic.sweeping().orElseThrow()) {
            assertThatThrownBy(() -> work.handle(order("two"))).hasMessageContaining("SNP-SWEEP");
        }
        work.handle(order("two"));
        assertThat(catalog.list("test")).hasSize(2);
    }

    @Test
    void theMarkOfOneThatWasKilledCountsNoMoreAfterItsTime() {
        var _ = traffic.writing();
        clock.turn(Duration.ofHours(25));

        assertThat(traffic.sweeping()).isPresent();
    }

    @Test
    void chunksStayWhileAManifestCannotBeRead() throws Exception {
        work.handle(order("one"));
        objects.outsiderSets(SnapshotCatalog.key(only()), "{\"format\":9}".getBytes(StandardCharsets.UTF_8));
        clock.turn(Duration.ofDays(20));

        assertThat(sweeper(0).sweep(List.of("test"), Set.of())).isEqualTo(Sweeper.Swept.NOTHING);
        assertThat(chunks()).isNotEmpty();
    }

    @Test
    void allOfASnapshotIsLockedAndWhatItSharesStaysSoForLonger() throws Exception {
        objects.protectedBy(BucketProtection.OBJECT_LOCK);
        var locking = work(provider, new LockRule(objects, Duration.ofDays(90)));
        locking.handle(order("one"));
        var first = catalog.open(only()).manifest();
        assertThat(objects.keys())
                .hasSize(first.contents().chunks().size() + 1)
                .allSatisfy(key -> assertThat(objects.lockedUntil(key)).hasValue(Desk.NOW.plus(Duration.ofDays(90))));

        clock.turn(Duration.ofDays(10));
        target.outsiderSets(Plans.topic("topic-1500"), Plans.retention("8"));
        locking.handle(order("two"));

        var second = catalog.open(catalog.list("test").getFirst()).manifest();
        for (var chunk : second.contents().chunks()) {
            assertThat(objects.lockedUntil(ObjectKeys.chunk(chunk.digest())))
                    .hasValue(Desk.NOW.plus(Duration.ofDays(100)));
        }
    }

    @Test
    void whatIsLockedIsLeftWhenSnapshotsAreRemovedAndGoesLater() throws Exception {
        objects.protectedBy(BucketProtection.OBJECT_LOCK);
        work(provider, new LockRule(objects, Duration.ofDays(90))).handle(order("one"));
        var before = objects.keys();
        clock.turn(Duration.ofDays(20));

        assertThat(sweeper(0).sweep(List.of("test"), Set.of())).isEqualTo(new Sweeper.Swept(0, 0, 1));
        assertThat(objects.keys()).isEqualTo(before);
        assertThat(catalog.open(only()).verify(_ -> {})).isEmpty();

        clock.turn(Duration.ofDays(71));
        assertThat(sweeper(0).sweep(List.of("test"), Set.of()).locked()).isZero();
        assertThat(objects.keys()).isEmpty();
    }

    @Test
    void aBucketWithoutObjectLockIsWrittenToWithoutAndThatIsSaid() throws Exception {
        objects.protectedBy(BucketProtection.VERSIONING);
        work(provider, new LockRule(objects, Duration.ofDays(90))).handle(order("one"));
        assertThat(objects.keys())
                .isNotEmpty()
                .allMatch(key -> objects.lockedUntil(key).isEmpty());

        try (var watch = new ProtectionWatch(objects, Duration.ofDays(90))) {
            objects.goAway();
            assertThat(watch.look()).isFalse();
            assertThat(watch.found()).isEmpty();
            objects.comeBack();
            assertThat(watch.look()).isTrue();
            assertThat(watch.found().orElseThrow().problem())
                    .hasValueSatisfying(problem -> assertThat(problem.code()).isEqualTo("SNP-NO-LOCK"));
            objects.protectedBy(BucketProtection.OBJECT_LOCK);
            assertThat(watch.look()).isTrue();
            assertThat(watch.found())
                    .hasValue(new ProtectionWatch.Found(BucketProtection.OBJECT_LOCK, Optional.empty()));
        }
        try (var watch = new ProtectionWatch(objects.protectedBy(BucketProtection.NONE), Duration.ZERO)) {
            assertThat(watch.look()).isTrue();
            assertThat(watch.found().orElseThrow().problem())
                    .as("nobody asked for it")
                    .isEmpty();
        }
    }

    private Sweeper sweeper(int newest) {
        return new Sweeper(
                objects,
                traffic,
                new dev.migrator.core.snapshot.Retention(Duration.ofDays(10), newest, Duration.ofDays(7)),
                Duration.ofDays(1),
                clock);
    }

    private List<String> chunks() {
        return new ArrayList<>(objects.keys())
                .stream().filter(key -> key.startsWith(ObjectKeys.CHUNKS)).toList();
    }

    private SnapshotName only() {
        assertThat(catalog.list("test")).hasSize(1);
        return catalog.list("test").getFirst();
    }

    private Task order(String request) {
        return task(new SnapshotOrder("test", request, Optional.empty(), "ann", Desk.NOW));
    }

    private Task task(SnapshotOrder order) {
        return desk.task(Topics.COMMANDS, 0, 0, order.environment(), SnapshotMessages.of(order));
    }

    /** A clock that a test turns; the bucket's goes with it. */
    private final class Turned extends Clock {
        private Instant now = Desk.NOW;

        void turn(Duration by) {
            now = now.plus(by);
            objects.setClock(now);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
