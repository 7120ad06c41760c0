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
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.kinds.AclTuple;
import dev.migrator.core.kinds.SmokeCheckKind;
import dev.migrator.core.lifecycle.MigrationId;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Batch;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Phase;
import dev.migrator.core.plan.Plan;
import dev.migrator.core.plan.PlanCodec;
import dev.migrator.core.plan.PlannedOperation;
import dev.migrator.core.plan.Removal;
import dev.migrator.core.plan.Risk;
import dev.migrator.core.plan.SmokeCheck;
import dev.migrator.core.plan.UndoClass;
import dev.migrator.core.rehearsal.Unproven;
import dev.migrator.core.rehearsal.Untouched;
import dev.migrator.core.verdict.CheckResult;
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
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** A plan, done and undone in a place of its own; source and place are in memory, with reads that lag. */
class RehearsalTest {
    private static final String PRODUCTION = "production";
    private static final PlaceChecks NO_CHECKS = check -> {
        throw new AssertionError(check.name() + " is not to be run");
    };

    private final InMemoryTarget source =
            InMemoryTarget.ofAllKinds(Plans.TARGET).staleReads(StaleReads.UNTIL_SETTLED);
    private final InMemoryTarget place = InMemoryTarget.ofAllKinds("place").staleReads(StaleReads.UNTIL_SETTLED);
    private TargetWriter writer = place;
    private PlaceChecks checks = NO_CHECKS;
    private final FakePace pace = new FakePace(1);

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
        return with(plan, List.of(new Phase(first.number(), first.name(), batches, List.of())));
    }

    private static Plan with(Plan plan, List<Phase> phases) {
        return new Plan(
                plan.environment(),
                plan.bundleDigest(),
                plan.policyDigest(),
                plan.beforeHash(),
                phases,
                plan.reads(),
                plan.warnings());
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

    @Test
    void aCheckIsRunOnceItsPhaseIsAppliedAndBeforeTheNextOne() throws Exception {
        checks = check -> {
            assertThat(place.truth(topic("a")).exists()).isTrue();
            assertThat(place.truth(topic("b")).exists()).isEqualTo(check.name().equals("second"));
            return CheckResult.passed(check.name(), "fine");
        };

        var result = rehearsed(
                checked(List.of(roundTrip("first", "a")), List.of(roundTrip("second", "b"), roundTrip("away", "c"))));

        assertThat(result.problem()).isEmpty();
        assertThat(result.checks()).extracting(CheckResult::check).containsExactly("first", "second");
        assertThat(result.unproven()).singleElement().satisfies(one -> {
            assertThat(one.about()).isEqualTo("check away");
            assertThat(one.left()).isTrue();
        });
    }

    @Test
    void aCheckThatFailsStopsItAndAllIsUndone() throws Exception {
        checks = check -> check.name().equals("bad")
                ? CheckResult.failed("bad", Problem.of("CHK-RECORD-TOO-LARGE", "too large"))
                : CheckResult.passed(check.name(), "fine");

        var result = rehearsed(
                checked(List.of(roundTrip("bad", "a"), roundTrip("good", "a")), List.of(roundTrip("late", "b"))));

        assertThat(result.problem()).get().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("REH-CHECK");
            assertThat(problem.thing()).contains("bad", "phase-0");
            assertThat(problem.found()).contains("CHK-RECORD-TOO-LARGE");
        });
        assertThat(result.checks()).extracting(CheckResult::check).containsExactly("bad", "good");
        assertThat(result.operations().getLast().outcome()).isEqualTo(OutcomeWord.NOT_REACHED);
        assertThat(result.before()).isPresent().isEqualTo(result.after());
        assertThat(place.truth().values()).noneMatch(EntryState::exists);
    }

    @Test
    void aCheckThatFailsOnceInASlowPlaceIsRunOnceMore() throws Exception {
        var tried = new ArrayList<Duration>();
        checks = check -> {
            tried.add(pace.elapsed());
            return tried.size() == 1
                    ? CheckResult.failed(check.name(), Problem.of("CHK-NOT-READ", "late"))
                    : CheckResult.passed(check.name(), "fine");
        };

        var result = rehearsed(checked(List.of(roundTrip("slow", "a")), List.of()));

        assertThat(result.problem()).isEmpty();
        assertThat(tried).hasSize(2).as("some time later").doesNotHaveDuplicates();
        assertThat(result.checks()).singleElement().matches(CheckResult::passed);
    }

    /** As the checkers tell it: they throw nothing. */
    @Test
    void aPlaceThatDoesNotAnswerACheckIsAskedAgainAndThePlanIsNotRejected() throws Exception {
        var plan = checked(List.of(roundTrip("orders-flow", "a")), List.of());
        for (var away : List.of(
                Problem.of("TGT-UNAVAILABLE", "no answer"),
                Problem.of("TGT-THROTTLED", "later"),
                Problem.of("CHK-NOT-READ", "it did not come back in time"),
                Problem.of("CHK-ROUND-TRIP", "could not write to").found("TGT-UNAVAILABLE no answer in time"))) {
            checks = check -> CheckResult.failed(check.name(), away);

            assertThatThrownBy(() -> rehearsed(plan))
                    .isInstanceOfSatisfying(
                            TargetException.Unavailable.class,
                            e -> assertThat(e.problem()).isEqualTo(away));
        }
        checks = check -> CheckResult.failed(
                check.name(), Problem.of("CHK-ROUND-TRIP", "could not write to").found("TGT-REFUSED no"));
        assertThat(rehearsed(plan).problem()).get().extracting(Problem::code).isEqualTo("REH-CHECK");
    }

    @Test
    void afterOneThatFailedOthersAreTriedOnceAndOneThatDoesNotAnswerIsNotProven() throws Exception {
        var tried = new ArrayList<String>();
        checks = check -> {
            tried.add(check.name());
            return CheckResult.failed(
                    check.name(),
                    check.name().equals("away")
                            ? Problem.of("TGT-UNAVAILABLE", "no answer")
                            : Problem.of("CHK-RECORD-TOO-LARGE", "too large"));
        };

        var result = rehearsed(
                checked(List.of(roundTrip("bad", "a"), roundTrip("away", "a"), roundTrip("worse", "a")), List.of()));

        assertThat(tried).containsExactly("bad", "bad", "away", "worse");
        assertThat(result.problem()).get().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("REH-CHECK");
            assertThat(problem.thing()).contains("bad");
        });
        assertThat(result.checks()).extracting(CheckResult::check).containsExactly("bad", "worse");
        assertThat(result.unproven()).extracting(Unproven::about).containsExactly("check away");
    }

    @Test
    void whenTheChecksHaveTakenTheirTimeTheRestIsNotProven() throws Exception {
        checks = check -> {
            pace.pause(Duration.ofMinutes(6));
            return CheckResult.passed(check.name(), "at last");
        };

        var result = rehearsed(
                checked(List.of(roundTrip("one", "a"), roundTrip("two", "a")), List.of(roundTrip("three", "b"))));

        assertThat(result.problem()).isEmpty();
        assertThat(result.checks()).extracting(CheckResult::check).containsExactly("one", "two");
        assertThat(result.unproven()).singleElement().satisfies(one -> {
            assertThat(one.about()).isEqualTo("check three");
            assertThat(one.why()).contains("10 min");
        });
    }

    @Test
    void whoMayNotWriteAnyMoreRunsNoCheck() {
        var plan = checked(List.of(roundTrip("first", "a"), roundTrip("second", "a")), List.of());
        var ran = new ArrayList<String>();
        checks = check -> {
            ran.add(check.name());
            return CheckResult.passed(check.name(), "fine");
        };
        WriteGuard guard = () -> {
            if (!ran.isEmpty()) {
                throw new TargetException.Fenced(Problem.of("TST-CUT", "the lease is over"));
            }
        };

        assertThatThrownBy(() -> rehearsal().run(script(plan, snapshot(plan), Set.of(Plans.TARGET)), guard))
                .isInstanceOf(TargetException.Fenced.class);
        assertThat(ran).containsExactly("first");
    }

    @Test
    void aCheckThatThePlaceDoesNotLetAnybodyRunIsNotProvenAndNoFailure() throws Exception {
        for (PlaceChecks refusing : List.<PlaceChecks>of(
                check -> CheckResult.failed(check.name(), Problem.of("CHK-DENIED", "may not")),
                check -> CheckResult.failed(check.name(), Problem.of("TGT-DENIED", "may not")),
                check -> CheckResult.failed(check.name(), Problem.of("TGT-AUTHENTICATION", "who are you")),
                check -> CheckResult.failed(check.name(), Problem.of("TGT-TLS", "no certificate")),
                _ -> {
                    throw new TargetException.Refused(Problem.of("TGT-AUTH", "who are you"), null);
                },
                _ -> {
                    throw new ProblemException(Problem.of("CRD-MISSING", "no credential"));
                })) {
            checks = refusing;

            var result = rehearsed(checked(List.of(roundTrip("orders-flow", "a")), List.of()));

            assertThat(result.problem()).isEmpty();
            assertThat(result.checks()).isEmpty();
            assertThat(result.unproven()).singleElement().satisfies(one -> {
                assertThat(one.about()).isEqualTo("check orders-flow");
                assertThat(one.why()).startsWith("it cannot be run there: ");
                assertThat(one.left()).isTrue();
            });
        }
    }

    @Test
    void whatACheckWritesToATopicThatWasThereIsGoneInTheEnd() throws Exception {
        source.outsiderSets(topic("kept"), content("1"));
        settle(source);
        checks = check -> {
            place.putData(topic("kept"));
            return CheckResult.passed(check.name(), "fine");
        };

        var result = rehearsed(checked(
                Plans.plan(source, List.of(update(topic("kept"), "1", "3"))),
                List.of(List.of(roundTrip("orders-flow", "kept")))));

        assertThat(result.problem()).isEmpty();
        assertThat(result.remains()).isEmpty();
        assertThat(place.truth(topic("kept"))).isEqualTo(EntryState.ABSENT);
    }

    @Test
    void aTargetThatIsAwayForACheckIsAskedAgainWithTheWholeRehearsal() throws Exception {
        var plan = checked(List.of(roundTrip("orders-flow", "a")), List.of());
        checks = _ -> {
            throw new TargetException.Unavailable(Problem.of("TST-AWAY", "no answer"), null);
        };
        assertThatThrownBy(() -> rehearsed(plan)).isInstanceOf(TargetException.Unavailable.class);
        checks = check -> CheckResult.passed(check.name(), "fine");

        assertThat(rehearsed(plan).problem()).isEmpty();
    }

    /** No broker takes it, and in the real environment it is taken. */
    @Test
    void noRecordIsWrittenToATopicWithFewerCopiesThanHaveToBeWritten() throws Exception {
        for (var copies : List.of(Map.entry("2", false), Map.entry("1", true))) {
            var made = new Operation.Create(
                    topic("a"),
                    Content.of(Map.of(
                            "replicationFactor",
                            Value.of(1),
                            "config.min.insync.replicas",
                            Value.of(copies.getKey()))));
            checks = check -> CheckResult.passed(check.name(), "fine");

            var result = rehearsed(
                    checked(Plans.plan(source, List.of(made)), List.of(List.of(roundTrip("orders-flow", "a")))));

            assertThat(result.problem()).isEmpty();
            assertThat(result.checks()).hasSize(copies.getValue() ? 1 : 0);
            assertThat(result.unproven()).hasSize(copies.getValue() ? 0 : 1);
        }
    }

    @Test
    void whatACheckWritesIsKeptByTheUndoAsThePlanSaysAndGoneFromThePlaceInTheEnd() throws Exception {
        checks = check -> {
            place.putData(topic("a"));
            return CheckResult.passed(check.name(), "fine");
        };
        var exact = checked(List.of(roundTrip("orders-flow", "a")), List.of());
        var plan = undone(exact, topic("a"), UndoClass.RETAINED);

        for (int times = 0; times < 2; times++) {
            var result = rehearsed(plan);

            assertThat(result.problem()).isEmpty();
            assertThat(result.operations().getFirst().undone()).contains(UndoClass.RETAINED);
            assertThat(place.truth().values()).as("all is gone there").noneMatch(state -> state != EntryState.ABSENT);
        }
    }

    /** Two phases: one makes the topic {@code a}, the other one {@code b}. */
    private Plan checked(List<SmokeCheck> first, List<SmokeCheck> second) {
        return checked(
                Plans.plan(
                        source,
                        List.of(List.of(List.of(create(topic("a"), "1"))), List.of(List.of(create(topic("b"), "1"))))),
                List.of(first, second));
    }

    private static Plan checked(Plan plan, List<List<SmokeCheck>> checks) {
        return with(
                plan,
                plan.phases().stream()
                        .map(phase ->
                                new Phase(phase.number(), phase.name(), phase.batches(), checks.get(phase.number())))
                        .toList());
    }

    private static Plan undone(Plan plan, EntryKey key, UndoClass undo) {
        return with(
                plan,
                plan.phases().stream()
                        .map(phase -> new Phase(
                                phase.number(),
                                phase.name(),
                                phase.batches().stream()
                                        .map(batch -> new Batch(
                                                batch.number(),
                                                batch.target(),
                                                batch.operations().stream()
                                                        .map(one -> one.operation()
                                                                        .key()
                                                                        .equals(key)
                                                                ? new PlannedOperation(
                                                                        one.uid(),
                                                                        one.resource(),
                                                                        one.operation(),
                                                                        one.beforeIncarnation(),
                                                                        one.risk(),
                                                                        undo,
                                                                        one.dependsOn())
                                                                : one)
                                                        .toList()))
                                        .toList(),
                                phase.checks()))
                        .toList());
    }

    private static SmokeCheck roundTrip(String name, String topic) {
        return new SmokeCheck(
                name, Plans.TARGET, SmokeCheckKind.TOPIC_ROUND_TRIP, Value.object("topic", Value.of(topic)));
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
        return new Rehearsal(_ -> writer, _ -> _ -> source, checks, EngineFixture.SETTINGS, pace);
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
        return script(plan, snapshot, targets, Map.of(PRODUCTION, Set.of(Plans.TARGET)), Map.of());
    }

    private static Rehearsal.Script script(
            Plan plan,
            Map<EntryKey, EntryState> snapshot,
            Set<String> targets,
            Map<String, Set<String>> lasting,
            Map<String, String> principals) {
        return new Rehearsal.Script(
                new MigrationId("m-1"),
                "c0ffee",
                plan,
                PlanCodec.digest(plan),
                "place",
                targets,
                lasting,
                new Untouched(principals),
                snapshot);
    }

    private static Content content(String value) {
        return Content.of("config.a", Value.of(value));
    }

    private static void settle(InMemoryTarget target) throws TargetException {
        target.settle(Duration.ofSeconds(1), WriteGuard.ALWAYS);
    }
}
