package dev.migrator.target.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.migrator.core.error.Problem;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Outcome;
import dev.migrator.core.plan.Removal;
import dev.migrator.target.TargetException;
import dev.migrator.target.WriteGuard;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * A target may need several calls for one entry, and the process may die between any two of them: doing the operation
 * again completes it, and its inverse undoes it. Cut by a guard that ends the work at every call that writes, in turn.
 */
public abstract class InterruptionContract extends TargetContract {
    /** More calls than any target makes for one entry. */
    private static final int MOST_CALLS = 20;

    /** Makes what the operation starts from, and the operation. */
    private interface Start {
        Operation from(Operation.Create create) throws Exception;
    }

    @TestFactory
    Stream<DynamicTest> aCreateCutOffAnywhereIsCompletedByRepeatingIt() {
        return eachKind(kind -> completes(kind, create -> create));
    }

    @TestFactory
    Stream<DynamicTest> anUpdateCutOffAnywhereIsCompletedByRepeatingIt() {
        return eachKind(kind -> completes(kind, create -> updateOf(kind, create)));
    }

    @TestFactory
    Stream<DynamicTest> aDeleteCutOffAnywhereIsCompletedByRepeatingIt() {
        return eachKind(kind -> completes(kind, this::deleteOf));
    }

    @TestFactory
    Stream<DynamicTest> aCreateCutOffAnywhereIsUndoneByItsInverse() {
        return eachKind(kind -> undoes(kind, create -> create));
    }

    @TestFactory
    Stream<DynamicTest> anUpdateCutOffAnywhereIsUndoneByItsInverse() {
        return eachKind(kind -> undoes(kind, create -> updateOf(kind, create)));
    }

    @TestFactory
    Stream<DynamicTest> aDeleteCutOffAnywhereIsUndoneByItsInverse() {
        return eachKind(kind -> {
            assumeThat(kind.revives()).isTrue();
            undoes(kind, this::deleteOf);
        });
    }

    @TestFactory
    Stream<DynamicTest> anUndoingCutOffAnywhereIsCompletedByRepeatingIt() {
        return eachKind(kind -> {
            assumeThat(kind.revives()).isTrue();
            completes(kind, create -> {
                assertThat(apply(create).done()).isTrue();
                return create.inverse();
            });
            completes(kind, create -> {
                var delete = deleteOf(create);
                assertThat(apply(delete).done()).isTrue();
                return delete.inverse();
            });
        });
    }

    private Operation updateOf(KindHarness kind, Operation.Create create) throws TargetException {
        var update = kind.update(create);
        assumeThat(update).as("nothing to update").isPresent();
        assertThat(apply(create).done()).isTrue();
        return update.get();
    }

    private Operation deleteOf(Operation.Create create) throws TargetException {
        assertThat(apply(create).done()).isTrue();
        return new Operation.Delete(create.key(), create.after(), Removal.RETIRE);
    }

    private void completes(KindHarness kind, Start start) throws Exception {
        boolean cut = true;
        for (int calls = 0; cut; calls++) {
            var operation = start.from(prepared(kind, fresh()));
            cut = cutOff(operation, calls);

            assertThat(apply(operation)).as("after %d calls", calls).matches(Outcome::done, "completed");
            assertDone(operation);
        }
    }

    private void undoes(KindHarness kind, Start start) throws Exception {
        boolean cut = true;
        for (int calls = 0; cut; calls++) {
            var operation = start.from(prepared(kind, fresh()));
            var before = read(operation.key());
            cut = cutOff(operation, calls);

            assertThat(apply(operation.inverse())).as("after %d calls", calls).matches(Outcome::done, "undone");
            var after = read(operation.key());
            if (before.exists()) {
                assertThat(after).as("after %d calls", calls).isEqualTo(before);
            } else {
                assertOutOfUse(after);
            }
        }
    }

    /** @return whether the operation was cut off, having made that many calls that write */
    private boolean cutOff(Operation operation, int calls) throws TargetException {
        assertThat(calls).as("calls for one entry").isLessThan(MOST_CALLS);
        settle();
        var left = new int[] {calls};
        WriteGuard guard = () -> {
            if (left[0]-- == 0) {
                throw new TargetException.Fenced(Problem.of("WRK-FENCED", "the lease is lost"));
            }
        };
        try {
            var outcomes = writer().apply(List.of(operation), Map.of(), guard);
            assertThat(outcomes).allMatch(Outcome::done);
            return false;
        } catch (TargetException.Fenced _) {
            return true;
        }
    }

    private void assertDone(Operation operation) throws TargetException {
        var state = read(operation.key());
        switch (operation) {
            case Operation.Create create -> assertHolds(state, create);
            case Operation.Update update ->
                assertThat(update.after().holdsIn(((EntryState.Present) state).content()))
                        .isTrue();
            case Operation.Delete _ -> assertOutOfUse(state);
        }
    }
}
