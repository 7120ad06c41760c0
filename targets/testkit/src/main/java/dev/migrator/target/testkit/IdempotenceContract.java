package dev.migrator.target.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Outcome;
import dev.migrator.core.plan.Removal;
import dev.migrator.target.TargetException;
import dev.migrator.target.WriteGuard;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Applying twice is applying once, also when the first answer was lost. */
public abstract class IdempotenceContract extends TargetContract {
    @TestFactory
    Stream<DynamicTest> creatingTwiceIsCreatingOnce() {
        return eachKind(kind -> {
            var create = created(kind);
            var once = read(create.key());

            assertThat(apply(create)).isEqualTo(new Outcome.AlreadyApplied(create.key(), incarnation(once)));

            assertThat(read(create.key())).isEqualTo(once);
        });
    }

    @TestFactory
    Stream<DynamicTest> updatingTwiceIsUpdatingOnce() {
        return eachKind(kind -> {
            var create = created(kind);
            var update = kind.update(create);
            assumeThat(update).as("nothing to update").isPresent();
            assertThat(apply(update.get())).isInstanceOf(Outcome.Applied.class);
            var once = read(create.key());

            assertThat(apply(update.get())).isEqualTo(new Outcome.AlreadyApplied(create.key(), incarnation(once)));

            assertThat(read(create.key())).isEqualTo(once);
        });
    }

    @TestFactory
    Stream<DynamicTest> retiringTwiceIsRetiringOnce() {
        return eachKind(kind -> {
            var create = created(kind);
            var delete = new Operation.Delete(create.key(), create.after(), Removal.RETIRE);
            assertThat(apply(delete).done()).isTrue();
            var once = read(create.key());

            assertThat(apply(delete)).isInstanceOf(Outcome.AlreadyApplied.class);

            assertThat(read(create.key())).isEqualTo(once);
        });
    }

    @TestFactory
    Stream<DynamicTest> removingTwiceIsRemovingOnce() {
        return eachKind(kind -> {
            var create = created(kind);
            var removal = create.inverse();
            assertThat(apply(removal).done()).isTrue();
            var once = read(create.key());

            assertThat(apply(removal).done()).isTrue();

            assertThat(read(create.key())).isEqualTo(once);
        });
    }

    @TestFactory
    Stream<DynamicTest> aWriteWhoseAnswerWasLostIsFoundAfterSettling() {
        return eachKind(kind -> {
            var creates = prepared(kind, List.of(fresh(), fresh(), fresh()));
            settle();
            var losing = new FaultyTarget(writer(), _ -> FaultyTarget.Fault.LOSE_ANSWER);
            Assertions.assertThatThrownBy(() -> losing.apply(List.copyOf(creates), Map.of(), WriteGuard.ALWAYS))
                    .isInstanceOf(TargetException.Unavailable.class);

            assertThat(apply(creates)).hasSize(3).allMatch(outcome -> outcome instanceof Outcome.AlreadyApplied);
        });
    }

    @TestFactory
    Stream<DynamicTest> aCallThatTookEffectInPartIsCompletedByRepeatingIt() {
        return eachKind(kind -> {
            var creates = prepared(kind, List.of(fresh(), fresh(), fresh(), fresh()));
            settle();
            var losing = new FaultyTarget(writer(), _ -> FaultyTarget.Fault.PARTIAL_EFFECT);
            Assertions.assertThatThrownBy(() -> losing.apply(List.copyOf(creates), Map.of(), WriteGuard.ALWAYS))
                    .isInstanceOf(TargetException.Unavailable.class);

            assertThat(apply(creates))
                    .hasSize(4)
                    .allMatch(Outcome::done)
                    .hasAtLeastOneElementOfType(Outcome.AlreadyApplied.class)
                    .hasAtLeastOneElementOfType(Outcome.Applied.class);
            var states = readAll(creates);
            creates.forEach(create -> assertHolds(states.get(create.key()), create));
        });
    }
}
