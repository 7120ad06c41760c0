package dev.migrator.executor.work;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.inventory.Inventory;
import dev.migrator.core.inventory.InventoryChange;
import dev.migrator.core.inventory.KnownEntry;
import dev.migrator.core.lifecycle.Effect;
import dev.migrator.core.lifecycle.Fact;
import dev.migrator.core.lifecycle.WorkerAnswer;
import dev.migrator.core.lifecycle.WorkerCommand;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Plan;
import dev.migrator.core.plan.PlanCodec;
import dev.migrator.engine.Engine;
import dev.migrator.engine.EngineSettings;
import dev.migrator.engine.MemoryJournal;
import dev.migrator.engine.Pace;
import dev.migrator.events.v1.InventoryEntry;
import dev.migrator.kit.Unavailable;
import dev.migrator.kit.avro.InventoryMessages;
import dev.migrator.kit.avro.Messages;
import dev.migrator.kit.testkit.Desk;
import dev.migrator.kit.testkit.MemoryObjects;
import dev.migrator.kit.testkit.MemoryProvider;
import dev.migrator.kit.testkit.Plans;
import dev.migrator.kit.topics.Topics;
import dev.migrator.kit.worker.Task;
import dev.migrator.target.testkit.InMemoryTarget;
import dev.migrator.target.testkit.StaleReads;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The worker with everything that is its own; bucket, broker and target are in memory. */
class BatchWorkTest {
    @TempDir
    Path folder;

    private final InMemoryTarget target =
            InMemoryTarget.ofAllKinds(Plans.TARGET).staleReads(StaleReads.UNTIL_SETTLED);
    private final MemoryProvider provider = new MemoryProvider("kafka", target);
    private final MemoryObjects objects = new MemoryObjects();
    private final Plan plan = TestPlans.ofOneTopic();
    private List<KnownEntry> retired = List.of();
    private Duration sinceConfirmed = Duration.ZERO;
    private long nanos;
    private Desk desk;
    private CommandLog log;
    private final MeterRegistry meters = new SimpleMeterRegistry();
    private BatchWork work;

    @BeforeEach
    void open() {
        desk = new Desk(folder);
        log = new CommandLog(desk.wire());
        objects.put(Commands.PLAN_URI, PlanCodec.bytes(plan));
        work = worker();
    }

    /** A process that has just started and remembers nothing. */
    private BatchWork worker() {
        var pool = provider.pool(MemoryProvider.environments(Plans.TARGET, "kafka"));
        var times = new CallTimes(meters);
        var engine = new Engine(
                new PooledTargets(pool, Plans.ENVIRONMENT, times),
                new MemoryJournal(),
                EngineSettings.DEFAULT,
                new TimeThatPassesWhileWaiting());
        return new BatchWork(
                _ -> engine,
                new PlanSource(objects),
                new CommandIndex(log, desk.wire()),
                new Lease(() -> sinceConfirmed),
                new Takeover(Duration.ofSeconds(30)),
                times,
                objects,
                desk.publisher(),
                new InventoryNotes(desk.publisher(), _ -> Inventory.of(retired), Clock.fixed(Desk.NOW, ZoneOffset.UTC)),
                new KitKeeper(pool, objects),
                new UndoReceipts(objects, () -> nanos));
    }

    @Test
    void aRepetitionThatWaitedIsAnsweredWithoutLookingAgain() throws Exception {
        work.handle(task(Commands.apply(plan, 1, 1)));
        long looked = calls("apply-batch", "read");

        work.handle(task(Commands.apply(plan, 1, 1)));

        assertThat(calls("apply-batch", "read")).isEqualTo(looked);
        assertThat(desk.facts(Topics.RESULTS)).hasSize(2);
        assertThat(desk.facts(Topics.RESULTS).getLast())
                .isEqualTo(desk.facts(Topics.RESULTS).getFirst());
    }

