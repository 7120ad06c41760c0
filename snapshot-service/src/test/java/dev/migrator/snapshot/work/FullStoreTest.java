package dev.migrator.snapshot.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.migrator.core.error.Problem;
import dev.migrator.core.lifecycle.Effect;
import dev.migrator.core.lifecycle.Fact;
import dev.migrator.core.lifecycle.MigrationId;
import dev.migrator.core.plan.Plan;
import dev.migrator.core.plan.PlanCodec;
import dev.migrator.core.snapshot.ManifestCodec;
import dev.migrator.kit.Unavailable;
import dev.migrator.kit.objects.MinioObjectStore;
import dev.migrator.kit.objects.ObjectKeys;
import dev.migrator.kit.snapshots.SnapshotCatalog;
import dev.migrator.kit.testkit.Desk;
import dev.migrator.kit.testkit.MemoryProvider;
import dev.migrator.kit.testkit.Plans;
import dev.migrator.kit.testkit.ScriptedBucket;
import dev.migrator.kit.topics.Topics;
import dev.migrator.kit.worker.Task;
import dev.migrator.kit.worker.WorkDelays;
import dev.migrator.target.testkit.InMemoryTarget;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An object store with no room left, or that takes longer than its client waits: no snapshot, a reason, and then one. */
class FullStoreTest {
    private static final String PLAN_URI = "4be21d0/m-1/plan.json";
    private static final String MANIFEST = "manifest.json";
    /** More than this machine takes for any call that is answered at all. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    @TempDir
    Path folder;

    private final InMemoryTarget target = InMemoryTarget.ofAllKinds(Plans.TARGET);
    private final ScriptedBucket server = new ScriptedBucket();
    private final MinioObjectStore bucket = server.store(PATIENCE);
    private Desk desk;
    private Plan plan;
    private SnapshotWork work;
    private WorkDelays delays;

    @BeforeEach
    void open() {
        target.outsiderSets(Plans.topic("orders"), Plans.retention("7"));
        plan = Plans.plan(target, List.of(), Plans.phase(0, List.of(), Plans.update("orders", "7", "1")));
        bucket.put(PLAN_URI, PlanCodec.bytes(plan));
        desk = new Desk(folder);
        var pool = new MemoryProvider("kafka", target).pool(MemoryProvider.environments(Plans.TARGET, "kafka"));
        var clock = Clock.fixed(Desk.NOW, ZoneOffset.UTC);
        var recorder =
                new Recorder(bucket, new Traffic(bucket, Duration.ofDays(1)), LockRule.off(bucket), clock, "0.1.0");
        work = new SnapshotWork(pool, 2, bucket, recorder, desk.publisher());
        delays = new WorkDelays(desk.publisher(), Topics.SNAPSHOTS, "snapshotter");
    }

    @AfterEach
    void close() {
        bucket.close();
        server.close();
    }

    /** A snapshot of one entry is three objects: a mark, a chunk and the manifest. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void withoutRoomForAllOfItThereIsNoSnapshotAndTheReasonIsToldUntilThereIs(int room) throws Exception {
        server.roomFor(room);

        var told = told(waitsFor());

        assertThat(told.code()).isEqualTo("OBJ-FULL");
        assertThat(told.found()).isEqualTo("answer XMinioStorageFull");
        assertThat(desk.publications()).containsExactly("migration.snapshots WorkDelayed");
        assertThat(server.keys()).noneMatch(key -> key.endsWith(MANIFEST));

        server.roomFor(Integer.MAX_VALUE);
        work.handle(asked());

        assertIsTaken();
    }

    @Test
    void roomForAllOfItIsEnough() throws Exception {
        server.roomFor(3);

        work.handle(asked());

        assertIsTaken();
    }

    @ParameterizedTest
    @ValueSource(strings = {"~writing/", ObjectKeys.CHUNKS, MANIFEST})
    void aWriteThatTakesLongerThanItIsWaitedForIsToldAndMadeAgain(String keyPart) throws Exception {
        server.stallAt(keyPart);

        var told = told(waitsFor());

        assertThat(told.code()).isEqualTo("OBJ-UNAVAILABLE");
        assertThat(told.thing()).startsWith("put ").contains(keyPart);
        assertThat(desk.publications()).containsExactly("migration.snapshots WorkDelayed");
        assertThat(server.keys()).noneMatch(key -> key.endsWith(MANIFEST));

        // what nobody waits for any more may still be kept, before the next attempt or beside it
        server.goOn();
        work.handle(asked());

        assertIsTaken();
    }

    private Problem waitsFor() {
        return catchThrowableOfType(Unavailable.class, () -> work.handle(asked()))
                .problem();
    }

    /** As the loop tells it that runs the work; the migration's status says so. */
    private Problem told(Problem problem) {
        delays.delayed(asked(), problem);
        var fact = desk.fact(Topics.SNAPSHOTS, Fact.WorkDelayed.class);
        assertThat(fact.service()).isEqualTo("snapshotter");
        return fact.problem();
    }

    private void assertIsTaken() {
        assertThat(desk.facts(Topics.SNAPSHOTS).getLast()).isInstanceOfSatisfying(Fact.SnapshotStored.class, stored -> {
            assertThat(stored.stateHash()).isEqualTo(plan.beforeHash());
            var manifest = ManifestCodec.read(bucket.get(stored.uri(), stored.digest()));
            assertThat(new SnapshotCatalog(bucket).over(manifest).verify(_ -> {}))
                    .isEmpty();
        });
    }

    private Task asked() {
        return desk.task(new Effect.SnapshotRequested(
                new MigrationId("m-1"), 1, "test", "4be21d0", PlanCodec.digest(plan), PLAN_URI));
    }
}
