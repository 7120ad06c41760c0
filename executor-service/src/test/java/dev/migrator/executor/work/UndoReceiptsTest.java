package dev.migrator.executor.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.core.undo.UndoKeys;
import dev.migrator.kit.Unavailable;
import dev.migrator.kit.testkit.MemoryObjects;
import dev.migrator.target.TargetException;
import dev.migrator.target.WriteGuard;
import org.junit.jupiter.api.Test;

class UndoReceiptsTest {
    private static final String RECEIPT = UndoKeys.receipt("4be21d0", Commands.ID);

    private final MemoryObjects bucket = new MemoryObjects();
    private long nanos;
    private final UndoReceipts receipts = new UndoReceipts(bucket, () -> nanos);
    private final dev.migrator.core.plan.Plan plan = TestPlans.ofOneTopic();

    @Test
    void aNoHoldsForASecondAndAYesForGood() {
        var envelope = Commands.apply(plan, 1, 1).envelope();
        assertThat(receipts.isUndone(envelope)).isFalse();
        bucket.put(RECEIPT, new byte[] {1});

        nanos = UndoReceipts.GOOD_FOR.toNanos() - 1;
        assertThat(receipts.isUndone(envelope)).isFalse();
        nanos++;
        assertThat(receipts.isUndone(envelope)).isTrue();
        assertThat(receipts.isUndone(envelope)).isTrue();
    }

    @Test
    void whatGoesForwardAsksAndWhatGoesBackDoesNot() {
        assertThat(UndoReceipts.concerns(Commands.check(1, 1))).isTrue();
        assertThat(UndoReceipts.concerns(Commands.apply(plan, 1, 1))).isTrue();
        assertThat(UndoReceipts.concerns(Commands.close(plan, false, 1, 1))).isTrue();
        assertThat(UndoReceipts.concerns(Commands.revert(plan, 1, 1))).isFalse();
        assertThat(UndoReceipts.concerns(Commands.close(plan, true, 1, 1))).isFalse();
    }

    @Test
    void withoutTheBucketNoCallGoesForwardAndEveryOneGoesBack() throws Exception {
        bucket.goAway();

        var forward = receipts.guard(Commands.apply(plan, 1, 1), WriteGuard.ALWAYS);
        assertThatThrownBy(forward::check)
                .isInstanceOf(TargetException.Fenced.class)
                .hasMessageContaining("OBJ-UNAVAILABLE");
        assertThatThrownBy(() -> receipts.isUndone(Commands.apply(plan, 1, 1).envelope()))
                .isInstanceOf(Unavailable.class);
        assertThatCode(receipts.guard(Commands.revert(plan, 2, 2), WriteGuard.ALWAYS)::check)
                .doesNotThrowAnyException();
    }

    @Test
    void theLeaseIsAskedFirst() {
        var guard = receipts.guard(Commands.apply(plan, 1, 1), () -> {
            throw new TargetException.Fenced(dev.migrator.core.error.Problem.of("WRK-LEASE", "over"));
        });

        assertThatThrownBy(guard::check).hasMessageContaining("WRK-LEASE");
    }
}