    @Test
    void callsAreCountedByTheCommandThatMakesThem() throws Exception {
        work.handle(task(Commands.apply(plan, 1, 1)));

        assertThat(calls("apply-batch", "apply")).isEqualTo(1);
        assertThat(calls("apply-batch", "settle")).isPositive();
        assertThat(meters.get("migrator.target.convergence")
                        .tag("command", "apply-batch")
                        .timer()
                        .count())
                .isEqualTo(calls("apply-batch", "settle"));
    }

    private long calls(String command, String call) {
        return meters.get("migrator.target.call")
                .tags("command", command, "call", call)
                .timer()
                .count();
    }

    @Test
    void aBatchIsAppliedAndAnsweredWithWhereItsOutcomesLie() throws Exception {
        work.handle(task(Commands.apply(plan, 1, 1)));

        assertThat(target.truth(Plans.topic("orders")).contentIfPresent()).hasValue(Plans.retention("1000"));
        var answer = answer();
        assertThat(answer.result()).isEqualTo(WorkerAnswer.Result.DONE);
        assertThat(answer.counts().applied()).isEqualTo(1);
        assertThat(desk.keys(Topics.RESULTS)).containsExactly(Plans.ENVIRONMENT);
        var outcomes = objects.bytes(answer.outcomesUri().orElseThrow());
        assertThat(new String(outcomes, UTF_8)).contains("orders", "\"is\":\"applied\"");
    }

    @Test
    void aBatchThatComesTwiceIsAppliedOnceAndAnsweredTwiceInTheSameWords() throws Exception {
        var apply = task(Commands.apply(plan, 1, 1));
        work.handle(apply);
        work.handle(apply);

        assertThat(target.events()).hasSize(1);
        assertThat(desk.facts(Topics.RESULTS)).hasSize(2);
        assertThat(desk.facts(Topics.RESULTS).getLast())
                .isEqualTo(desk.facts(Topics.RESULTS).getFirst());
    }

    @Test
    void aBatchThatComesToAnotherWorkerIsFoundAppliedAlready() throws Exception {
        var apply = task(Commands.apply(plan, 1, 1));
        work.handle(apply);
        worker().handle(apply);

        assertThat(target.events()).hasSize(1);
        assertThat(desk.facts(Topics.RESULTS))
                .extracting(fact -> ((Fact.Answered) fact).answer().result())
                .containsExactly(WorkerAnswer.Result.DONE, WorkerAnswer.Result.DONE);
        assertThat(((Fact.Answered) desk.facts(Topics.RESULTS).getLast())
                        .answer()
                        .counts()
                        .alreadyApplied())
                .isEqualTo(1);
    }

    @Test
    void aBatchThatComesAgainAfterItsRollbackWritesNothing() throws Exception {
        var apply = task(Commands.apply(plan, 1, 1));
        work.handle(apply);
        work.handle(task(Commands.revert(plan, 2, 2)));
        assertThat(target.truth(Plans.topic("orders"))).isEqualTo(EntryState.ABSENT);
        int writes = target.events().size();

        work.handle(apply);

        assertThat(target.truth(Plans.topic("orders"))).isEqualTo(EntryState.ABSENT);
        assertThat(target.events()).hasSize(writes);
        assertThat(((Fact.Answered) desk.facts(Topics.RESULTS).getLast())
                        .answer()
                        .result())
                .isEqualTo(WorkerAnswer.Result.SUPERSEDED);
    }

    @Test
    void withoutTheBucketAKnownPlanIsStillUndoneAndAnswered() throws Exception {
        work.handle(task(Commands.apply(plan, 1, 1)));
        objects.goAway();

        work.handle(task(Commands.revert(plan, 2, 2)));

        assertThat(target.truth(Plans.topic("orders"))).isEqualTo(EntryState.ABSENT);
        var last = ((Fact.Answered) desk.facts(Topics.RESULTS).getLast()).answer();
        assertThat(last.result()).isEqualTo(WorkerAnswer.Result.DONE);
        assertThat(last.outcomesUri()).isEmpty();
    }

