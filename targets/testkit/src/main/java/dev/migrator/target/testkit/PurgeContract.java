package dev.migrator.target.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.migrator.core.error.Problem;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Outcome;
import dev.migrator.core.plan.Removal;
import dev.migrator.target.Capability;
import dev.migrator.target.DryRunOutcome;
import dev.migrator.target.TargetException;
import dev.migrator.target.WriteGuard;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What is retired, still the same and still retired can be removed for good; nothing else is touched by that. */
public abstract class PurgeContract extends TargetContract {
    private static final WriteGuard FENCED = () -> {
        throw new TargetException.Fenced(Problem.of("WRK-FENCED", "the lease is lost"));
    };

    /** A retired entry. @param purge names its life and what it was retired with */
    private record Kept(Operation.Create create, EntryState.Retired state, Operation.Delete purge) {
        Map<EntryKey, String> life() {
            return Map.of(create.key(), state.incarnation());
        }
    }

    @Test
    void whetherItCanIsSaid() throws TargetException {
        assertThat(writer().capabilities().contains(Capability.PURGE))
                .isEqualTo(harness.kinds().stream().anyMatch(KindHarness::purges));
    }

    @TestFactory
    Stream<DynamicTest> whatIsRetiredGoesForGood() {
        return eachKind(kind -> {
            assumeThat(kind.purges()).as("has retired entries that can go").isTrue();
            var kept = retired(kind, false);

            assertThat(purged(kept)).isEqualTo(new Outcome.Applied(kept.create().key(), ""));

            assertThat(read(kept.create().key())).isEqualTo(EntryState.ABSENT);
        });
    }

    @TestFactory
    Stream<DynamicTest> itGoesWithItsData() {
        return eachKind(kind -> {
            assumeThat(kind.purges() && kind.canHoldData()).isTrue();
            var kept = retired(kind, true);
            assertThat(kind.dataIsThere(kept.create().key())).isTrue();
            if (!kind.purgesWithData()) {
                assertCannotGo(kept);
                assertThat(kind.dataIsThere(kept.create().key())).isTrue();
                return;
            }

            assertThat(purged(kept)).isInstanceOf(Outcome.Applied.class);

            assertThat(read(kept.create().key())).isEqualTo(EntryState.ABSENT);
            // nothing of it comes back with another one of that name
            assertThat(apply(kept.create())).isInstanceOf(Outcome.Applied.class);
            assertThat(kind.dataIsThere(kept.create().key())).isFalse();
        });
    }

