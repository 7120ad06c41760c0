package dev.migrator.engine;

import static dev.migrator.engine.Plans.acl;
import static dev.migrator.engine.Plans.create;
import static dev.migrator.engine.Plans.delete;
import static dev.migrator.engine.Plans.topic;
import static dev.migrator.engine.Plans.update;
import static dev.migrator.engine.Plans.version;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.lifecycle.MigrationId;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Plan;
import dev.migrator.core.plan.PlanCodec;
import dev.migrator.core.plan.UndoClass;
import dev.migrator.core.rehearsal.Unproven;
import dev.migrator.target.TargetException;
import dev.migrator.target.TargetWriter;
import dev.migrator.target.WriteGuard;
import dev.migrator.target.testkit.FaultyTarget;
import dev.migrator.target.testkit.InMemoryTarget;
import dev.migrator.target.testkit.StaleReads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** A plan, done and undone in a place of its own; source and place are in memory, with reads that lag. */
class RehearsalTest {
    private final InMemoryTarget source =
            InMemoryTarget.ofAllKinds(Plans.TARGET).staleReads(StaleReads.UNTIL_SETTLED);
    private final InMemoryTarget place = InMemoryTarget.ofAllKinds("place").staleReads(StaleReads.UNTIL_SETTLED);
    private TargetWriter writer = place;

    @Test
    void aPlanThatIsAsItSaysPassesAndLeavesNothingBehind() throws Exception {
        source.outsiderSets(topic("kept"), content("1"));
        source.outsiderSets(topic("old"), content("2"));
        settle(source);
        int written = source.events().size();

        var result = rehearsed(
                List.of(create(topic("new"), "5"), update(topic("kept"), "1", "3"), delete(topic("old"), "2")));

        assertThat(result.problem()).isEmpty();
        assertThat(result.operations()).hasSize(3).allMatch(RehearsedOperation::isAsPredicted);
        assertThat(result.before()).isPresent().isEqualTo(result.after());
        assertThat(result.report("uri", EngineFixture.digest("r")).score()).isEqualTo(100);
        assertThat(place.truth().values()).noneMatch(EntryState::exists);
        assertThat(source.events()).hasSize(written);
    }

    @Test
    void whatAnEarlierRehearsalLeftThereIsRemovedFirst() throws Exception {
        source.outsiderSets(topic("kept"), content("1"));
        settle(source);
        place.outsiderSets(topic("kept"), content("9"));
        place.outsiderSets(topic("new"), content("9"));
        settle(place);

        var result = rehearsed(List.of(create(topic("new"), "5"), update(topic("kept"), "1", "3")));

        assertThat(result.problem()).isEmpty();
    }

    @Test
    void whatIsOutOfUseThereIsTakenIntoUseAgainAndGoesBack() throws Exception {
        source.outsiderSets(topic("old"), content("2"));
        settle(source);
        source.apply(List.of(delete(topic("old"), "2")), WriteGuard.ALWAYS);
        settle(source);

        var result = rehearsed(List.of(create(topic("old"), "2")));

        assertThat(result.problem()).isEmpty();
        assertThat(result.operations()).singleElement().satisfies(one -> {
            assertThat(one.planned().beforeIncarnation()).isNotEmpty();
            assertThat(one.undone()).contains(UndoClass.EXACT);
        });
    }

