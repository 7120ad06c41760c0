package dev.migrator.engine;

import static dev.migrator.engine.Plans.create;
import static dev.migrator.engine.Plans.topic;
import static dev.migrator.engine.Plans.update;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.kinds.SmokeCheckKind;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Phase;
import dev.migrator.core.plan.Plan;
import dev.migrator.core.plan.PlannedOperation;
import dev.migrator.core.plan.SmokeCheck;
import dev.migrator.core.plan.UndoClass;
import dev.migrator.core.rehearsal.Unproven;
import dev.migrator.core.verdict.CheckResult;
import dev.migrator.target.TargetException;
import dev.migrator.target.WriteGuard;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The smoke checks of a plan, run where it is rehearsed. */
class RehearsalCheckTest extends RehearsalFixture {
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
        return plan.with(plan.phases().stream()
                .map(phase -> new Phase(phase.number(), phase.name(), phase.batches(), checks.get(phase.number())))
                .toList());
    }

    private static Plan undone(Plan plan, EntryKey key, UndoClass undo) {
        return plan.mapped(one -> one.operation().key().equals(key)
                ? new PlannedOperation(
                        one.uid(),
                        one.resource(),
                        one.operation(),
                        one.beforeIncarnation(),
                        one.risk(),
                        undo,
                        one.dependsOn())
                : one);
    }

    private static SmokeCheck roundTrip(String name, String topic) {
        return new SmokeCheck(
                name, Plans.TARGET, SmokeCheckKind.TOPIC_ROUND_TRIP, Value.object("topic", Value.of(topic)));
    }
}
