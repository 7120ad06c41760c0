package dev.migrator.target.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.error.Problem;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Outcome;
import dev.migrator.core.plan.Removal;
import dev.migrator.target.TargetException;
import dev.migrator.target.WriteGuard;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A connector that was out of use is not the migration's that takes it into use again: no undo removes it. */
class ReturnCutOffTest {
    private static ConnectHarness harness;

    @BeforeAll
    static void open() {
        harness = new ConnectHarness();
    }

    @AfterAll
    static void close() {
        harness.close();
    }

    @Test
    void whereverTakingItIntoUseIsCutOffItIsOutOfUseAgainOnceThatIsUndone() throws Exception {
        boolean cut = true;
        for (int calls = 0; cut; calls++) {
            var create = harness.kinds().getFirst().create("return-" + UUID.randomUUID());
            assertThat(apply(create).done()).isTrue();
            var retire = new Operation.Delete(create.key(), create.after(), Removal.RETIRE);
            assertThat(apply(retire).done()).isTrue();
            cut = cutOff(create, calls);

            // as it has no id, nothing in a plan tells that it was there before
            assertThat(apply(create.inverse())).as("after %d calls", calls).matches(Outcome::done, "undone");

            assertThat(read(create.key())).as("after %d calls", calls).isInstanceOf(EntryState.Retired.class);
        }
    }

    private static boolean cutOff(Operation operation, int calls) throws TargetException {
        settle();
        var left = new int[] {calls};
        WriteGuard guard = () -> {
            if (left[0]-- == 0) {
                throw new TargetException.Fenced(Problem.of("WRK-FENCED", "the lease is lost"));
            }
        };
        try {
            var outcomes = harness.writer().apply(List.of(operation), Map.of(), guard);
            assertThat(outcomes).allMatch(Outcome::done);
            return false;
        } catch (TargetException.Fenced _) {
            return true;
        }
    }

    private static Outcome apply(Operation operation) throws TargetException {
        settle();
        return harness.writer()
                .apply(List.of(operation), Map.of(), WriteGuard.ALWAYS)
                .getFirst();
    }

    private static EntryState read(EntryKey key) throws TargetException {
        settle();
        return harness.writer().readAll(Set.of(key)).get(key);
    }

    private static void settle() throws TargetException {
        harness.writer().settle(Duration.ofSeconds(60), WriteGuard.ALWAYS);
    }
}