    @Test
    void whatThePlaceRefusesFailsItAndWhatWasDoneIsUndone() throws Exception {
        source.outsiderSets(topic("kept"), content("1"));
        settle(source);
        place.refusing(operation -> operation.key().equals(acl("no")) && operation instanceof Operation.Create);

        var result = rehearsed(List.of(update(topic("kept"), "1", "3")), List.of(create(acl("no"), "1")));

        assertThat(result.problem()).get().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("REH-REFUSED");
            assertThat(problem.thing()).contains("no");
        });
        assertThat(result.operations().getFirst().isAsPredicted()).isTrue();
        assertThat(result.operations().getLast().isAsPredicted()).isFalse();
        assertThat(result.before()).isEqualTo(result.after());
        assertThat(result.report("uri", EngineFixture.digest("r")).score()).isEqualTo(50);
    }

    @Test
    void aTargetWhoseUndoDoesSomethingElseIsFound() throws Exception {
        source.outsiderSets(topic("kept"), content("1"));
        settle(source);
        writer = new ChangingTarget(
                place,
                operation -> operation instanceof Operation.Update(var key, var before, var after)
                                && before.get("config.a").equals(Value.of("3"))
                        ? new Operation.Update(key, before, content("7"))
                        : operation);

        var result = rehearsed(List.of(update(topic("kept"), "1", "3")));

        assertThat(result.problem()).get().extracting(Problem::code).isEqualTo("REH-NOT-UNDONE");
        assertThat(result.operations()).singleElement().satisfies(one -> {
            assertThat(one.isDoneAsPredicted()).isTrue();
            assertThat(one.undone()).contains(UndoClass.NONE);
        });
        assertThat(result.before()).isNotEqualTo(result.after());
    }

    @Test
    void aTargetThatWritesSomethingElseThanThePlanSaysLowersTheScore() throws Exception {
        writer = new ChangingTarget(
                place,
                operation -> operation instanceof Operation.Create(var key, var _) && key.equals(topic("b"))
                        ? create(key, "6")
                        : operation);

        var result = rehearsed(List.of(create(topic("a"), "5"), create(topic("b"), "5")));

        assertThat(result.problem()).get().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("REH-NOT-AS-PREDICTED");
            assertThat(problem.thing()).contains("topic b");
        });
        assertThat(result.report("uri", EngineFixture.digest("r")).score()).isEqualTo(50);
    }

    @Test
    void whatIsKeptThoughThePlanSaysThatItGoesIsNoExactUndo() throws Exception {
        writer = new ChangingTarget(place, operation -> {
            if (operation instanceof Operation.Delete delete && delete.key().equals(topic("new"))) {
                place.putData(topic("new"));
            }
            return operation;
        });

        var result = rehearsed(List.of(create(topic("new"), "5")));

        assertThat(result.operations().getFirst().undone()).contains(UndoClass.RETAINED);
        assertThat(result.problem()).get().extracting(Problem::code).isEqualTo("REH-NOT-UNDONE");
    }

    @Test
    void whatThePlaceDoesNotHaveIsLeftOutAndNamed() throws Exception {
        var plan = Plans.plan(source, List.of(create(topic("a"), "5")));

        var result = rehearsal().run(script(plan, Map.of(), Set.of()), WriteGuard.ALWAYS);

        assertThat(result.problem()).get().extracting(Problem::code).isEqualTo("REH-NOTHING");
        assertThat(result.unproven()).singleElement().satisfies(one -> {
            assertThat(one.left()).isTrue();
            assertThat(one.why()).contains("no target " + Plans.TARGET);
        });
        assertThat(result.report("uri", EngineFixture.digest("r")).notProven()).isEqualTo(1);
        assertThat(place.events()).isEmpty();
    }

    @Test
    void thePlaceThatIsTheRealOneIsNeverTouched() {
        var plan = Plans.plan(source, List.of(create(topic("a"), "5")));

        var result = run(new Rehearsal(_ -> source, _ -> source, EngineFixture.SETTINGS, new FakePace(1)), plan);

        assertThat(result.problem()).get().extracting(Problem::code).isEqualTo("REH-SAME-SYSTEM");
        assertThat(source.events()).isEmpty();
    }

    @Test
    void anotherVersionIsNoFailureButSaidSo() throws Exception {
        place.fact("version", "2");

        var result = rehearsed(List.of(create(topic("a"), "5")));

        assertThat(result.problem()).isEmpty();
        assertThat(result.unproven())
                .extracting(Unproven::why)
                .anyMatch(why -> why.contains("version 1, and was rehearsed with 2"));
    }

    @Test
    void aPlaceThatCannotBeMadeLikeTheSourceProvesNothing() throws Exception {
        source.outsiderSets(topic("kept"), content("1"));
        settle(source);
        place.refusing(operation -> operation.key().equals(topic("kept")));

        var result = rehearsed(List.of(update(topic("kept"), "1", "3")));

        assertThat(result.problem()).get().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("REH-SETUP");
            assertThat(problem.found()).contains("not there", "TGT-REFUSED");
        });
    }

    @Test
    void whoeverIsCutOffInTheMiddleIsFollowedByOneThatDoesAllOfItAgain() throws Exception {
        source.outsiderSets(topic("kept"), content("1"));
        source.outsiderSets(topic("old"), content("2"));
        settle(source);
        var plan = Plans.plan(
                source,
                List.of(create(topic("new"), "5"), update(topic("kept"), "1", "3")),
                List.of(delete(topic("old"), "2"), create(acl("a"), "1")));
        for (int calls = 0; calls < 12; calls++) {
            int left = calls;
            var guard = new WriteGuard() {
                private int after = left;

                @Override
                public void check() throws TargetException.Fenced {
                    if (after-- == 0) {
                        throw new TargetException.Fenced(Problem.of("TST-CUT", "the lease is over"));
                    }
                }
            };
            try {
                rehearsal().run(script(plan, snapshot(plan), Set.of(Plans.TARGET)), guard);
            } catch (TargetException.Fenced cutOff) {
                assertThat(cutOff.problem().code()).isEqualTo("TST-CUT");
            }
            var again = rehearsed(plan);
            assertThat(again.problem()).as("cut off at call %d", calls).isEmpty();
        }
    }

    @Test
    void aPlaceThatIsAwayIsWaitedForAndNotTakenForAFailure() {
        writer = new FaultyTarget(place, _ -> FaultyTarget.Fault.UNAVAILABLE);
        var plan = Plans.plan(source, List.of(create(topic("a"), "5")));

        assertThatThrownBy(() -> rehearsed(plan))
                .isInstanceOfAny(TargetException.Unavailable.class, EngineUnavailable.class);
    }

    /** Whatever is there and whatever is planned: a right target gives a right rehearsal. */
    @Property(tries = 200)
    void anyPlanOnAnyStatePassesWhereTheTargetDoesWhatItSays(@ForAll long seed) throws Exception {
        var test = new RehearsalTest();
        var random = new Random(seed);
        var keys = new ArrayList<EntryKey>();
        for (int i = 0; i < 4; i++) {
            keys.addAll(List.of(topic("t-" + i), version("v-" + i)));
        }
        var held = new TreeMap<EntryKey, String>();
        keys.stream().filter(_ -> random.nextBoolean()).forEach(key -> {
            held.put(key, "" + random.nextInt(3));
            test.source.outsiderSets(key, content(held.get(key)));
        });
        settle(test.source);
        var operations = new ArrayList<Operation>();
        for (var key : keys) {
            var before = held.get(key);
            if (random.nextInt(3) > 0) {
                operations.add(
                        before == null
                                ? create(key, "5")
                                : random.nextBoolean() ? update(key, before, "6") : delete(key, before));
            }
        }
        if (operations.isEmpty()) {
            return;
        }
        int cut = random.nextInt(operations.size());
        var batches = new ArrayList<List<Operation>>();
        if (cut > 0) {
            batches.add(operations.subList(0, cut));
        }
        batches.add(operations.subList(cut, operations.size()));

        var result = test.rehearsed(Plans.plan(test.source, List.of(batches)));

        assertThat(result.problem()).isEmpty();
        assertThat(result.operations()).allMatch(RehearsedOperation::isAsPredicted);
    }

    @SafeVarargs
    private RehearsalResult rehearsed(List<Operation>... batches) throws Exception {
        return rehearsed(Plans.plan(source, batches));
    }

    private RehearsalResult rehearsed(Plan plan) throws Exception {
        return rehearsal().run(script(plan, snapshot(plan), Set.of(Plans.TARGET)), WriteGuard.ALWAYS);
    }

    private Rehearsal rehearsal() {
        return new Rehearsal(_ -> writer, _ -> source, EngineFixture.SETTINGS, new FakePace(1));
    }

    private RehearsalResult run(Rehearsal rehearsal, Plan plan) {
        try {
            return rehearsal.run(script(plan, snapshot(plan), Set.of(Plans.TARGET)), WriteGuard.ALWAYS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private Map<EntryKey, EntryState> snapshot(Plan plan) {
        var states = new TreeMap<EntryKey, EntryState>();
        plan.written().forEach(key -> states.put(key, source.truth(key)));
        return states;
    }

    private static Rehearsal.Script script(Plan plan, Map<EntryKey, EntryState> snapshot, Set<String> targets) {
        return new Rehearsal.Script(
                new MigrationId("m-1"), "c0ffee", plan, PlanCodec.digest(plan), "place", targets, snapshot);
    }

    private static Content content(String value) {
        return Content.of("config.a", Value.of(value));
    }

    private static void settle(InMemoryTarget target) throws TargetException {
        target.settle(Duration.ofSeconds(1), WriteGuard.ALWAYS);
    }
}
