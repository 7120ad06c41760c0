package dev.migrator.executor.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.migrator.core.error.Problem;
import dev.migrator.core.inventory.Inventory;
import dev.migrator.core.lifecycle.Fact;
import dev.migrator.core.lifecycle.WorkerAnswer;
import dev.migrator.core.lifecycle.WorkerAnswer.Result;
import dev.migrator.core.lifecycle.WorkerCommand;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Plan;
import dev.migrator.core.plan.PlanCodec;
import dev.migrator.core.undo.UndoKitCodec;
import dev.migrator.engine.Engine;
import dev.migrator.engine.EngineSettings;
import dev.migrator.engine.MemoryJournal;
import dev.migrator.engine.Pace;
import dev.migrator.kit.Unavailable;
import dev.migrator.kit.avro.Messages;
import dev.migrator.kit.objects.MinioObjectStore;
import dev.migrator.kit.testkit.Desk;
import dev.migrator.kit.testkit.MemoryProvider;
import dev.migrator.kit.testkit.Plans;
import dev.migrator.kit.testkit.ScriptedBucket;
import dev.migrator.kit.topics.Topics;
import dev.migrator.kit.worker.Task;
import dev.migrator.kit.worker.WorkDelays;
import dev.migrator.target.testkit.InMemoryTarget;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An object store with no room left, or that takes longer than its client waits: nothing forward without a kit, all back. */
class FullStoreTest {
    private static final String KIT = "undo-kit-";
    /** More than this machine takes for any call that is answered at all. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    @TempDir
    Path folder;

    private final InMemoryTarget target = InMemoryTarget.ofAllKinds(Plans.TARGET);
    private final ScriptedBucket server = new ScriptedBucket();
    private final MinioObjectStore bucket = server.store(PATIENCE);
    private final Plan plan = TestPlans.ofOneTopic();
    private Desk desk;
    private CommandLog log;
    private BatchWork work;
    private WorkDelays delays;

    @BeforeEach
    void open() {
        desk = new Desk(folder);
        log = new CommandLog(desk.wire());
        bucket.put(Commands.PLAN_URI, PlanCodec.bytes(plan));
        var pool = new MemoryProvider("kafka", target).pool(MemoryProvider.environments(Plans.TARGET, "kafka"));
        var times = new CallTimes(new SimpleMeterRegistry());
        var engine = new Engine(
                new PooledTargets(pool, Plans.ENVIRONMENT, times),
                new MemoryJournal(),
                EngineSettings.DEFAULT,
                Pace.SYSTEM);
        work = new BatchWork(
                _ -> engine,
                new PlanSource(bucket),
                new CommandIndex(log, desk.wire()),
                new Lease(() -> Duration.ZERO),
                new Takeover(Duration.ZERO),
                times,
                bucket,
                desk.publisher(),
                new InventoryNotes(desk.publisher(), _ -> Inventory.EMPTY, Clock.fixed(Desk.NOW, ZoneOffset.UTC)),
                new KitKeeper(pool, bucket),
                new UndoReceipts(bucket, System::nanoTime));
        delays = new WorkDelays(desk.publisher(), Topics.RESULTS, "executor");
    }

    @AfterEach
    void close() {
        bucket.close();
        server.close();
    }

    @Test
    void withoutRoomForItsKitAMigrationWaitsSaysWhyAndGoesOnOnceThereIsSome() throws Exception {
        var check = task(Commands.check(plan, 1, 1));
        server.roomFor(0);

        var told = told(check, waitsFor(check));

        assertThat(told.code()).isEqualTo("OBJ-FULL");
        assertThat(told.found()).isEqualTo("answer XMinioStorageFull");
        assertNothingIsKeptOrWritten();

        server.roomFor(Integer.MAX_VALUE);
        work.handle(check);

        assertKitIsKept();
    }

    @Test
    void aKitThatTakesLongerThanItIsWaitedForIsToldAndKeptOnce() throws Exception {
        var kit = kitKey();
        var check = task(Commands.check(plan, 1, 1));
        server.stallAt(kit);

        var told = told(check, waitsFor(check));

        assertThat(told.code()).isEqualTo("OBJ-UNAVAILABLE");
        assertThat(told.thing()).isEqualTo("put " + kit);
        assertNothingIsKeptOrWritten();

        // what nobody waits for any more may still be kept, before the next attempt or beside it
        server.goOn();
        work.handle(check);

        assertKitIsKept();
        assertThat(server.keys().stream().filter(key -> key.contains(KIT))).containsExactly(kit);
    }

    /** Outcomes are evidence and no condition: what was begun ends, whatever room there is for telling of it. */
    @Test
    void withoutRoomForItsOutcomesABatchIsAppliedAndUndoneAllTheSame() throws Exception {
        work.handle(task(Commands.check(plan, 1, 1)));
        server.roomFor(0);

        work.handle(task(Commands.apply(plan, 1, 2)));

        assertThat(answer().result()).isEqualTo(Result.DONE);
        assertThat(answer().outcomesUri()).isEmpty();
        assertThat(target.truth(Plans.topic("orders"))).isNotEqualTo(EntryState.ABSENT);
        work.handle(task(Commands.revert(plan, 2, 3)));
        assertThat(answer().result()).isEqualTo(Result.DONE);
        work.handle(task(Commands.close(plan, true, 2, 4)));
        assertThat(answer().stateHash()).contains(plan.beforeHash());
        assertThat(target.truth(Plans.topic("orders"))).isEqualTo(EntryState.ABSENT);
    }

    private void assertNothingIsKeptOrWritten() {
        assertThat(desk.publications()).containsExactly("migration.results WorkDelayed");
        assertThat(server.keys()).containsExactly(Commands.PLAN_URI);
        assertThat(target.truth(Plans.topic("orders"))).isEqualTo(EntryState.ABSENT);
    }

    private void assertKitIsKept() {
        assertThat(answer().result()).isEqualTo(Result.DONE);
        var kept = answer().undoKit().orElseThrow();
        assertThat(UndoKitCodec.read(bucket.get(kept.uri(), kept.digest())).plan())
                .isEqualTo(plan);
    }

    /** The kit of the same plan has the same key, in whichever bucket. */
    private String kitKey() throws Exception {
        work.handle(task(Commands.check(plan, 1, 1)));
        var kept = answer().undoKit().orElseThrow().uri();
        bucket.remove(kept);
        open();
        return kept;
    }

    private Task task(WorkerCommand command) {
        return desk.task(Topics.BATCHES, 0, log.append(command), "m-1", Messages.of(command));
    }

    private Problem waitsFor(Task task) {
        return catchThrowableOfType(Unavailable.class, () -> work.handle(task)).problem();
    }

    /** As the loop tells it that runs the work; the migration's status says so. */
    private Problem told(Task task, Problem problem) {
        delays.delayed(task, problem);
        var fact = desk.fact(Topics.RESULTS, Fact.WorkDelayed.class);
        assertThat(fact.service()).isEqualTo("executor");
        return fact.problem();
    }

    private WorkerAnswer answer() {
        return ((Fact.Answered) desk.facts(Topics.RESULTS).getLast()).answer();
    }
}
