package dev.migrator.verifier.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Operation;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class StateVerificationTest {
    private final EntryKey orders = new EntryKey("kafka", "topic", "orders");
    private final Operation update = new Operation.Update(orders, retention("7"), retention("1"));
    private final Queue<EntryState> shown = new ArrayDeque<>();
    private final FakeClock clock = new FakeClock();

    @Test
    void whatShowsLateIsStillVerified() throws Exception {
        shown.addAll(List.of(present("7"), present("7"), present("1")));

        var result = verification(Duration.ofSeconds(5)).verify(List.of(update));

        assertThat(result.problems()).isEmpty();
        assertThat(result.readings()).isEqualTo(3);
    }

    // fluxcd/flagger#1801: after how many looks an entry counts as wrong; what follows then is in core's
    // FailingLimitsTest
    @Test
    void whatNeverShowsIsReportedOncePatienceIsOver() throws Exception {
        for (int i = 0; i < 100; i++) {
            shown.add(present("7"));
        }

        var result = verification(Duration.ofSeconds(2)).verify(List.of(update));

        assertThat(result.problems())
                .singleElement()
                .satisfies(p -> assertThat(p.found()).contains("\"7\""));
        assertThat(clock.now).isGreaterThanOrEqualTo(Duration.ofSeconds(2).toNanos());
    }

    @Test
    void aThirdStateIsReportedAfterTheSecondLookWithoutWaitingForPatience() throws Exception {
        for (int i = 0; i < 100; i++) {
            shown.add(present("3"));
        }

        var result = verification(Duration.ofMinutes(5)).verify(List.of(update));

        assertThat(result.problems()).hasSize(1);
        assertThat(result.readings()).isEqualTo(2);
    }

    @Test
    void aThirdStateThatWasOnlyPassingIsNoProblem() throws Exception {
        shown.addAll(List.of(present("3"), present("1")));

        assertThat(verification(Duration.ofSeconds(5)).verify(List.of(update)).problems())
                .isEmpty();
    }

    private StateVerification verification(Duration patience) {
        return new StateVerification(_ -> Map.of(orders, shown.remove()), clock, patience);
    }

    private static EntryState present(String days) {
        return new EntryState.Present(retention(days), "id-1");
    }

    private static Content retention(String days) {
        return Content.of("config.retention.ms", Value.of(days));
    }

    private static final class FakeClock implements StateVerification.Clock {
        private long now;

        @Override
        public long nanos() {
            return now;
        }

        @Override
        public void pause(Duration duration) {
            now += duration.toNanos();
        }
    }
}
