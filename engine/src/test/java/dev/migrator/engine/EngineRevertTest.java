package dev.migrator.engine;

import static dev.migrator.engine.Plans.acl;
import static dev.migrator.engine.Plans.create;
import static dev.migrator.engine.Plans.delete;
import static dev.migrator.engine.Plans.hash;
import static dev.migrator.engine.Plans.plan;
import static dev.migrator.engine.Plans.topic;
import static dev.migrator.engine.Plans.update;
import static dev.migrator.engine.Plans.version;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.lifecycle.WorkerAnswer.Counts;
import dev.migrator.core.lifecycle.WorkerAnswer.Result;
import dev.migrator.core.lifecycle.WorkerCommand;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Plan;
import dev.migrator.core.plan.Removal;
import dev.migrator.target.TargetException;
import dev.migrator.target.testkit.FaultyTarget.Call;
import dev.migrator.target.testkit.FaultyTarget.Fault;
import dev.migrator.target.testkit.WriteEvent;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EngineRevertTest {
    private final EngineFixture engine = new EngineFixture();

    private Plan mixed() {
        engine.target.outsiderSets(topic("old"), Content.of("config.a", Value.of("1")));
        engine.target.outsiderSets(topic("gone"), Content.of("config.a", Value.of("1")));
        engine.target.outsiderSets(acl("gone"), Content.EMPTY);
        return plan(
                engine.target,
                List.of(create(topic("new"), "1"), update(topic("old"), "1", "2"), create(version("v"), "1")),
                List.of(
                        delete(topic("gone"), "1"),
                        new Operation.Delete(acl("gone"), Content.EMPTY, dev.migrator.core.plan.Removal.RETIRE)));
    }

    @Test
    void revertingEveryBatchBringsTheStateHashBack() throws Exception {
        var plan = mixed();
        assertThat(engine.check(plan).answer().result()).isEqualTo(Result.DONE);
        engine.apply(plan, 0);
        engine.apply(plan, 1);
        assertThat(hash(plan, engine.target)).isNotEqualTo(plan.beforeHash());

        assertThat(engine.revert(plan, 1).answer().counts()).isEqualTo(new Counts(2, 0, 0, 0, 0));
        assertThat(engine.revert(plan, 0).answer().counts()).isEqualTo(new Counts(3, 0, 0, 0, 0));

        var closed = engine.close(plan, true).answer();
        assertThat(closed.result()).isEqualTo(Result.DONE);
        assertThat(closed.stateHash()).contains(plan.beforeHash());
        assertThat(hash(plan, engine.target)).isEqualTo(plan.beforeHash());
    }

    private static Content fields(String a, String b, String c) {
        return Content.of(Map.of("config.a", Value.of(a), "config.b", Value.of(b), "config.c", Value.of(c)));
    }

    private Plan threeFields() {
        engine.target.outsiderSets(topic("old"), fields("1", "1", "1"));
        engine.target.outsiderSets(topic("other"), fields("1", "1", "1"));
        return plan(
                engine.target,
                List.of(
                        new Operation.Update(topic("old"), fields("1", "1", "1"), fields("2", "2", "2")),
                        new Operation.Update(topic("other"), fields("1", "1", "1"), fields("2", "2", "2"))));
    }

    private Content contentOf(String topic) {
        return ((EntryState.Present) engine.target.truth(topic(topic))).content();
    }

    @Test
    void fieldsThatOthersChangedSinceStayAndTheRestOfTheirEntryIsPutBack() throws Exception {
        var plan = threeFields();
        engine.apply(plan, 0);
        engine.target.outsiderSets(topic("old"), Content.of("config.b", Value.of("theirs")));

        var reverted = engine.revert(plan, 0).answer();

        assertThat(reverted.result()).isEqualTo(Result.CONFLICT);
        assertThat(reverted.counts()).isEqualTo(new Counts(1, 0, 0, 1, 0));
        assertThat(reverted.differences())
                .as("what is left there")
                .singleElement()
                .asString()
                .contains("\"config.a\":\"1\",\"config.b\":\"theirs\",\"config.c\":\"1\"");
        assertThat(contentOf("old")).isEqualTo(fields("1", "theirs", "1"));
        assertThat(contentOf("other")).isEqualTo(fields("1", "1", "1"));
        var closed = engine.close(plan, true).answer();
        assertThat(closed.result()).isEqualTo(Result.DIFFERS);
        assertThat(closed.differences()).singleElement().asString().contains("old", "config.b", "theirs");

        var events = engine.target.events().size();
        assertThat(engine.restarted().revert(plan, 0).answer().result()).isEqualTo(Result.CONFLICT);
        assertThat(engine.target.events()).as("what it wrote when asked again").hasSize(events);
    }

    @Test
    void aFieldThatTheTargetRefusesKeepsNoOtherFromBeingPutBack() throws Exception {
        var plan = threeFields();
        engine.apply(plan, 0);
        engine.target.refusing(operation -> operation.key().equals(topic("old"))
                && operation.writtenFields().contains("config.b"));

        var reverted = engine.revert(plan, 0).answer();

        assertThat(reverted.result()).isEqualTo(Result.FAILED);
        assertThat(reverted.counts()).isEqualTo(new Counts(1, 0, 0, 0, 1));
        assertThat(contentOf("old")).isEqualTo(fields("1", "2", "1"));
        assertThat(engine.close(plan, true).answer().differences())
                .singleElement()
                .asString()
                .contains("old", "config.b");
    }

    @Test
    void whatIsRefusedOnlyAsAWholeIsUndoneFieldByField() throws Exception {
        var plan = threeFields();
        engine.apply(plan, 0);
        engine.target.refusing(operation -> operation.writtenFields().size() > 1);

        assertThat(engine.revert(plan, 0).answer().counts()).isEqualTo(new Counts(2, 0, 0, 0, 0));

        var closed = engine.close(plan, true).answer();
        assertThat(closed.result()).isEqualTo(Result.DONE);
        assertThat(closed.stateHash()).contains(plan.beforeHash());
    }

    // a target may refuse to let go of what something else still needs, whatever the plan knows of it
    @Test
    void whatWasRefusedBecauseOfAnotherBatchIsUndoneOnceThatIs() throws Exception {
        engine.target.outsiderSets(acl("used"), Content.EMPTY);
        var plan = plan(
                engine.target,
                List.of(new Operation.Delete(acl("used"), Content.EMPTY, Removal.RETIRE)),
                List.of(create(topic("needed"), "1"), create(topic("other"), "1")));
        engine.apply(plan, 0);
        engine.apply(plan, 1);
        engine.target.refusing(operation -> operation.key().equals(topic("needed"))
                && !engine.target.truth(acl("used")).exists());

        var first = engine.revert(plan, 1).answer();
        assertThat(first.counts()).isEqualTo(new Counts(1, 0, 0, 0, 1));
        assertThat(first.hasRefusals()).isTrue();
        assertThat(engine.revert(plan, 0).answer().result()).isEqualTo(Result.DONE);
        assertThat(engine.revert(plan, 1).answer().counts())
                .as("of the whole batch")
                .isEqualTo(new Counts(2, 0, 0, 0, 0));

        var closed = engine.close(plan, true).answer();
        assertThat(closed.result()).isEqualTo(Result.DONE);
        assertThat(closed.stateHash()).contains(plan.beforeHash());
    }

    @Test
    void whatWasRefusedAndOthersHaveChangedSinceStaysTheirs() throws Exception {
        engine.target.outsiderSets(topic("old"), Content.of("config.a", Value.of("1")));
        var plan = plan(engine.target, List.of(create(topic("new"), "1"), update(topic("old"), "1", "2")));
        engine.apply(plan, 0);
        engine.target.refusing(_ -> true);
        assertThat(engine.revert(plan, 0).answer().counts()).isEqualTo(new Counts(0, 0, 0, 0, 2));
        engine.target.refusing(_ -> false);
        engine.target.outsiderSets(topic("old"), Content.of("config.a", Value.of("theirs")));
        engine.target.outsiderRemoves(topic("new"));
        engine.target.outsiderSets(topic("new"), Content.of("config.a", Value.of("1")));

        var again = engine.revert(plan, 0).answer();

        assertThat(again.counts()).isEqualTo(new Counts(0, 0, 0, 2, 0));
        assertThat(contentOf("old").get("config.a")).isEqualTo(Value.of("theirs"));
        assertThat(engine.target.truth(topic("new")).exists())
                .as("the life that others gave it")
                .isTrue();
    }

    @Test
    void whatIsBackIsLeftToOthersWhenTheRestIsTriedAgainEvenIfTheyWriteWhatTheMigrationWrote() throws Exception {
        var plan = threeFields();
        engine.apply(plan, 0);
        engine.target.refusing(operation -> operation.key().equals(topic("other")));
        assertThat(engine.revert(plan, 0).answer().counts()).isEqualTo(new Counts(1, 0, 0, 0, 1));
        engine.target.refusing(_ -> false);
        engine.target.outsiderSets(topic("old"), fields("2", "2", "2"));

        assertThat(engine.revert(plan, 0).answer().counts()).isEqualTo(new Counts(2, 0, 0, 0, 0));

        assertThat(contentOf("old")).isEqualTo(fields("2", "2", "2"));
        assertThat(contentOf("other")).isEqualTo(fields("1", "1", "1"));
        var closed = engine.close(plan, true).answer();
        assertThat(closed.result()).isEqualTo(Result.DIFFERS);
        assertThat(closed.differences()).hasSize(3).allMatch(line -> line.contains("topic old"));
    }

    @Test
    void aBatchIsTriedAgainByAnotherWorkerTooWhichKnowsNothingOfTheFirstTime() throws Exception {
        var plan = mixed();
        engine.apply(plan, 0);
        engine.target.refusing(operation -> operation.key().equals(topic("new")));
        assertThat(engine.revert(plan, 0).answer().counts()).isEqualTo(new Counts(2, 0, 0, 0, 1));
        engine.target.refusing(_ -> false);
        engine.journal.forget(EngineFixture.ID);

        assertThat(engine.restarted().revert(plan, 0).answer().counts()).isEqualTo(new Counts(1, 2, 0, 0, 0));

        assertThat(engine.close(plan, true).answer().stateHash()).contains(plan.beforeHash());
    }

    @Test
    void whatIsAppliedAnewAfterItWasUndoneInPartIsUndoneAgainInFull() throws Exception {
        var plan = mixed();
        engine.apply(plan, 0);
        engine.target.refusing(operation -> operation.key().equals(topic("new")));
        engine.revert(plan, 0);
        engine.target.refusing(_ -> false);

        // a lifecycle that was restored from an earlier state
        engine.apply(plan, 0);

        assertThat(engine.revert(plan, 0).answer().counts()).isEqualTo(new Counts(3, 0, 0, 0, 0));
        assertThat(hash(plan, engine.target)).isEqualTo(plan.beforeHash());
    }

    @Test
    void anotherLifeOfAnEntryIsNotTouchedFieldByFieldEither() throws Exception {
        var plan = threeFields();
        engine.apply(plan, 0);
        engine.target.outsiderRemoves(topic("old"));
        engine.target.outsiderSets(topic("old"), fields("2", "2", "theirs"));

        assertThat(engine.revert(plan, 0).answer().counts()).isEqualTo(new Counts(1, 0, 0, 1, 0));

        assertThat(contentOf("old")).isEqualTo(fields("2", "2", "theirs"));
    }

    @Test
    void whatWasPurgedIsNeverSaidToBeUndone() throws Exception {
        engine.target.outsiderSets(topic("old"), Content.of("config.a", Value.of("1")));
        engine.target.outsiderSets(topic("kept"), Content.of("config.a", Value.of("1")));
        engine.apply(plan(engine.target, List.of(delete(topic("old"), "1"), delete(topic("kept"), "1"))), 0);
        Operation purge = new Operation.Delete(topic("old"), Content.of("config.a", Value.of("1")), Removal.PURGE);
        var notReached = new Operation.Delete(topic("kept"), Content.of("config.a", Value.of("1")), Removal.PURGE);
        var plan = plan(engine.target, List.of(purge, create(topic("new"), "1")), List.of(notReached));
        assertThat(engine.apply(plan, 0).answer().result()).isEqualTo(Result.DONE);
        assertThat(engine.target.truth(topic("old"))).isEqualTo(EntryState.ABSENT);

        assertThat(engine.revert(plan, 1).answer().result()).isEqualTo(Result.DONE);
        var reverted = engine.revert(plan, 0).answer();

        assertThat(reverted.result()).isEqualTo(Result.FAILED);
        assertThat(reverted.differences()).singleElement().asString().contains("old", "APL-PURGED");
        assertThat(engine.target.truth(topic("new"))).isEqualTo(EntryState.ABSENT);
        assertThat(engine.target.truth(topic("kept"))).isInstanceOf(EntryState.Retired.class);
        // the hash is as before, as what is retired counts as absent; the end is not
        var closed = engine.close(plan, true).answer();
        assertThat(closed.stateHash()).contains(plan.beforeHash());
        assertThat(closed.result()).isEqualTo(Result.DIFFERS);
        assertThat(closed.differences()).singleElement().asString().contains("old", "removed for good");
    }

    @Test
    void aRollbackTheMomentALargeBatchWasWrittenReallyUndoesIt() throws Exception {
        var operations = IntStream.range(0, 1_000)
                .<Operation>mapToObj(i -> create(topic("t-" + i), "1"))
                .toList();
        var plan = plan(engine.target, operations);
        // written, and the worker died before it settled and answered
        engine.faults(call -> call.kind() == Call.Kind.APPLY ? Fault.LOSE_ANSWER : Fault.NONE);
        assertThatThrownBy(() ->
                        engine.execute(new WorkerCommand.ApplyBatch(engine.next(plan), 0), plan, new DiesAfter(2)))
                .isInstanceOf(TargetException.Fenced.class);
        assertThat(engine.target.truth()).hasSize(1_000);

        var reverted = engine.faults(_ -> Fault.NONE).restarted().revert(plan, 0);

        assertThat(reverted.answer().counts()).isEqualTo(new Counts(1_000, 0, 0, 0, 0));
        assertThat(engine.target.truth()).isEmpty();
    }

    @Test
    void revertingWhatWasNeverAppliedWritesNothing() throws Exception {
        var plan = mixed();

        assertThat(engine.revert(plan, 0).answer().counts()).isEqualTo(new Counts(0, 3, 0, 0, 0));
        assertThat(engine.revert(plan, 1).answer().counts()).isEqualTo(new Counts(0, 2, 0, 0, 0));

        assertThat(engine.target.events()).noneMatch(event -> event.actor().equals(WriteEvent.WRITER));
    }

    @Test
    void revertingTwiceIsRevertingOnce() throws Exception {
        var plan = mixed();
        engine.apply(plan, 0);
        engine.revert(plan, 0);
        var events = engine.target.events().size();

        assertThat(engine.revert(plan, 0).answer().counts()).isEqualTo(new Counts(0, 3, 0, 0, 0));

        assertThat(engine.target.events()).hasSize(events);
    }

    @Test
    void aBatchDeliveredAgainAfterItsRollbackChangesNothing() throws Exception {
        var plan = mixed();
        var apply = new WorkerCommand.ApplyBatch(engine.next(plan), 0);
        engine.execute(apply, plan);
        engine.revert(plan, 0);
        var events = engine.target.events().size();

        var again = engine.restarted().execute(apply, plan);

        assertThat(again.answer().result()).isEqualTo(Result.SUPERSEDED);
        assertThat(engine.target.events()).hasSize(events);
    }

    @Test
    void anUpdateThatAnOutsiderOverwroteIsLeftAlone() throws Exception {
        var plan = mixed();
        engine.apply(plan, 0);
        engine.target.outsiderSets(topic("old"), Content.of("config.a", Value.of("outsider")));

        var reverted = engine.revert(plan, 0).answer();

        assertThat(reverted.result()).isEqualTo(Result.CONFLICT);
        assertThat(reverted.counts()).isEqualTo(new Counts(2, 0, 0, 1, 0));
        assertThat(engine.target
                        .truth(topic("old"))
                        .contentIfPresent()
                        .orElseThrow()
                        .get("config.a"))
                .isEqualTo(Value.of("outsider"));
        var closed = engine.close(plan, true).answer();
        assertThat(closed.result()).isEqualTo(Result.DIFFERS);
        assertThat(closed.differences())
                .containsExactly("topic old (memory) config.a: expected \"1\", found \"outsider\"");
    }

    @Test
    void aCreatedEntryThatAnOutsiderMadeAnewIsLeftAlone() throws Exception {
        var plan = plan(engine.target, List.of(create(topic("new"), "1")));
        engine.apply(plan, 0);
        engine.target.outsiderRemoves(topic("new"));
        engine.target.outsiderSets(topic("new"), Content.of("config.a", Value.of("1")));

        assertThat(engine.revert(plan, 0).answer().result()).isEqualTo(Result.CONFLICT);

        assertThat(engine.target.truth(topic("new")).exists()).isTrue();
    }

    @Test
    void withoutAJournalWhatWasMadeIsStillUndone() throws Exception {
        var plan = mixed();
        engine.apply(plan, 0);
        engine.journal.forget(EngineFixture.ID);

        assertThat(engine.restarted().revert(plan, 0).answer().counts()).isEqualTo(new Counts(3, 0, 0, 0, 0));

        assertThat(hash(plan, engine.target)).isEqualTo(plan.beforeHash());
    }

    @Test
    void anEntryThatHoldsDataByNowIsKeptOutOfUseAndListedHoweverOftenReverted() throws Exception {
        var plan = plan(engine.target, List.of(create(topic("new"), "1")));
        engine.apply(plan, 0);
        engine.target.putData(topic("new"));

        var reverted = engine.revert(plan, 0).answer();
        var again = engine.revert(plan, 0).answer();

        assertThat(reverted.counts()).isEqualTo(new Counts(0, 0, 1, 0, 0));
        assertThat(reverted.retained()).containsExactly("topic new (memory)");
        assertThat(again.retained()).isEqualTo(reverted.retained());
        assertThat(engine.target.truth(topic("new"))).isInstanceOf(EntryState.Retired.class);
        var closed = engine.close(plan, true).answer();
        assertThat(closed.result()).isEqualTo(Result.DONE);
        assertThat(closed.retained()).containsExactly("topic new (memory)");
    }

    @Test
    void whatWasRetiredBeforeIsRetiredAgainAndNotRemoved() throws Exception {
        engine.target.outsiderSets(topic("t"), Content.of("config.a", Value.of("1")));
        engine.apply(plan(engine.target, List.of(delete(topic("t"), "1"))), 0);
        var retired = engine.target.truth(topic("t"));
        assertThat(retired).isInstanceOf(EntryState.Retired.class);
        var plan = plan(engine.target, List.of(create(topic("t"), "1")));
        engine.apply(plan, 0);
        assertThat(engine.target.truth(topic("t")).exists()).isTrue();

        assertThat(engine.revert(plan, 0).answer().result()).isEqualTo(Result.DONE);

        assertThat(engine.target.truth(topic("t"))).isEqualTo(retired);
        assertThat(engine.close(plan, true).answer().retained()).isEmpty();
    }

    @Test
    void aRevertWhoseAnswersAreLostGoesOnUntilEverythingIsUndone() throws Exception {
        var plan = mixed();
        engine.apply(plan, 0);
        var calls = new AtomicInteger();
        engine.faults(call -> switch (call.kind()) {
            case APPLY ->
                switch (calls.getAndIncrement() % 4) {
                    case 0 -> Fault.PARTIAL_EFFECT;
                    case 1 -> Fault.UNAVAILABLE;
                    case 2 -> Fault.LANDS_LATE;
                    default -> Fault.NONE;
                };
            case READ, SETTLE, DRY_RUN, POSITION ->
                calls.get() % 3 == 0 ? Fault.NONE : calls.getAndIncrement() % 2 == 0 ? Fault.NONE : Fault.UNAVAILABLE;
        });

        assertThat(engine.revert(plan, 0).answer().result()).isEqualTo(Result.DONE);

        assertThat(hash(plan, engine.target)).isEqualTo(plan.beforeHash());
    }

    @Test
    void aTargetThatMayNoLongerBeReadIsWaitedFor() throws Exception {
        var plan = mixed();
        engine.apply(plan, 0);
        var locked = new Engine(
                _ -> {
                    throw new TargetException.Refused(
                            dev.migrator.core.error.Problem.of("TGT-DENIED", "not allowed"), null);
                },
                engine.journal,
                EngineFixture.SETTINGS,
                engine.pace);

        assertThatThrownBy(() -> locked.execute(
                        new WorkerCommand.RevertBatch(engine.next(plan), 0), plan, (_, _) -> true, () -> {}))
                .isInstanceOf(EngineUnavailable.class);
        assertThat(engine.revert(plan, 0).answer().result()).isEqualTo(Result.DONE);
    }

    @Test
    void scopeThatIsNoLongerAsThePlanSawItIsDescribed() throws Exception {
        var plan = mixed();
        engine.target.outsiderSets(topic("old"), Content.of("config.a", Value.of("3")));
        engine.target.outsiderSets(topic("new"), Content.of("config.a", Value.of("1")));

        var answer = engine.check(plan).answer();

        assertThat(answer.result()).isEqualTo(Result.DIFFERS);
        assertThat(answer.stateHash()).contains(hash(plan, engine.target));
        assertThat(answer.differences())
                .containsExactly(
                        "topic new (memory): expected not to be there, found {\"config.a\":\"1\"}",
                        "topic old (memory) config.a: expected \"1\", found \"3\"");
    }

    @Test
    void closingASuccessListsLaterEditsAndIsDone() throws Exception {
        var plan = mixed();
        engine.apply(plan, 0);
        engine.apply(plan, 1);
        engine.target.outsiderSets(topic("old"), Content.of("config.a", Value.of("later")));

        var closed = engine.close(plan, false).answer();

        assertThat(closed.result()).isEqualTo(Result.DONE);
        assertThat(closed.stateHash()).contains(hash(plan, engine.target));
        assertThat(closed.differences())
                .containsExactly("topic old (memory) config.a: expected \"2\", found \"later\"");
    }

    /** A worker that loses its lease at the n-th call that writes. */
    private static final class DiesAfter implements dev.migrator.target.WriteGuard {
        private int left;

        DiesAfter(int calls) {
            this.left = calls;
        }

        @Override
        public void check() throws TargetException.Fenced {
            if (left-- == 0) {
                throw new TargetException.Fenced(dev.migrator.core.error.Problem.of("WRK-FENCED", "the lease is lost"));
            }
        }
    }
}
