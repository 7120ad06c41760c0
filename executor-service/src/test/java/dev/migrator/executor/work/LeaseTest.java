package dev.migrator.executor.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.core.lifecycle.Effect;
import dev.migrator.kit.testkit.Desk;
import dev.migrator.kit.worker.Task;
import dev.migrator.target.TargetException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The right to write, and the wait before it is used. Time is what the test says. */
class LeaseTest {
    @TempDir
    Path folder;

    private final AtomicReference<Duration> sinceConfirmed = new AtomicReference<>(Duration.ZERO);
    private final AtomicReference<Duration> heldFor = new AtomicReference<>(Duration.ZERO);
    private final AtomicBoolean owned = new AtomicBoolean(true);
    private Task task;

    @BeforeEach
    void takeTask() {
        var any = new Desk(folder).task(new Effect.Command(Commands.check(1, 1)));
        task = new Task(
                any.topic(),
                any.partition(),
                any.offset(),
                any.key(),
                any.value(),
                any.headers(),
                any.attempt(),
                owned::get,
                heldFor::get);
    }

    @Test
    void whoWasConfirmedAMomentAgoMayWrite() {
        var guard = new Lease(sinceConfirmed::get).guard(task);

        sinceConfirmed.set(Lease.TIME.minusMillis(1));

        assertThatCode(guard::check).doesNotThrowAnyException();
    }

    @Test
    void whoWakesAfterTheLeaseStartsNoCall() {
        var guard = new Lease(sinceConfirmed::get).guard(task);

        sinceConfirmed.set(Lease.TIME);

        assertThatThrownBy(guard::check)
                .isInstanceOf(TargetException.Fenced.class)
                .hasMessageContaining("WRK-LEASE");
    }

    @Test
    void whoWasToldThatThePartitionIsGoneStartsNoCallThoughConfirmedJustNow() {
        var guard = new Lease(sinceConfirmed::get).guard(task);

        owned.set(false);

        assertThatThrownBy(guard::check).isInstanceOf(TargetException.Fenced.class);
    }

    @Test
    void theLeaseIsOverBeforeTheBrokerGivesThePartitionToAnother() {
        assertThat(Lease.TIME).isLessThan(Duration.ofSeconds(6));
    }

    @Test
    void aPartitionThatIsHeldForLongEnoughIsWorkedOnAtOnce() {
        heldFor.set(Duration.ofSeconds(30));

        assertThatCode(() -> new Takeover(Duration.ofSeconds(30)).await(task)).doesNotThrowAnyException();
    }

    @Test
    void aPartitionJustTakenOverIsWorkedOnOnceACallOfTheFormerHolderCannotLandAnyMore() throws Exception {
        var asked = new AtomicInteger();
        var timed = withHeldFor(() -> Duration.ofSeconds(asked.getAndIncrement()));

        new Takeover(Duration.ofSeconds(2)).await(timed);

        assertThat(asked).hasValue(3);
    }

    @Test
    void aPartitionThatIsLostWhileWaitingIsLeftAlone() {
        owned.set(false);

        assertThatThrownBy(() -> new Takeover(Duration.ofSeconds(30)).await(task))
                .isInstanceOf(TargetException.Fenced.class);
    }

    private Task withHeldFor(java.util.function.Supplier<Duration> time) {
        return new Task(
                task.topic(),
                task.partition(),
                task.offset(),
                task.key(),
                task.value(),
                task.headers(),
                task.attempt(),
                owned::get,
                time);
    }
}
