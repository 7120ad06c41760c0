package dev.migrator.target.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Outcome;
import dev.migrator.core.plan.Removal;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The inverse of an operation restores what was there, and never destroys data. */
public abstract class InverseContract extends TargetContract {
    @TestFactory
    Stream<DynamicTest> theInverseOfACreateTakesTheEntryAway() {
        return eachKind(kind -> {
            var create = created(kind);

            var outcome = apply(create.inverse());

            var state = read(create.key());
            assertOutOfUse(state);
            if (kind.removes()) {
                assertThat(outcome).isInstanceOf(Outcome.Applied.class);
                assertThat(state).isEqualTo(EntryState.ABSENT);
            } else {
                assertThat(outcome).isInstanceOf(Outcome.Retained.class);
                assertThat(state).isInstanceOf(EntryState.Retired.class);
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> theInverseOfACreateKeepsData() {
        return eachKind(kind -> {
            assumeThat(kind.canHoldData()).isTrue();
            var create = created(kind);
            var life = incarnation(read(create.key()));
            kind.putData(create.key());

            var outcome = apply(List.of(create.inverse()), Map.of(create.key(), life));

            assertThat(outcome).singleElement().isInstanceOf(Outcome.Retained.class);
            var state = read(create.key());
            assertThat(state).isInstanceOf(EntryState.Retired.class);
            assertThat(incarnation(state)).isEqualTo(life);
            assertThat(kind.dataIsThere(create.key())).isTrue();
        });
    }

    @TestFactory
    Stream<DynamicTest> whatWasKeptOutOfUseIsTakenIntoUseAgain() {
        return eachKind(kind -> {
            assumeThat(kind.canHoldData()).isTrue();
            var create = created(kind);
            var life = incarnation(read(create.key()));
            kind.putData(create.key());
            assertThat(apply(create.inverse())).isInstanceOf(Outcome.Retained.class);

            assertThat(apply(create)).isEqualTo(new Outcome.Applied(create.key(), life));

            assertHolds(read(create.key()), create);
            assertThat(kind.dataIsThere(create.key())).isTrue();
        });
    }

    @TestFactory
    Stream<DynamicTest> theInverseOfAnUpdateBringsTheFieldsBack() {
        return eachKind(kind -> {
            var create = created(kind);
            var update = kind.update(create);
            assumeThat(update).as("nothing to update").isPresent();
            var before = read(create.key());
            assertThat(apply(update.get())).isInstanceOf(Outcome.Applied.class);

            assertThat(apply(update.get().inverse())).isInstanceOf(Outcome.Applied.class);

            assertThat(read(create.key())).isEqualTo(before);
        });
    }

    @TestFactory
    Stream<DynamicTest> theInverseOfADeleteBringsTheSameLifeBack() {
        return eachKind(kind -> {
            var create = created(kind);
            var before = read(create.key());
            var delete = new Operation.Delete(create.key(), create.after(), Removal.RETIRE);
            assertThat(apply(delete).done()).isTrue();
            if (!kind.revives()) {
                assertNotRevived(create);
                return;
            }

            assertThat(apply(delete.inverse())).isInstanceOf(Outcome.Applied.class);

            assertThat(read(create.key())).isEqualTo(before);
        });
    }

    private void assertNotRevived(Operation.Create create) throws Exception {
        var kept = read(create.key());

        assertThat(apply(create)).isInstanceOf(Outcome.Failed.class);

        assertThat(read(create.key())).isEqualTo(kept);
    }

    @TestFactory
    Stream<DynamicTest> theInverseLeavesAloneWhatAnOutsiderMadeAnew() {
        return eachKind(kind -> {
            assumeThat(kind.hasIncarnationOfEachLife()).isTrue();
            var create = created(kind);
            var life = incarnation(read(create.key()));
            assumeThat(kind.outsiderRemoves(create.key())).isTrue();
            assertThat(read(create.key())).isEqualTo(EntryState.ABSENT);
            assertThat(apply(create)).isInstanceOf(Outcome.Applied.class);
            var anew = read(create.key());
            assertThat(incarnation(anew)).isNotEqualTo(life);

            var outcome = apply(List.of(create.inverse()), Map.of(create.key(), life));

            assertThat(outcome).containsExactly(new Outcome.Conflict(create.key(), anew));
            assertThat(read(create.key())).isEqualTo(anew);
        });
    }

    @TestFactory
    Stream<DynamicTest> theInverseOfWhatWasNeverAppliedDoesNothing() {
        return eachKind(kind -> {
            var create = prepared(kind, fresh());

            assertThat(apply(create.inverse())).isEqualTo(new Outcome.AlreadyApplied(create.key(), ""));

            assertThat(read(create.key())).isEqualTo(EntryState.ABSENT);
        });
    }
}
