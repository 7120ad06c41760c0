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

/** A write happens only if the settled target holds what was expected; nothing unexpected is overwritten. */
public abstract class CompareAndSetContract extends TargetContract {
    @TestFactory
    Stream<DynamicTest> aCreateMakesWhatItSays() {
        return eachKind(kind -> {
            var create = prepared(kind, fresh());

            assertThat(read(create.key())).isEqualTo(EntryState.ABSENT);
            var outcome = apply(create);

            assertThat(outcome).isInstanceOf(Outcome.Applied.class);
            var state = read(create.key());
            assertHolds(state, create);
            assertThat(incarnation(state).isEmpty()).isEqualTo(!kind.hasIncarnations());
            assertThat(((Outcome.Applied) outcome).incarnation()).isEqualTo(incarnation(state));
        });
    }

    @TestFactory
    Stream<DynamicTest> aCreateLeavesAnotherEntryOfThatNameAlone() {
        return eachKind(kind -> {
            var create = created(kind);
            var other = kind.contradicting(create);
            assumeThat(other).as("existence is all this kind has").isPresent();
            var before = read(create.key());

            assertThat(apply(other.get())).isEqualTo(new Outcome.Conflict(create.key(), before));

            assertThat(read(create.key())).isEqualTo(before);
        });
    }

    @TestFactory
    Stream<DynamicTest> anUpdateChangesItsFields() {
        return eachKind(kind -> {
            var create = created(kind);
            var update = kind.update(create);
            assumeThat(update).as("nothing to update").isPresent();
            var before = read(create.key());

            assertThat(apply(update.get())).isInstanceOf(Outcome.Applied.class);

            var after = (EntryState.Present) read(create.key());
            assertThat(update.get().after().holdsIn(after.content())).isTrue();
            assertThat(after.incarnation()).isEqualTo(incarnation(before));
        });
    }

    @TestFactory
    Stream<DynamicTest> anUpdateOfWhatAnOutsiderChangedIsAConflict() {
        return eachKind(kind -> {
            var create = created(kind);
            var update = kind.update(create);
            assumeThat(update).as("nothing to update").isPresent();
            var there = kind.update(create).get();
            assertThat(apply(there)).isInstanceOf(Outcome.Applied.class);
            var before = read(create.key());

            // expects what is no longer so, and wants something else than what is there
            var late = new Operation.Update(create.key(), there.before(), there.before());
            assertThat(late.after().holdsIn(((EntryState.Present) before).content()))
                    .isFalse();

            assertThat(apply(late)).isEqualTo(new Outcome.Conflict(create.key(), before));
            assertThat(read(create.key())).isEqualTo(before);
        });
    }

    @TestFactory
    Stream<DynamicTest> anUpdateOfNothingIsAConflict() {
        return eachKind(kind -> {
            var create = prepared(kind, fresh());
            var update = kind.update(create);
            assumeThat(update).as("nothing to update").isPresent();

            assertThat(apply(update.get())).isEqualTo(new Outcome.Conflict(create.key(), EntryState.ABSENT));

            assertThat(read(create.key())).isEqualTo(EntryState.ABSENT);
        });
    }

    @TestFactory
    Stream<DynamicTest> aDeleteTakesTheEntryOutOfUse() {
        return eachKind(kind -> {
            var create = created(kind);

            assertThat(apply(new Operation.Delete(create.key(), create.after(), Removal.RETIRE))
                            .done())
                    .isTrue();

            var state = read(create.key());
            assertThat(state).isInstanceOf(kind.retires() ? EntryState.Retired.class : EntryState.Absent.class);
        });
    }

    @TestFactory
    Stream<DynamicTest> aDeleteOfWhatAnOutsiderChangedIsAConflict() {
        return eachKind(kind -> {
            var create = created(kind);
            var update = kind.update(create);
            assumeThat(update).as("nothing to change").isPresent();
            kind.outsiderSets(create.key(), update.get().after());
            var before = read(create.key());

            var outcome = apply(new Operation.Delete(create.key(), create.after(), Removal.REMOVE_IF_EMPTY));

            assertThat(outcome).isEqualTo(new Outcome.Conflict(create.key(), before));
            assertThat(read(create.key())).isEqualTo(before);
        });
    }

    @TestFactory
    Stream<DynamicTest> aRemovalOfAnotherIncarnationIsAConflict() {
        return eachKind(kind -> {
            assumeThat(kind.hasIncarnations()).isTrue();
            var create = created(kind);
            var before = read(create.key());

            var removal = new Operation.Delete(create.key(), create.after(), Removal.REMOVE_IF_EMPTY);
            var outcome = apply(List.of(removal), Map.of(create.key(), "another-" + incarnation(before)));

            assertThat(outcome).containsExactly(new Outcome.Conflict(create.key(), before));
            assertThat(read(create.key())).isEqualTo(before);
        });
    }

    @TestFactory
    Stream<DynamicTest> aRemovalOfTheExpectedIncarnationGoesAhead() {
        return eachKind(kind -> {
            var create = created(kind);
            var before = read(create.key());

            var removal = new Operation.Delete(create.key(), create.after(), Removal.REMOVE_IF_EMPTY);
            var outcome = apply(List.of(removal), Map.of(create.key(), incarnation(before)));

            assertThat(outcome).allMatch(Outcome::done);
            assertThat(read(create.key()))
                    .isInstanceOf(kind.removes() ? EntryState.Absent.class : EntryState.Retired.class);
        });
    }
}
