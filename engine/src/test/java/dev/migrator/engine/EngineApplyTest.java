package dev.migrator.engine;

import static dev.migrator.engine.Plans.acl;
import static dev.migrator.engine.Plans.create;
import static dev.migrator.engine.Plans.delete;
import static dev.migrator.engine.Plans.plan;
import static dev.migrator.engine.Plans.topic;
import static dev.migrator.engine.Plans.update;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.lifecycle.WorkerAnswer.Counts;
import dev.migrator.core.lifecycle.WorkerAnswer.Result;
import dev.migrator.core.lifecycle.WorkerCommand;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Outcome;
import dev.migrator.target.TargetException;
import dev.migrator.target.testkit.FaultyTarget.Call;
import dev.migrator.target.testkit.FaultyTarget.Fault;
import dev.migrator.target.testkit.WriteEvent;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EngineApplyTest {
    private final EngineFixture engine = new EngineFixture();

    @Test
    void aBatchIsAppliedAndCanBeReadWhenTheAnswerComes() throws Exception {
        engine.target.outsiderSets(topic("old"), Content.of("config.a", Value.of("1")));
        engine.target.outsiderSets(topic("gone"), Content.of("config.a", Value.of("1")));
        var plan = plan(
                engine.target,
                List.of(create(topic("new"), "1"), update(topic("old"), "1", "2"), delete(topic("gone"), "1")));

        var execution = engine.apply(plan, 0);

        assertThat(execution.answer().result()).isEqualTo(Result.DONE);
        assertThat(execution.answer().counts()).isEqualTo(new Counts(3, 0, 0, 0, 0));
        assertThat(execution.outcomes()).hasSize(3).allMatch(outcome -> outcome instanceof Outcome.Applied);
        // not settled by the test: the engine did before it answered
        var seen = engine.target.readAll(plan.written());
        assertThat(seen.get(topic("new")).exists()).isTrue();
        assertThat(seen.get(topic("gone"))).isInstanceOf(EntryState.Retired.class);
    }

    @Test
    void applyingAgainWritesNothing() throws Exception {
        var plan = plan(engine.target, List.of(create(topic("a"), "1"), create(topic("b"), "1")));
        var command = new WorkerCommand.ApplyBatch(engine.next(plan), 0);
        engine.execute(command, plan);
        var writes = engine.target.events().size();

        var again = engine.restarted().execute(command, plan);

        assertThat(again.answer().result()).isEqualTo(Result.DONE);
        assertThat(again.answer().counts()).isEqualTo(new Counts(0, 2, 0, 0, 0));
        assertThat(engine.target.events()).hasSize(writes);
    }

    @Test
    void aConflictIsReportedAndTheOthersAreWritten() throws Exception {
        engine.target.outsiderSets(topic("mine"), Content.of("config.a", Value.of("1")));
        var plan = plan(engine.target, List.of(update(topic("mine"), "1", "2"), create(topic("new"), "1")));
        engine.target.outsiderSets(topic("mine"), Content.of("config.a", Value.of("outsider")));

        var execution = engine.apply(plan, 0);

        assertThat(execution.answer().result()).isEqualTo(Result.CONFLICT);
        assertThat(execution.answer().counts()).isEqualTo(new Counts(1, 0, 0, 1, 0));
        assertThat(execution.answer().differences()).singleElement().asString().contains("mine", "outsider");
        assertThat(execution.answer().problem().orElseThrow().code()).isEqualTo("APL-CONFLICT");
        assertThat(engine.target.truth(topic("new")).exists()).isTrue();
    }

    @Test
    void anEntryMadeAnewByAnOutsiderIsAConflictThoughItHoldsWhatWasExpected() throws Exception {
        engine.target.outsiderSets(topic("t"), Content.of("config.a", Value.of("1")));
        var plan = plan(engine.target, List.of(update(topic("t"), "1", "2")));
        engine.target.outsiderRemoves(topic("t"));
        engine.target.outsiderSets(topic("t"), Content.of("config.a", Value.of("1")));

        assertThat(engine.apply(plan, 0).answer().result()).isEqualTo(Result.CONFLICT);
        assertThat(engine.target.events()).noneMatch(event -> event.actor().equals(WriteEvent.WRITER));
    }

    @Test
    void aLostAnswerIsProbedAfterSettlingAndWrittenOnce() throws Exception {
        var calls = new AtomicInteger();
        engine.faults(call ->
                call.kind() == Call.Kind.APPLY && calls.getAndIncrement() == 0 ? Fault.LOSE_ANSWER : Fault.NONE);
        var plan = plan(engine.target, List.of(create(topic("a"), "1"), create(acl("b"), "1")));

        var execution = engine.apply(plan, 0);

        assertThat(execution.answer().result()).isEqualTo(Result.DONE);
        assertThat(execution.answer().counts()).isEqualTo(new Counts(0, 2, 0, 0, 0));
        assertThat(engine.target.events()).hasSize(2);
    }

    @Test
    void aCallThatLandsAfterTheEngineGaveItUpIsFound() throws Exception {
        var calls = new AtomicInteger();
        engine.faults(
                call -> call.kind() == Call.Kind.APPLY && calls.getAndIncrement() == 0 ? Fault.LANDS_LATE : Fault.NONE);
        var plan = plan(engine.target, List.of(create(topic("a"), "1")));

        assertThat(engine.apply(plan, 0).answer().counts()).isEqualTo(new Counts(0, 1, 0, 0, 0));
        assertThat(engine.target.events()).hasSize(1);
    }

    @Test
    void aTargetThatIsDownGivesTheCommandBackAfterItsPatienceEnds() {
        engine.faults(_ -> Fault.UNAVAILABLE);
        var plan = plan(engine.target, List.of(create(topic("a"), "1")));

        assertThatThrownBy(() -> engine.apply(plan, 0))
                .isInstanceOfSatisfying(
                        EngineUnavailable.class,
                        e -> assertThat(e.problem().code()).isEqualTo("TGT-UNAVAILABLE"));

        assertThat(engine.pace.elapsed()).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(60));
        assertThat(engine.target.events()).isEmpty();
    }

    @Test
    void aBatchRefusedAsAWholeIsCutUntilTheBadEntryIsFound() throws Exception {
        var bad = topic("t-37");
        engine.faults(call ->
                call.operations().stream().anyMatch(operation -> operation.key().equals(bad))
                        ? Fault.REFUSE_ALL
                        : Fault.NONE);
        var operations = IntStream.range(0, 100)
                .<Operation>mapToObj(i -> create(topic("t-" + i), "1"))
                .toList();
        var plan = plan(engine.target, operations);

        var execution = engine.apply(plan, 0);

        assertThat(execution.answer().result()).isEqualTo(Result.FAILED);
        assertThat(execution.answer().counts()).isEqualTo(new Counts(99, 0, 0, 0, 1));
        assertThat(execution.outcomes().get(37)).isInstanceOf(Outcome.Failed.class);
        assertThat(execution.answer().problem().orElseThrow().thing()).contains("t-37");
        assertThat(engine.target.truth()).hasSize(99).doesNotContainKey(bad);
    }

    @Test
    void anEntryThatIsNeverAnsweredFailsInTheEndWithoutStoppingTheOthers() throws Exception {
        // exists for the target, but never shows: an entry that its system keeps from being read
        engine.target.outsiderSets(topic("hidden"), Content.of("config.a", Value.of("1")));
        var blind = new BlindTarget(engine.target, topic("hidden"));
        var plan = plan(
                new dev.migrator.target.testkit.InMemoryTarget(Plans.TARGET),
                List.of(create(topic("hidden"), "1"), create(topic("other"), "1")));
        var lone = new Engine(_ -> blind, engine.journal, EngineFixture.SETTINGS, engine.pace);

        var execution =
                lone.execute(new WorkerCommand.ApplyBatch(engine.next(plan), 0), plan, (_, _) -> true, () -> {});

        assertThat(execution.answer().result()).isEqualTo(Result.FAILED);
        assertThat(execution.outcomes().getFirst())
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.problem().code()).isEqualTo("APL-NO-ANSWER"));
        assertThat(execution.outcomes().getLast()).isInstanceOf(Outcome.Applied.class);
    }

    @Test
    void aSupersededCommandWritesNothing() throws Exception {
        var plan = plan(engine.target, List.of(create(topic("a"), "1")));
        var old = new WorkerCommand.ApplyBatch(engine.next(plan), 0);
        engine.next(plan);

        assertThat(engine.execute(old, plan).answer().result()).isEqualTo(Result.SUPERSEDED);

        assertThat(engine.target.events()).isEmpty();
    }

    @Test
    void aCommandSupersededWhileItSettledWritesNothing() throws Exception {
        var plan = plan(engine.target, List.of(create(topic("a"), "1")));
        var command = new WorkerCommand.ApplyBatch(engine.next(plan), 0);
        engine.faults(call -> {
            if (call.kind() == Call.Kind.SETTLE) {
                engine.next(plan);
            }
            return Fault.NONE;
        });

        assertThat(engine.execute(command, plan).answer().result()).isEqualTo(Result.SUPERSEDED);

        assertThat(engine.target.events()).isEmpty();
    }

    @Test
    void aWorkerWithoutItsLeaseGivesNoAnswerAndWritesNothing() {
        var plan = plan(engine.target, List.of(create(topic("a"), "1")));
        var command = new WorkerCommand.ApplyBatch(engine.next(plan), 0);

        assertThatThrownBy(() -> engine.execute(command, plan, () -> {
                    throw new TargetException.Fenced(Problem.of("WRK-FENCED", "the lease is lost"));
                }))
                .isInstanceOf(TargetException.Fenced.class);

        assertThat(engine.target.events()).isEmpty();
    }

    @Test
    void aBatchThatThePlanDoesNotHaveIsAnswered() throws Exception {
        var plan = plan(engine.target, List.of(create(topic("a"), "1")));

        var answer = engine.apply(plan, 7).answer();

        assertThat(answer.result()).isEqualTo(Result.FAILED);
        assertThat(answer.problem().orElseThrow().code()).isEqualTo("PLN-BATCH");
    }

    @Test
    void aHundredDifferencesAreShownAndTheRestCounted() throws Exception {
        var operations = IntStream.range(0, 300)
                .<Operation>mapToObj(i -> create(topic("t-" + i), "1"))
                .toList();
        var plan = plan(engine.target, operations);
        operations.forEach(
                operation -> engine.target.outsiderSets(operation.key(), Content.of("config.a", Value.of("x"))));

        var execution = engine.apply(plan, 0);

        assertThat(execution.answer().counts().conflicts()).isEqualTo(300);
        assertThat(execution.answer().differences())
                .hasSize(100)
                .last()
                .asString()
                .contains("201 more");
        assertThat(execution.outcomes()).hasSize(300);
    }
}
