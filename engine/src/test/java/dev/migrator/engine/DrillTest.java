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
import dev.migrator.core.drill.DrillFault;
import dev.migrator.core.error.Problem;
import dev.migrator.core.lifecycle.MigrationId;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Outcome;
import dev.migrator.core.plan.Plan;
import dev.migrator.core.plan.PlanCodec;
import dev.migrator.core.plan.PlannedOperation;
import dev.migrator.core.plan.Risk;
import dev.migrator.core.plan.UndoClass;
import dev.migrator.core.rehearsal.Unproven;
import dev.migrator.core.rehearsal.Untouched;
import dev.migrator.target.TargetException;
import dev.migrator.target.TargetWriter;
import dev.migrator.target.WriteGuard;
import dev.migrator.target.testkit.FaultyTarget;
import dev.migrator.target.testkit.InMemoryTarget;
import dev.migrator.target.testkit.StaleReads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A plan with which something goes wrong on purpose; source and place are in memory, with reads that lag. */
class DrillTest {
    private static final String PRODUCTION = "production";
    private static final String REQUEST = "d-1";

    private final InMemoryTarget source =
            InMemoryTarget.ofAllKinds(Plans.TARGET).staleReads(StaleReads.UNTIL_SETTLED);
    private final InMemoryTarget place = InMemoryTarget.ofAllKinds("place").staleReads(StaleReads.UNTIL_SETTLED);
    private final FakePace pace = new FakePace(1);
    private final Map<EntryKey, EntryState> besidePlan = new TreeMap<>();
    private TargetWriter writer = place;

    @ParameterizedTest
    @EnumSource
    void whateverGoesWrongAllOfItIsUndone(DrillFault fault) throws Exception {
        var plan = orders();
        int written = source.events().size();

        var result = drilled(plan, fault);

        assertThat(result.problem()).isEmpty();
        assertThat(result.before()).isPresent().isEqualTo(result.after());
        assertThat(result.undone()).isPositive();
        assertThat(result.hit().isPresent()).isEqualTo(fault != DrillFault.ANOMALY);
        assertThat(result.operations()).hasSize(5);
        assertThat(result.remains()).isEmpty();
        assertThat(place.truth().values()).noneMatch(EntryState::exists);
        assertThat(source.events()).hasSize(written);
    }

    /** Two batches, of which the second one may never be begun. */
    private Plan orders() throws Exception {
        source.outsiderSets(topic("kept"), content("1"));
        source.outsiderSets(topic("old"), content("2"));
        settle(source);
        return Plans.plan(
                source,
                List.of(create(topic("new"), "5"), update(topic("kept"), "1", "3"), delete(topic("old"), "2")),
                List.of(create(acl("a"), "1"), create(acl("b"), "1")));
    }

    @Test
    void whatCameAfterTheFaultIsNotBegun() throws Exception {
        var plan = orders();
        var request = hitting(DrillFault.LOST_ANSWER, topic("new"), plan);

        var result = drilled(plan, DrillFault.LOST_ANSWER, request);

        assertThat(result.hit()).contains(topic("new"));
        assertThat(result.undone()).isEqualTo(3);
        assertThat(result.operations())
                .extracting(DrilledOperation::outcome)
                .containsExactly("applied", "applied", "applied", "not-reached", "not-reached");
    }

    @Test
    void whatIsRefusedIsNotWrittenAndWhatIsInTheSameCallIs() throws Exception {
        var plan = orders();

        var result = drilled(plan, DrillFault.REFUSAL);

        assertThat(result.operations())
                .filteredOn(operation -> operation
                        .planned()
                        .operation()
                        .key()
                        .equals(result.hit().orElseThrow()))
                .extracting(DrilledOperation::outcome)
                .containsExactly("failed");
        assertThat(result.operations())
                .filteredOn(operation -> operation.outcome().equals("applied"))
                .isNotEmpty();
    }

