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
import dev.migrator.core.kinds.AclTuple;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Batch;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Phase;
import dev.migrator.core.plan.Plan;
import dev.migrator.core.plan.PlannedOperation;
import dev.migrator.core.plan.Removal;
import dev.migrator.core.plan.Risk;
import dev.migrator.core.plan.UndoClass;
import dev.migrator.core.rehearsal.Unproven;
import dev.migrator.target.TargetException;
import dev.migrator.target.WriteGuard;
import dev.migrator.target.testkit.FaultyTarget;
import dev.migrator.target.testkit.InMemoryTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** A plan, done and undone in a place of its own; source and place are in memory, with reads that lag. */
class RehearsalTest extends RehearsalFixture {
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
    void whatIsNotLetGoOfAtFirstIsTriedOnceMoreAsInProduction() throws Exception {
        source.outsiderSets(topic("kept"), content("1"));
        settle(source);
        place.refusing(operation -> operation instanceof Operation.Delete
                && place.truth(topic("kept")) instanceof EntryState.Present(var held, var _)
                && held.equals(content("3")));

        var result = rehearsed(List.of(update(topic("kept"), "1", "3")), List.of(create(topic("new"), "1")));

        assertThat(result.problem()).isEmpty();
        assertThat(result.operations()).allMatch(operation -> operation.isAsPredicted());
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

        var result = run(
                new Rehearsal(_ -> source, _ -> _ -> source, NO_CHECKS, EngineFixture.SETTINGS, new FakePace(1)), plan);

        assertThat(result.problem()).get().extracting(Problem::code).isEqualTo("REH-SAME-SYSTEM");
        assertThat(source.events()).isEmpty();
    }

    /** Roles of a database server are those of all its databases. */
    @Test
    void anotherPartOfARealServerIsNeverTouched() {
        var shop = InMemoryTarget.ofAllKinds("7405/shop");
        var rehearsal = InMemoryTarget.ofAllKinds("7405/rehearsal");
        var plan = Plans.plan(shop, List.of(create(topic("a"), "5")));

        var result = run(
                new Rehearsal(_ -> rehearsal, _ -> _ -> shop, NO_CHECKS, EngineFixture.SETTINGS, new FakePace(1)),
                plan);

        assertThat(result.problem()).get().extracting(Problem::code).isEqualTo("REH-SAME-SYSTEM");
        assertThat(rehearsal.events()).isEmpty();
    }