    @Test
    void withoutTheBucketAPlanThatWasNeverReadIsWaitedForAndNotAnswered() {
        objects.goAway();

        assertThatThrownBy(() -> work.handle(task(Commands.apply(plan, 1, 1))))
                .isInstanceOf(Unavailable.class)
                .hasMessageContaining("OBJ-UNAVAILABLE");
        assertThat(desk.publications()).isEmpty();
    }

    @Test
    void aPlanOfOtherBytesIsAnsweredAsFailedAndNothingIsWritten() throws Exception {
        var other = Plans.plan(
                target, java.util.List.of(), Plans.phase(0, java.util.List.of(), Plans.create("refunds", "5")));

        work.handle(task(Commands.apply(other, 1, 1)));

        assertThat(target.events()).isEmpty();
        assertThat(answer().result()).isEqualTo(WorkerAnswer.Result.FAILED);
        assertThat(answer().problem())
                .hasValueSatisfying(p -> assertThat(p.code()).isEqualTo("OBJ-DIGEST"));
    }

    @Test
    void aTargetThatIsAwayIsWaitedForAndNotAnswered() {
        provider.away();

        assertThatThrownBy(() -> work.handle(task(Commands.apply(plan, 1, 1)))).isInstanceOf(Unavailable.class);
        assertThat(desk.publications()).isEmpty();
    }

    @Test
    void whoHasLostTheLeaseWritesNothingAndAnswersNothing() {
        sinceConfirmed = Lease.TIME;

        assertThatThrownBy(() -> work.handle(task(Commands.apply(plan, 1, 1))))
                .isInstanceOf(Unavailable.class)
                .hasMessageContaining("WRK-LEASE");
        assertThat(target.events()).isEmpty();
        assertThat(desk.publications()).isEmpty();
    }

    @Test
    void whoLosesTheLeaseOnceAllIsWrittenAnswersNothing() {
        target.listener(_ -> sinceConfirmed = Lease.TIME);

        assertThatThrownBy(() -> work.handle(task(Commands.apply(plan, 1, 1))))
                .isInstanceOf(Unavailable.class)
                .hasMessageContaining("WRK-LEASE");
        assertThat(target.events()).isNotEmpty();
        assertThat(desk.publications()).isEmpty();
    }

    @Test
    void whoHasLostTheLeaseRepeatsNoAnswerEither() throws Exception {
        var apply = task(Commands.apply(plan, 1, 1));
        work.handle(apply);
        int said = desk.publications().size();
        sinceConfirmed = Lease.TIME;

        assertThatThrownBy(() -> work.handle(apply))
                .isInstanceOf(Unavailable.class)
                .hasMessageContaining("WRK-LEASE");
        assertThat(desk.publications()).hasSize(said);
    }