    @Test
    void anOutageIsWaitedOutAndCountsAsTimeThatTheRollbackTook() throws Exception {
        var plan = orders();

        var result = drilled(plan, DrillFault.OUTAGE);

        assertThat(result.took()).isGreaterThanOrEqualTo(Duration.ofSeconds(3));
    }

    /** What an engine does not know is what it would not find: all of this is done by the engine that comes after. */
    @Test
    void aWorkerThatEndsWritesUpToTheEntryThatIsHitAndNothingElse() throws Exception {
        var plan = orders();
        var request = hitting(DrillFault.CRASH, topic("kept"), plan);
        var calls = new ArrayList<List<EntryKey>>();
        writer = new FaultyTarget(place, call -> {
            if (call.kind() == FaultyTarget.Call.Kind.APPLY) {
                calls.add(call.operations().stream().map(Operation::key).toList());
            }
            return FaultyTarget.Fault.NONE;
        });

        drilled(plan, DrillFault.CRASH, request);

        assertThat(calls).containsSubsequence(List.of(List.of(topic("new"), topic("kept")), List.of(topic("old"))));
    }

    /** The life that the journal tells of is the only one that is removed; without the journal, any is. */
    @Test
    void onlyAJournalTellsALifeFromTheNextOne() throws Exception {
        place.staleReads(StaleReads.NONE);
        var plan = Plans.plan(source, List.of(create(topic("new"), "5")), List.of(create(topic("z"), "5")));
        var request = hitting(DrillFault.CRASH, topic("z"), plan);

        writer = replacing(topic("new"));
        var crashed = drilled(plan, DrillFault.CRASH, request);
        writer = replacing(topic("new"));
        var takenOver = drilled(plan, DrillFault.TAKEOVER, request);

        assertThat(crashed.problem()).get().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("DRL-NOT-UNDONE");
            assertThat(problem.thing()).contains("topic new");
        });
        assertThat(takenOver.problem()).isEmpty();
    }

    /** An outsider puts another one in the place of what the plan made, right before it is undone. */
    private TargetWriter replacing(EntryKey made) {
        boolean[] isMade = {false};
        return new ChangingTarget(place, operation -> {
            if (operation.key().equals(made)) {
                if (isMade[0]) {
                    place.outsiderRemoves(made);
                    place.outsiderSets(made, content("5"));
                }
                isMade[0] = operation instanceof Operation.Create;
            }
            return operation;
        });
    }

    @Test
    void whatAnOutsiderWroteMeanwhileIsLeftAloneAndFound() throws Exception {
        place.staleReads(StaleReads.NONE);
        var plan = orders();
        writer = new ChangingTarget(place, operation -> {
            if (operation.equals(create(acl("b"), "1"))) {
                place.outsiderSets(topic("kept"), content("9"));
            }
            return operation;
        });

        var result = drilled(plan, DrillFault.ANOMALY);

        assertThat(result.problem()).get().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("DRL-NOT-UNDONE");
            assertThat(problem.thing()).contains("topic kept");
            assertThat(problem.found()).contains("found \"9\"");
        });
    }

    /** Says that it took the inverse, and keeps what is there. */
    @ParameterizedTest
    @EnumSource
    void anUndoThatIsOnlySaidIsFound(DrillFault fault) throws Exception {
        var plan = orders();
        writer = new PassingWriter(place) {
            @Override
            public List<Outcome> apply(List<Operation> operations, Map<EntryKey, String> incarnations, WriteGuard guard)
                    throws TargetException {
                return operations.equals(List.of(update(topic("kept"), "3", "1")))
                        ? List.of(new Outcome.Applied(topic("kept"), ""))
                        : super.apply(operations, incarnations, guard);
            }

            @Override
            public int maxBatch() {
                return 1;
            }
        };

        var result = drilled(plan, fault, hitting(fault, topic("old"), plan));

        assertThat(result.problem()).get().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("DRL-NOT-UNDONE");
            assertThat(problem.thing()).contains("topic kept");
        });
    }

    /** It holds the same, and is another one: what was in it is gone. */
    @Test
    void anEntryThatIsMadeAnewToUndoItsChangeIsFound() throws Exception {
        place.staleReads(StaleReads.NONE);
        var plan = orders();
        writer = new PassingWriter(place) {
            @Override
            public List<Outcome> apply(List<Operation> operations, Map<EntryKey, String> incarnations, WriteGuard guard)
                    throws TargetException {
                var outcomes = super.apply(operations, incarnations, guard);
                if (operations.contains(update(topic("kept"), "3", "1"))) {
                    place.outsiderRemoves(topic("kept"));
                    place.outsiderSets(topic("kept"), content("1"));
                }
                return outcomes;
            }
        };

        var result = drilled(plan, DrillFault.CRASH);

        assertThat(result.problem()).get().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("DRL-NOT-UNDONE");
            assertThat(problem.found()).contains("incarnation");
        });
    }

    @ParameterizedTest
    @EnumSource
    void anInverseThatIsWrongIsFoundAndItsEntryNamed(DrillFault fault) throws Exception {
        var plan = orders();
        writer = new ChangingTarget(
                place,
                operation -> operation instanceof Operation.Update(var key, var before, var _)
                                && before.get("config.a").equals(Value.of("3"))
                        ? new Operation.Update(key, before, content("7"))
                        : operation);

        var result = drilled(plan, fault, hitting(fault, topic("old"), plan));

        assertThat(result.problem()).get().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("DRL-NOT-UNDONE");
            assertThat(problem.thing()).contains("topic kept");
            assertThat(problem.found()).contains("config.a: expected \"1\", found \"7\"");
        });
        assertThat(result.before()).isNotEqualTo(result.after());
        assertThat(result.took()).isZero();
        assertThat(result.operations())
                .filteredOn(operation -> operation.undone() == UndoClass.NONE)
                .singleElement()
                .satisfies(one -> assertThat(one.differences()).isNotEmpty());
    }

    /** It is there when all is applied, and gone when all is undone, though it was only to be changed back. */
    @Test
    void anEntryThatIsLostIsFoundAndNamed() throws Exception {
        place.staleReads(StaleReads.NONE);
        var plan = orders();
        writer = new ChangingTarget(place, operation -> {
            if (operation instanceof Operation.Update(var key, var before, var _)
                    && before.get("config.a").equals(Value.of("3"))) {
                place.outsiderRemoves(key);
            }
            return operation;
        });

        var result = drilled(plan, DrillFault.ANOMALY);

        assertThat(result.problem()).get().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("DRL-NOT-UNDONE");
            assertThat(problem.thing()).contains("topic kept");
        });
    }

    @Test
    void anEntryThatThePlanDoesNotWriteAndThatIsLostIsFoundToo() throws Exception {
        source.outsiderSets(topic("beside"), content("4"));
        var plan = orders();
        besidePlan.put(topic("beside"), source.truth(topic("beside")));
        writer = new ChangingTarget(place, operation -> {
            if (operation.key().equals(acl("a"))) {
                place.outsiderRemoves(topic("beside"));
            }
            return operation;
        });

        var result = drilled(plan, DrillFault.ANOMALY);

        assertThat(result.before()).isEqualTo(result.after());
        assertThat(result.problem()).get().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("DRL-NOT-UNDONE");
            assertThat(problem.thing()).contains("topic beside");
            assertThat(problem.found()).contains("not there");
        });
    }

    @Test
    void aFieldThatNobodyManagesAndThatUndoingChangesIsFoundToo() throws Exception {
        place.staleReads(StaleReads.NONE);
        source.outsiderSets(topic("kept"), Content.of("config.b", Value.of("mine")));
        var plan = orders();
        writer = new PassingWriter(place) {
            @Override
            public List<Outcome> apply(List<Operation> operations, Map<EntryKey, String> incarnations, WriteGuard guard)
                    throws TargetException {
                var outcomes = super.apply(operations, incarnations, guard);
                if (operations.contains(update(topic("kept"), "3", "1"))) {
                    place.outsiderSets(topic("kept"), Content.of("config.b", Value.of("other")));
                }
                return outcomes;
            }
        };

        var result = drilled(plan, DrillFault.CRASH);

        assertThat(result.before()).isEqualTo(result.after());
        assertThat(result.problem()).get().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("DRL-NOT-UNDONE");
            assertThat(problem.thing()).contains("topic kept");
            assertThat(problem.expected()).contains("mine");
            assertThat(problem.found()).contains("other");
        });
    }

    @Test
    void whatIsKeptThoughThePlanSaysThatItGoesIsNotUndone() throws Exception {
        var plan = Plans.plan(source, List.of(create(topic("new"), "5")));
        writer = new ChangingTarget(place, operation -> {
            if (operation instanceof Operation.Delete delete && delete.key().equals(topic("new"))) {
                place.putData(topic("new"));
            }
            return operation;
        });

        var result = drilled(plan, DrillFault.ANOMALY);

        assertThat(result.before()).isEqualTo(result.after());
        assertThat(result.problem()).get().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("DRL-NOT-UNDONE");
            assertThat(problem.found()).contains("undo RETAINED, though the plan says EXACT");
        });
    }

    @Test
    void whatIsReallyRefusedIsNoDrill() throws Exception {
        var plan = orders();
        place.refusing(operation -> operation.key().equals(acl("a")) && operation instanceof Operation.Create);

        var result = drilled(plan, DrillFault.ANOMALY);

        assertThat(result.problem()).get().extracting(Problem::code).isEqualTo("REH-REFUSED");
        assertThat(result.before()).isEqualTo(result.after());
    }

    @Test
    void whatIsOneWayIsLeftOutAndNamed() throws Exception {
        source.outsiderSets(topic("kept"), content("1"));
        settle(source);
        var plan = oneWay(
                Plans.plan(source, List.of(update(topic("kept"), "1", "3"), create(topic("new"), "5"))), topic("kept"));
        writer = new ChangingTarget(
                place,
                operation -> operation instanceof Operation.Update(var key, var before, var _)
                                && before.get("config.a").equals(Value.of("3"))
                        ? new Operation.Update(key, before, content("7"))
                        : operation);

        var result = drilled(plan, DrillFault.ANOMALY);

        assertThat(result.problem()).isEmpty();
        assertThat(result.undone()).isEqualTo(1);
        assertThat(result.unproven())
                .anySatisfy(one -> assertThat(one.about()).contains("topic kept"))
                .extracting(Unproven::why)
                .anyMatch(why -> why.contains("one-way"));
    }

    private static Plan oneWay(Plan plan, EntryKey key) {
        return plan.mapped(planned -> planned.operation().key().equals(key)
                ? new PlannedOperation(
                        planned.uid(),
                        planned.resource(),
                        planned.operation(),
                        planned.beforeIncarnation(),
                        Risk.ONE_WAY,
                        UndoClass.NONE,
                        List.of())
                : planned);
    }

    @Test
    void aPlaceThatHoldsNothingOfThePlanSaysNothing() throws Exception {
        var plan = Plans.plan(source, List.of(create(topic("a"), "5")));

        var result = drill().run(script(plan, Map.of(), Set.of()), DrillFault.CRASH, REQUEST, WriteGuard.ALWAYS);

        assertThat(result.problem()).get().extracting(Problem::code).isEqualTo("DRL-NOTHING");
        assertThat(result.unproven())
                .singleElement()
                .satisfies(one -> assertThat(one.left()).isTrue());
        assertThat(place.events()).isEmpty();
    }

    @Test
    void aRefusalBeforeAnythingWasWrittenSaysNothing() throws Exception {
        var result = drilled(Plans.plan(source, List.of(create(topic("a"), "5"))), DrillFault.REFUSAL);

        assertThat(result.problem()).get().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("DRL-NO-EFFECT");
            assertThat(problem.found()).contains("nothing that was written");
        });
    }

    @Test
    void thePlaceThatIsTheRealOneIsNeverTouched() throws Exception {
        var plan = Plans.plan(source, List.of(create(topic("a"), "5")));

        var result = new Drill(_ -> source, _ -> _ -> source, EngineFixture.SETTINGS, pace)
                .run(script(plan, snapshot(plan), Set.of(Plans.TARGET)), DrillFault.CRASH, REQUEST, WriteGuard.ALWAYS);

        assertThat(result.problem()).get().extracting(Problem::code).isEqualTo("REH-SAME-SYSTEM");
        assertThat(source.events()).isEmpty();
    }

    @Test
    void aPlaceThatCannotBeMadeLikeTheSourceIsSaid() throws Exception {
        var plan = orders();
        place.refusing(operation -> operation.key().equals(topic("kept")));

        var result = drilled(plan, DrillFault.CRASH);

        assertThat(result.problem()).get().extracting(Problem::code).isEqualTo("REH-SETUP");
    }

    /** Nobody asks for a drill again: one that was not answered is one that failed. */
    @Test
    void aPlaceThatIsAwayFailsIt() throws Exception {
        writer = new FaultyTarget(place, _ -> FaultyTarget.Fault.UNAVAILABLE);
        var plan = Plans.plan(source, List.of(create(topic("a"), "5")));

        var result = drilled(plan, DrillFault.CRASH);

        assertThat(result.problem()).get().extracting(Problem::code).isEqualTo("TGT-UNAVAILABLE");
    }

    @Test
    void aPlaceThatGoesAwayForGoodFailsItInTheEnd() throws Exception {
        var plan = orders();
        boolean[] away = {false};
        writer = new FaultyTarget(
                new ChangingTarget(place, operation -> {
                    away[0] |= operation instanceof Operation.Create
                            && operation.key().equals(acl("b"));
                    return operation;
                }),
                _ -> away[0] ? FaultyTarget.Fault.UNAVAILABLE : FaultyTarget.Fault.NONE);

        var result = drilled(plan, DrillFault.ANOMALY);

        assertThat(result.problem()).get().extracting(Problem::code).isEqualTo("TGT-UNAVAILABLE");
        assertThat(result.took()).isZero();
    }

    @Test
    void whoIsStoppedSaysNothingAboutThePlan() {
        writer = new FaultyTarget(place, _ -> FaultyTarget.Fault.UNAVAILABLE);
        var plan = Plans.plan(source, List.of(create(topic("a"), "5")));

        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> drilled(plan, DrillFault.CRASH)).isInstanceOf(EngineUnavailable.class);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void whoeverIsCutOffInTheMiddleIsFollowedByOneThatDoesAllOfItAgain() throws Exception {
        var plan = orders();
        for (int calls = 0; calls < 15; calls++) {
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
                drill().run(script(plan, snapshot(plan), Set.of(Plans.TARGET)), DrillFault.TAKEOVER, REQUEST, guard);
            } catch (TargetException.Fenced cutOff) {
                assertThat(cutOff.problem().code()).isEqualTo("TST-CUT");
            }
            assertThat(drilled(plan, DrillFault.CRASH).problem())
                    .as("cut off at call %d", calls)
                    .isEmpty();
        }
    }

    /** Whatever is there, whatever is planned, whatever goes wrong, wherever: a right engine leads back. */
    @Property(tries = 300)
    void anyPlanOnAnyStateLeadsBackWhateverGoesWrong(@ForAll long seed) throws Exception {
        for (var fault : DrillFault.values()) {
            var test = new DrillTest();
            var random = new Random(seed);
            var plan = test.anyPlan(random);
            if (plan.isEmpty()) {
                return;
            }
            test.place.maxBatch(1 + random.nextInt(5));
            var seen = test.watched(plan.get());

            var result = test.drilled(plan.get(), fault, "d-" + seed);

            int count = (int) plan.get().operations().count();
            if (fault == DrillFault.REFUSAL && count == 1) {
                assertThat(result.problem()).get().extracting(Problem::code).isEqualTo("DRL-NO-EFFECT");
                continue;
            }
            assertThat(result.problem()).as("%s with seed %d", fault, seed).isEmpty();
            assertThat(result.before()).isPresent().isEqualTo(result.after());
            assertThat(result.hit().isPresent()).isEqualTo(fault != DrillFault.ANOMALY);
            assertThat(result.undone()).isPositive().isEqualTo(seen.size());
            if (fault == DrillFault.REFUSAL) {
                assertThat(seen).doesNotContain(result.hit().orElseThrow());
            } else {
                result.hit().ifPresent(hit -> assertThat(seen).contains(hit));
            }
            if (fault == DrillFault.ANOMALY) {
                assertThat(seen).hasSize(count);
            }
            assertThat(test.place.truth().values()).noneMatch(EntryState::exists);
        }
    }

    private Optional<Plan> anyPlan(Random random) throws TargetException {
        var keys = new ArrayList<EntryKey>();
        for (int i = 0; i < 4; i++) {
            keys.addAll(List.of(topic("t-" + i), version("v-" + i)));
        }
        var held = new TreeMap<EntryKey, String>();
        keys.stream().filter(_ -> random.nextBoolean()).forEach(key -> {
            held.put(key, "" + random.nextInt(3));
            source.outsiderSets(key, content(held.get(key)));
        });
        settle(source);
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
            return Optional.empty();
        }
        int cut = random.nextInt(operations.size());
        var batches = new ArrayList<List<Operation>>();
        if (cut > 0) {
            batches.add(operations.subList(0, cut));
        }
        batches.add(operations.subList(cut, operations.size()));
        return Optional.of(Plans.plan(source, List.of(batches)));
    }

    /** Entries that were written as the plan says, by what its place was told. */
    private Set<EntryKey> watched(Plan plan) {
        var planned = new HashSet<Operation>();
        plan.operations().forEach(one -> planned.add(one.operation()));
        var seen = new TreeSet<EntryKey>();
        writer = new ChangingTarget(place, operation -> {
            if (planned.contains(operation)) {
                seen.add(operation.key());
            }
            return operation;
        });
        return seen;
    }

    /** A request that draws this entry. */
    private static String hitting(DrillFault fault, EntryKey key, Plan plan) {
        var operations = plan.operations().toList();
        int first = fault == DrillFault.REFUSAL ? 1 : 0;
        for (int i = 0; ; i++) {
            int hit = first + DrillFault.hit("d-" + i, operations.size() - first);
            if (operations.get(hit).operation().key().equals(key)) {
                return "d-" + i;
            }
        }
    }

    private DrillResult drilled(Plan plan, DrillFault fault) throws Exception {
        return drilled(plan, fault, REQUEST);
    }

    private DrillResult drilled(Plan plan, DrillFault fault, String request) throws Exception {
        return drill().run(script(plan, snapshot(plan), Set.of(Plans.TARGET)), fault, request, WriteGuard.ALWAYS);
    }

    private Drill drill() {
        return new Drill(_ -> writer, _ -> _ -> source, EngineFixture.SETTINGS, pace);
    }

    private Map<EntryKey, EntryState> snapshot(Plan plan) {
        var states = new TreeMap<>(besidePlan);
        plan.written().forEach(key -> states.put(key, source.truth(key)));
        return states;
    }

    private static Rehearsal.Script script(Plan plan, Map<EntryKey, EntryState> snapshot, Set<String> targets) {
        return new Rehearsal.Script(
                new MigrationId("m-1"),
                "c0ffee",
                plan,
                PlanCodec.digest(plan),
                "place",
                targets,
                Map.of(PRODUCTION, Set.of(Plans.TARGET)),
                new Untouched(Map.of()),
                snapshot);
    }

    private static Content content(String value) {
        return Content.of("config.a", Value.of(value));
    }

    private static void settle(InMemoryTarget target) throws TargetException {
        target.settle(Duration.ofSeconds(1), WriteGuard.ALWAYS);
    }
}
