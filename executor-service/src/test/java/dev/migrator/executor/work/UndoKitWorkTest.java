package dev.migrator.executor.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.core.inventory.Inventory;
import dev.migrator.core.lifecycle.Fact;
import dev.migrator.core.lifecycle.WorkerAnswer;
import dev.migrator.core.lifecycle.WorkerAnswer.Result;
import dev.migrator.core.lifecycle.WorkerCommand;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Plan;
import dev.migrator.core.plan.PlanCodec;
import dev.migrator.core.undo.KitTarget;
import dev.migrator.core.undo.UndoKeys;
import dev.migrator.core.undo.UndoKitCodec;
import dev.migrator.engine.Engine;
import dev.migrator.engine.EngineSettings;
import dev.migrator.engine.KitUndo;
import dev.migrator.engine.MemoryJournal;
import dev.migrator.engine.Pace;
import dev.migrator.kit.Unavailable;
import dev.migrator.kit.avro.Messages;
import dev.migrator.kit.testkit.Desk;
import dev.migrator.kit.testkit.MemoryObjects;
import dev.migrator.kit.testkit.MemoryProvider;
import dev.migrator.kit.testkit.Plans;
import dev.migrator.kit.topics.Topics;
import dev.migrator.target.WriteGuard;
import dev.migrator.target.testkit.InMemoryTarget;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The worker and undo kits: kept before the first write, and obeyed once somebody used one. */
class UndoKitWorkTest {
    private static final String RECEIPT = UndoKeys.receipt("4be21d0", Commands.ID);

    @TempDir
    Path folder;

    private final InMemoryTarget target = InMemoryTarget.ofAllKinds(Plans.TARGET);
    private final MemoryProvider provider = new MemoryProvider("kafka", target);
    private final MemoryObjects objects = new MemoryObjects();
    private final Plan plan = TestPlans.ofOneTopic();
    private long nanos;
    private Desk desk;
    private CommandLog log;
    private BatchWork work;

    @BeforeEach
    void open() {
        desk = new Desk(folder);
        log = new CommandLog(desk.wire());
        objects.put(Commands.PLAN_URI, PlanCodec.bytes(plan));
        var pool = provider.pool(MemoryProvider.environments(Plans.TARGET, "kafka"));
        var times = new CallTimes(new SimpleMeterRegistry());
        var engine = new Engine(
                new PooledTargets(pool, Plans.ENVIRONMENT, times),
                new MemoryJournal(),
                EngineSettings.DEFAULT,
                Pace.SYSTEM);
        work = new BatchWork(
                _ -> engine,
                new PlanSource(objects),
                new CommandIndex(log, desk.wire()),
                new Lease(() -> Duration.ZERO),
                new Takeover(Duration.ZERO),
                times,
                objects,
                desk.publisher(),
                new InventoryNotes(desk.publisher(), _ -> Inventory.EMPTY, Clock.fixed(Desk.NOW, ZoneOffset.UTC)),
                new KitKeeper(pool, objects),
                new UndoReceipts(objects, () -> nanos));
    }

    @Test
    void theCheckOfTheScopeLeavesAKitThatIsTheSameHoweverOftenItIsCarriedOut() throws Exception {
        var check = Commands.check(plan, 1, 1);
        give(check);
        var kept = answer().undoKit().orElseThrow();
        var keys = objects.keys();
        give(check);

        assertThat(answer().undoKit()).contains(kept);
        assertThat(objects.keys()).isEqualTo(keys);
        var kit = UndoKitCodec.read(objects.get(kept.uri(), kept.digest()));
        assertThat(kept.uri()).isEqualTo("4be21d0/m-1/undo-kit-" + kept.digest().brief() + ".json");
        assertThat(kit.plan()).isEqualTo(plan);
        assertThat(kit.snapshot()).isEqualTo(check.snapshot());
        assertThat(kit.targets()).containsExactly(new KitTarget(Plans.TARGET, "kafka", target.identity()));
    }

    @Test
    void withoutTheBucketTheCheckWaitsAndIsNotAnswered() throws Exception {
        give(Commands.apply(plan, 1, 1)); // the plan is known from here on
        give(Commands.revert(plan, 2, 2));
        int said = desk.publications().size();
        objects.goAway();

        assertThatThrownBy(() -> give(Commands.check(plan, 3, 3))).isInstanceOf(Unavailable.class);
        assertThat(desk.publications()).hasSize(said);
    }