    @Test
    void aRecordThatIsNoCommandIsRefused() {
        var verify = Messages.of(
                new Effect.VerifyPhase(Commands.ID, 1, 0, "test", "4be21d0", PlanCodec.digest(plan), Commands.PLAN_URI),
                "lifecycle",
                Desk.NOW);

        assertThatThrownBy(() -> work.handle(desk.task(Topics.BATCHES, 0, 0, "m-1", verify)))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo("WRK-COMMAND"));
    }

    @Test
    void whatThePlanMakesKnownIsInTheInventoryBeforeTheEndIsAnswered() throws Exception {
        work.handle(task(Commands.apply(plan, 1, 1)));
        assertThat(desk.keys(Topics.INVENTORY)).as("not before the end").isEmpty();

        work.handle(task(Commands.close(plan, false, 1, 2)));

        assertThat(desk.keys(Topics.INVENTORY)).containsExactly("test/uid-of-orders/topic", "test/uid-of-other/topic");
        var notes = desk.published(Topics.INVENTORY).stream()
                .map(InventoryEntry.class::cast)
                .toList();
        assertThat(notes.getFirst().getProject()).isEqualTo("shop");
        assertThat(notes.getFirst().getFields())
                .as("what the plan wrote, and what it left as it was")
                .containsOnlyKeys("config.retention.ms", "partitions")
                .containsEntry(
                        "config.retention.ms", Digest.of(Value.of("1000")).toString());
        assertThat(notes.getFirst().getIncarnation())
                .isEqualTo(((EntryState.Present) target.truth(Plans.topic("orders"))).incarnation())
                .isNotEmpty();
        assertThat(notes.getFirst().getMigrationId()).isEqualTo("m-1");
        assertThat(notes.getFirst().getPlanDigest())
                .isEqualTo(PlanCodec.digest(plan).toString());
        assertThat(notes.getLast().getDeleted()).isTrue();
        assertThat(desk.publications().getLast()).isEqualTo("migration.results BatchAnswered");
    }

    @Test
    void whatWasRetiredIsNotedWithItsLifeAndTheTimeAndWhatWasFoundGoneIsNot() throws Exception {
        target.outsiderSets(Plans.topic("orders"), Plans.retention("1000"));
        var life = ((EntryState.Present) target.truth(Plans.topic("orders"))).incarnation();
        var retiring = TestPlans.retiring(target);
        var uri = "4be21d0/m-1/retiring.json";
        objects.put(uri, PlanCodec.bytes(retiring));

        work.handle(task(Commands.applyOf(retiring, uri, 1)));
        work.handle(task(Commands.closeOf(retiring, uri, 2, false)));

        assertThat(target.truth(Plans.topic("orders"))).isInstanceOf(EntryState.Retired.class);
        var notes = desk.published(Topics.INVENTORY).stream()
                .map(note -> InventoryMessages.known((InventoryEntry) note))
                .toList();
        assertThat(notes).hasSize(2).allMatch(KnownEntry::deleted);
        assertThat(notes.getFirst().retiredAt()).contains(Desk.NOW.truncatedTo(ChronoUnit.MILLIS));
        assertThat(notes.getFirst().incarnation()).isEqualTo(life).isNotEmpty();
        assertThat(notes.getLast().retiredAt()).isEmpty();
    }

    @Test
    void whatIsRetiredNoLongerIsNotedUnlessSomethingNewerIsKnown() throws Exception {
        var orders = Plans.topic("orders");
        var over = TestPlans.making(
                new InventoryChange.NoLongerRetired("u-1", "shop", orders, "m-0"),
                new InventoryChange.NoLongerRetired("u-2", "shop", Plans.topic("moved"), "m-0"),
                new InventoryChange.NoLongerRetired("u-3", "shop", Plans.topic("managed-again"), "m-0"),
                new InventoryChange.NoLongerRetired("u-4", "shop", Plans.topic("retired-anew"), "m-0"));
        retired = List.of(
                new InventoryChange.Gone("u-1", "shop", orders).retired("life", "m-0", Desk.NOW),
                new InventoryChange.Gone("u-2", "shop", Plans.topic("moved-on")).retired("life", "m-0", Desk.NOW),
                new InventoryChange.Gone("u-4", "shop", Plans.topic("retired-anew")).retired("life", "m-3", Desk.NOW));
        objects.put("4be21d0/m-1/other.json", PlanCodec.bytes(over));

        work.handle(task(Commands.closeOf(over, "4be21d0/m-1/other.json")));

        assertThat(desk.keys(Topics.INVENTORY)).containsExactly("test/u-1/topic");
        var note = InventoryMessages.known(
                (InventoryEntry) desk.published(Topics.INVENTORY).getFirst());
        assertThat(note.deleted()).isTrue();
        assertThat(note.retiredAt()).isEmpty();
    }

    @Test
    void whatIsOutOfUseAgainAfterARollbackIsSoSinceThen() throws Exception {
        var orders = Plans.topic("orders");
        target.outsiderSets(orders, Plans.retention("1000"));
        var retiring = TestPlans.retiring(target);
        objects.put("4be21d0/m-1/retiring.json", PlanCodec.bytes(retiring));
        work.handle(task(Commands.applyOf(retiring, "4be21d0/m-1/retiring.json", 1)));
        var life = ((EntryState.Retired) target.truth(orders)).incarnation();
        var longAgo = Desk.NOW.minus(Duration.ofDays(30));
        retired = List.of(
                new InventoryChange.Gone("u-1", "shop", orders).retired(life, "m-0", longAgo),
                new InventoryChange.Gone("u-2", "shop", Plans.topic("else")).retired("life", "m-0", longAgo),
                new InventoryChange.Gone("u-3", "shop", orders).retired("another-life", "m-0", longAgo));
        var taking = TestPlans.takingBack(target);
        objects.put("4be21d0/m-1/taking.json", PlanCodec.bytes(taking));

        work.handle(task(Commands.closeOf(taking, "4be21d0/m-1/taking.json", 2, true)));

        assertThat(desk.keys(Topics.INVENTORY)).containsExactly("test/u-1/topic");
        var note = InventoryMessages.known(
                (InventoryEntry) desk.published(Topics.INVENTORY).getFirst());
        assertThat(note.retiredAt()).contains(Desk.NOW.truncatedTo(ChronoUnit.MILLIS));
        assertThat(note.incarnation()).isEqualTo(life);
    }

    @Test
    void afterARollbackTheInventoryIsWhatItWas() throws Exception {
        work.handle(task(Commands.apply(plan, 1, 1)));
        work.handle(task(Commands.revert(plan, 2, 2)));
        work.handle(task(Commands.close(plan, true, 2, 3)));

        assertThat(desk.keys(Topics.INVENTORY)).isEmpty();
    }

    @Test
    void theEndIsNotAnsweredWhileTheInventoryCannotBeWritten() throws Exception {
        work.handle(task(Commands.apply(plan, 1, 1)));
        var close = task(Commands.close(plan, false, 1, 2));
        int before = desk.publications().size();
        desk.failing(new org.apache.kafka.common.errors.TimeoutException("away"));

        assertThatThrownBy(() -> work.handle(close)).isInstanceOf(dev.migrator.kit.Unavailable.class);
        assertThat(desk.publications()).hasSize(before);

        desk.failing(null);
        work.handle(close);
        assertThat(desk.keys(Topics.INVENTORY)).hasSize(2);
        assertThat(desk.publications().getLast()).isEqualTo("migration.results BatchAnswered");
    }

    @Test
    void whatIsLetGoOfLeavesTheInventoryWithARecordWithoutValue() throws Exception {
        var forgetting = TestPlans.making(new InventoryChange.Forget("u-1", Plans.topic("orders")));
        objects.put("4be21d0/m-1/other.json", PlanCodec.bytes(forgetting));

        work.handle(task(Commands.closeOf(forgetting, "4be21d0/m-1/other.json")));

        assertThat(desk.keys(Topics.INVENTORY)).containsExactly("test/u-1/topic");
        assertThat(desk.withoutValue(Topics.INVENTORY)).containsExactly("test/u-1/topic");
    }

    @Test
    void aWorkerThatLostItsLeaseDoesNotWriteOverWhatCameAfterIt() throws Exception {
        work.handle(task(Commands.apply(plan, 1, 1)));
        var close = task(Commands.close(plan, false, 1, 2));
        sinceConfirmed = Duration.ofMinutes(1);

        assertThatThrownBy(() -> work.handle(close)).isInstanceOf(dev.migrator.kit.Unavailable.class);

        assertThat(desk.keys(Topics.INVENTORY)).isEmpty();
    }

    /** Puts the command into the log and takes it from there. */
    private Task task(WorkerCommand command) {
        long offset = log.append(command);
        return desk.task(Topics.BATCHES, 0, offset, "m-1", Messages.of(command));
    }

    private WorkerAnswer answer() {
        return desk.fact(Topics.RESULTS, Fact.Answered.class).answer();
    }

    private static final class TimeThatPassesWhileWaiting implements Pace {
        private final Random random = new Random(1);
        private Duration elapsed = Duration.ZERO;

        @Override
        public Duration elapsed() {
            return elapsed;
        }

        @Override
        public void pause(Duration time) {
            elapsed = elapsed.plus(time);
        }

        @Override
        public RandomGenerator random() {
            return random;
        }
    }
}