    @TestFactory
    Stream<DynamicTest> whatIsMadeAfterwardsIsAnother() {
        return eachKind(kind -> {
            assumeThat(kind.purges()).isTrue();
            var kept = retired(kind, false);
            assertThat(purged(kept)).isInstanceOf(Outcome.Applied.class);
            kind.awaitNextIncarnation();

            assertThat(apply(kept.create())).isInstanceOf(Outcome.Applied.class);

            var anew = read(kept.create().key());
            assertHolds(anew, kept.create());
            if (kind.hasIncarnationOfEachLife()) {
                assertThat(incarnation(anew)).isNotEqualTo(kept.state().incarnation());
                assertThat(purged(kept))
                        .isEqualTo(new Outcome.Conflict(kept.create().key(), anew));
                assertThat(read(kept.create().key())).isEqualTo(anew);
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> purgingTwiceIsPurgingOnce() {
        return eachKind(kind -> {
            assumeThat(kind.purges()).isTrue();
            var kept = retired(kind, false);
            assertThat(purged(kept)).isInstanceOf(Outcome.Applied.class);

            assertThat(purged(kept))
                    .isEqualTo(new Outcome.AlreadyApplied(kept.create().key(), ""));
        });
    }

    @TestFactory
    Stream<DynamicTest> aPurgeWhoseAnswerWasLostIsFoundAfterSettling() {
        return eachKind(kind -> {
            assumeThat(kind.purges()).isTrue();
            var kept = retired(kind, false);
            settle();
            var losing = new FaultyTarget(writer(), _ -> FaultyTarget.Fault.LOSE_ANSWER);
            assertThatThrownBy(() -> losing.apply(List.of(kept.purge()), kept.life(), WriteGuard.ALWAYS))
                    .isInstanceOf(TargetException.Unavailable.class);

            assertThat(purged(kept))
                    .isEqualTo(new Outcome.AlreadyApplied(kept.create().key(), ""));
        });
    }

    @TestFactory
    Stream<DynamicTest> whatIsNotThereIsGoneAlready() {
        return eachKind(kind -> {
            var create = prepared(kind, fresh());

            assertThat(apply(purge(create, create.after()))).isEqualTo(new Outcome.AlreadyApplied(create.key(), ""));
        });
    }

    @TestFactory
    Stream<DynamicTest> whatIsInUseIsLeftAlone() {
        return eachKind(kind -> {
            var create = created(kind);
            var before = read(create.key());

            var outcome = apply(List.of(purge(create, create.after())), Map.of(create.key(), incarnation(before)));

            assertThat(outcome).containsExactly(new Outcome.Conflict(create.key(), before));
            assertThat(read(create.key())).isEqualTo(before);
        });
    }

    @TestFactory
    Stream<DynamicTest> whatIsInUseAgainIsLeftAlone() {
        return eachKind(kind -> {
            assumeThat(kind.retires() && kind.revives()).isTrue();
            var kept = retired(kind, false);
            assertThat(apply(kept.create())).isInstanceOf(Outcome.Applied.class);
            var before = read(kept.create().key());

            assertThat(purged(kept))
                    .isEqualTo(new Outcome.Conflict(kept.create().key(), before));

            assertThat(read(kept.create().key())).isEqualTo(before);
        });
    }

    @TestFactory
    Stream<DynamicTest> anotherLifeIsLeftAlone() {
        return eachKind(kind -> {
            assumeThat(kind.retires() && kind.hasIncarnations()).isTrue();
            var kept = retired(kind, false);
            var key = kept.create().key();

            var outcome = apply(
                    List.of(kept.purge()), Map.of(key, "another-" + kept.state().incarnation()));

            assertThat(outcome).containsExactly(new Outcome.Conflict(key, kept.state()));
            assertThat(read(key)).isEqualTo(kept.state());
        });
    }

    @TestFactory
    Stream<DynamicTest> whatHoldsSomethingElseIsLeftAlone() {
        return eachKind(kind -> {
            assumeThat(kind.retires()).isTrue();
            var kept = retired(kind, false);
            var key = kept.create().key();
            var other = kind.contradicting(kept.create());
            assumeThat(other).as("existence is all this kind has").isPresent();

            var outcome = apply(List.of(purge(kept.create(), other.get().after())), kept.life());

            assertThat(outcome).containsExactly(new Outcome.Conflict(key, kept.state()));
            assertThat(read(key)).isEqualTo(kept.state());
        });
    }

    @TestFactory
    Stream<DynamicTest> whatCannotGoIsKept() {
        return eachKind(kind -> {
            assumeThat(kind.retires() && !kind.purges()).isTrue();
            var kept = retired(kind, false);

            assertThat(dryRun(kept)).isInstanceOf(DryRunOutcome.Refused.class);
            assertCannotGo(kept);
        });
    }

    private void assertCannotGo(Kept kept) throws TargetException {
        var outcome = purged(kept);

        assertThat(outcome).isInstanceOf(Outcome.Failed.class);
        assertThat(((Outcome.Failed) outcome).problem().code()).isEqualTo("TGT-CANNOT-PURGE");
        assertThat(read(kept.create().key())).isEqualTo(kept.state());
    }

    @TestFactory
    Stream<DynamicTest> aDryRunPurgesNothing() {
        return eachKind(kind -> {
            assumeThat(kind.purges()).isTrue();
            var kept = retired(kind, kind.purgesWithData());

            assertThat(dryRun(kept))
                    .isEqualTo(new DryRunOutcome.Accepted(kept.create().key()));

            assertThat(read(kept.create().key())).isEqualTo(kept.state());
        });
    }

    @TestFactory
    Stream<DynamicTest> afterTheLeaseIsLostNothingIsPurged() {
        return eachKind(kind -> {
            assumeThat(kind.purges()).isTrue();
            var kept = retired(kind, false);
            settle();

            assertThatThrownBy(() -> writer().apply(List.of(kept.purge()), kept.life(), FENCED))
                    .isInstanceOf(TargetException.Fenced.class);

            assertThat(read(kept.create().key())).isEqualTo(kept.state());
        });
    }

    private Kept retired(KindHarness kind, boolean withData) throws Exception {
        var create = created(kind);
        if (withData && kind.canHoldData()) {
            kind.putData(create.key());
        }
        assertThat(apply(new Operation.Delete(create.key(), create.after(), Removal.RETIRE)))
                .isInstanceOf(Outcome.Applied.class);
        var state = read(create.key());
        assertThat(state).isInstanceOf(EntryState.Retired.class);
        var retired = (EntryState.Retired) state;
        return new Kept(
                create,
                retired,
                purge(
                        create,
                        retired.content()
                                .only(create.after().readable().fields().keySet())));
    }

    private static Operation.Delete purge(Operation.Create create, Content before) {
        return new Operation.Delete(create.key(), before, Removal.PURGE);
    }

    private Outcome purged(Kept kept) throws TargetException {
        return apply(List.of(kept.purge()), kept.life()).getFirst();
    }

    private DryRunOutcome dryRun(Kept kept) throws TargetException {
        settle();
        return writer().dryRun(List.of(kept.purge())).getFirst();
    }
}