    @Test
    void aKitThatTheBucketSpoilsIsNone() throws Exception {
        objects.spoilWhatIsPut();
        give(Commands.check(plan, 1, 1));

        assertThat(answer().result()).isEqualTo(Result.FAILED);
        assertThat(answer().problem())
                .hasValueSatisfying(p -> assertThat(p.code()).isEqualTo("OBJ-DIGEST"));
    }

    @Test
    void aTargetThatIsNotAsPlannedGetsNoKit() throws Exception {
        target.outsiderSets(Plans.topic("orders"), Plans.retention("7"));
        give(Commands.check(plan, 1, 1));

        assertThat(answer().result()).isEqualTo(Result.DIFFERS);
        assertThat(objects.keys()).containsExactly(Commands.PLAN_URI);
    }

    @Test
    void whatWasUndoneByKitIsNotAppliedAgainByAnExecutorThatComesBack() throws Exception {
        give(Commands.check(plan, 1, 1));
        var kept = answer().undoKit().orElseThrow();
        var apply = Commands.apply(plan, 1, 2);
        give(apply);
        var kit = UndoKitCodec.read(objects.get(kept.uri(), kept.digest()));

        objects.put(RECEIPT, "who and when".getBytes(StandardCharsets.UTF_8));
        nanos += UndoReceipts.GOOD_FOR.toNanos();
        var undone = new KitUndo(_ -> target, EngineSettings.DEFAULT, Pace.SYSTEM)
                .run(kit, WriteGuard.ALWAYS, KitUndo.Progress.NONE);
        assertThat(undone.isAsBefore()).isTrue();
        int writes = target.events().size();

        give(Commands.apply(plan, 1, 3));
        assertThat(answer().result()).isEqualTo(Result.FAILED);
        assertThat(answer().problem())
                .hasValueSatisfying(p -> assertThat(p.code()).isEqualTo("APL-UNDONE"));
        give(Commands.close(plan, false, 1, 4));
        assertThat(answer().problem())
                .hasValueSatisfying(p -> assertThat(p.code()).isEqualTo("APL-UNDONE"));
        assertThat(desk.keys(Topics.INVENTORY)).isEmpty();
        objects.goAway();
        give(Commands.revert(plan, 2, 5));
        assertThat(answer().result()).isEqualTo(Result.DONE);
        give(Commands.close(plan, true, 2, 6));
        assertThat(answer().result()).isEqualTo(Result.DONE);
        assertThat(answer().stateHash()).contains(plan.beforeHash());
        assertThat(target.events()).hasSize(writes);
        assertThat(target.truth(Plans.topic("orders"))).isEqualTo(EntryState.ABSENT);
    }

    @Test
    void aBucketThatStaysAwayEndsInARollbackWhichNeedsNone() throws Exception {
        give(Commands.check(plan, 1, 1));
        give(Commands.apply(plan, 1, 2));
        int said = desk.publications().size();
        objects.goAway();
        nanos += UndoReceipts.GOOD_FOR.toNanos();

        assertThatThrownBy(() -> give(Commands.apply(plan, 1, 3))).isInstanceOf(Unavailable.class);
        nanos += UndoReceipts.PATIENCE.toNanos() - 1;
        assertThatThrownBy(() -> give(Commands.apply(plan, 1, 3))).isInstanceOf(Unavailable.class);
        assertThat(desk.publications()).hasSize(said);
        nanos++;
        give(Commands.apply(plan, 1, 3));
        assertThat(answer().problem())
                .hasValueSatisfying(p -> assertThat(p.code()).isEqualTo("APL-BLIND"));
        give(Commands.revert(plan, 2, 4));
        assertThat(answer().result()).isEqualTo(Result.DONE);
        assertThat(target.truth(Plans.topic("orders"))).isEqualTo(EntryState.ABSENT);
    }

    @Test
    void aBucketThatComesBackInTimeIsAllThatABatchWaitsFor() throws Exception {
        give(Commands.check(plan, 1, 1));
        objects.goAway();
        nanos += UndoReceipts.GOOD_FOR.toNanos();
        assertThatThrownBy(() -> give(Commands.apply(plan, 1, 2))).isInstanceOf(Unavailable.class);
        objects.comeBack();
        nanos += UndoReceipts.PATIENCE.toNanos();

        give(Commands.apply(plan, 1, 2));

        assertThat(answer().result()).isEqualTo(Result.DONE);
    }

    private void give(WorkerCommand command) throws Exception {
        work.handle(desk.task(Topics.BATCHES, 0, log.append(command), "m-1", Messages.of(command)));
    }

    private WorkerAnswer answer() {
        return ((Fact.Answered) desk.facts(Topics.RESULTS).getLast()).answer();
    }
}