    @Test
    void thePlaceThatIsASystemOfAThirdEnvironmentIsNeverTouched() throws Exception {
        var plan = Plans.plan(source, List.of(create(topic("a"), "5")));
        var rehearsal = new Rehearsal(
                _ -> place,
                environment -> _ -> environment.equals(PRODUCTION) ? source : InMemoryTarget.ofAllKinds("place"),
                NO_CHECKS,
                EngineFixture.SETTINGS,
                new FakePace(1));

        var result = rehearsal.run(beside(plan), WriteGuard.ALWAYS);

        assertThat(result.problem()).get().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("REH-SAME-SYSTEM");
            assertThat(problem.found()).contains("target other in test");
        });
        assertThat(place.events()).isEmpty();
    }

    /** A system that is away there is away here too, so it is not this one. */
    @Test
    void aThirdEnvironmentThatDoesNotAnswerAndATargetThatThePlanIsNotAboutAreNoObstacle() throws Exception {
        var plan = Plans.plan(source, List.of(create(topic("a"), "5")));
        Targets away = name -> {
            throw new TargetException.Unavailable(Problem.of("TST-AWAY", name + " does not answer"), null);
        };
        var rehearsal = new Rehearsal(
                name -> name.equals(Plans.TARGET) ? place : away.writer(name),
                environment -> name ->
                        environment.equals(PRODUCTION) && name.equals(Plans.TARGET) ? source : away.writer(name),
                NO_CHECKS,
                EngineFixture.SETTINGS,
                new FakePace(1));

        assertThat(rehearsal.run(beside(plan), WriteGuard.ALWAYS).problem()).isEmpty();
    }

    @Test
    void aTargetThatThePlanIsForHasToSayWhoItIs() {
        var plan = Plans.plan(source, List.of(create(topic("a"), "5")));
        Targets away = name -> {
            throw new TargetException.Unavailable(Problem.of("TST-AWAY", name + " does not answer"), null);
        };
        var rehearsal = new Rehearsal(_ -> place, _ -> away, NO_CHECKS, EngineFixture.SETTINGS, new FakePace(1));

        assertThatThrownBy(() -> rehearsal.run(beside(plan), WriteGuard.ALWAYS))
                .isInstanceOf(TargetException.Unavailable.class);
        assertThat(place.events()).isEmpty();
    }

    private Rehearsal.Script beside(Plan plan) {
        return script(
                plan,
                snapshot(plan),
                Set.of(Plans.TARGET, "unused"),
                Map.of(PRODUCTION, Set.of(Plans.TARGET, "unused"), "test", Set.of("other")),
                Map.of());
    }

    @Test
    void withoutWhatMakesItNecessaryItDoesNotPass() throws Exception {
        var plan = Plans.plan(source, List.of(create(topic("a"), "5")));
        var gone = new PlannedOperation(
                "uid",
                "Role/reports",
                new Operation.Delete(new EntryKey("elsewhere", "role", "reports"), Content.EMPTY, Removal.RETIRE),
                "",
                Risk.DESTRUCTIVE,
                UndoClass.EXACT,
                List.of());

        var result = rehearsed(with(plan, new Batch(1, "elsewhere", List.of(gone))));

        assertThat(result.problem()).get().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("REH-NOT-PROVEN");
            assertThat(problem.thing()).contains("reports");
            assertThat(problem.found()).contains("no target elsewhere");
        });
        assertThat(place.events()).isEmpty();
    }

    private static Plan with(Plan plan, Batch more) {
        var first = plan.phases().getFirst();
        var batches = new ArrayList<>(first.batches());
        batches.add(more);
        return plan.with(List.of(new Phase(first.number(), first.name(), batches, List.of())));
    }

    /** A snapshot holds what a plan depends on, too. */
    @Test
    void whatTheExecutorNeedsThereAndConnectorsAreLeftAloneAlsoWhenASnapshotHoldsThem() throws Exception {
        var own = acl(new AclTuple("User:migrator", "*", "ALL", "ALLOW", "TOPIC", "LITERAL", "*").address());
        var others = acl(new AclTuple("User:shop", "*", "READ", "ALLOW", "TOPIC", "LITERAL", "a").address());
        var connector = new EntryKey(Plans.TARGET, "connector", "to-lake");
        place.outsiderSets(own, content("1"));
        settle(place);
        var plan = Plans.plan(source, List.of(create(topic("a"), "5"), create(others, "1")));
        var snapshot = new TreeMap<>(snapshot(plan));
        snapshot.put(own, new EntryState.Present(content("2"), ""));
        snapshot.put(connector, new EntryState.Present(content("2"), ""));

        var result = rehearsal()
                .run(
                        script(
                                plan,
                                snapshot,
                                Set.of(Plans.TARGET),
                                Map.of(PRODUCTION, Set.of(Plans.TARGET)),
                                Map.of(Plans.TARGET, "User:migrator")),
                        WriteGuard.ALWAYS);

        assertThat(result.problem()).isEmpty();
        assertThat(result.operations()).hasSize(2);
        assertThat(place.truth(own)).isEqualTo(new EntryState.Present(content("1"), ""));
        assertThat(place.truth(connector)).isEqualTo(EntryState.ABSENT);
    }

    /** What the plan's own entries stand on is made there, left alone by the plan, and removed in the end. */
    @Test
    void whatASnapshotHoldsBesideThePlanIsMadeThereIsNotComparedAndGoesAgain() throws Exception {
        var currency = version("shop/Currency@1");
        var money = version("shop/Money@1");
        var order = version("shop/Order@2");
        source.outsiderSets(currency, content("1"));
        source.outsiderSets(money, content("1"));
        settle(source);
        place.refusing(operation -> operation instanceof Operation.Create
                && ((operation.key().equals(money) && !place.truth(currency).exists())
                        || (operation.key().equals(order) && !place.truth(money).exists())));
        var plan = Plans.plan(source, List.of(create(order, "5")));
        var snapshot = new TreeMap<>(snapshot(plan));
        snapshot.put(money, source.truth(money));
        assertThat(rehearsal()
                        .run(script(plan, snapshot, Set.of(Plans.TARGET)), WriteGuard.ALWAYS)
                        .problem())
                .get()
                .extracting(Problem::code)
                .isEqualTo("REH-REFUSED");
        snapshot.put(currency, source.truth(currency));

        var result = rehearsal().run(script(plan, snapshot, Set.of(Plans.TARGET)), WriteGuard.ALWAYS);

        assertThat(result.problem()).isEmpty();
        assertThat(result.operations())
                .singleElement()
                .satisfies(one -> assertThat(one.planned().operation().key()).isEqualTo(order));
        assertThat(result.before()).isPresent().isEqualTo(result.after());
        assertThat(place.truth().values()).noneMatch(EntryState::exists);
    }

    @Test
    void aChainThatIsMadeOneByOneIsMadeToItsEnd() throws Exception {
        var chain = IntStream.range(10, 40).mapToObj(i -> topic("t-" + i)).toList();
        for (var key : chain) {
            source.outsiderSets(key, content("1"));
        }
        settle(source);
        place.refusing(operation -> operation instanceof Operation.Create
                && chain.indexOf(operation.key()) < chain.size() - 1
                && !place.truth(chain.get(chain.indexOf(operation.key()) + 1)).exists());

        var result = rehearsed(chain.stream().map(key -> update(key, "1", "2")).toList());

        assertThat(result.problem()).isEmpty();
    }

    @Test
    void whatCannotBeRemovedInTheEndIsSaid() throws Exception {
        place.refusing(operation -> operation instanceof Operation.Delete);

        var result = rehearsed(List.of(create(topic("new"), "5")));

        assertThat(result.problem()).get().extracting(Problem::code).isEqualTo("REH-NOT-UNDONE");
        assertThat(result.remains()).singleElement().asString().contains("topic new", "TGT-REFUSED");
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
}
