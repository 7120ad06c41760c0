package dev.migrator.kit.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;

class HealthTest {
    @Test
    void aProbeFollowsItsPartAndTellsOfEveryRecovery() {
        var well = new AtomicBoolean();
        var recoveries = new AtomicInteger();
        try (var probe = new Probe("part", Duration.ofMillis(5), () -> require(well), recoveries::incrementAndGet)) {
            Awaitility.await().until(() -> probe.state().found().equals("IllegalStateException"));
            assertThat(probe.state().up()).isFalse();
            well.set(true);
            Awaitility.await().until(() -> probe.state().up());
            well.set(false);
            Awaitility.await().until(() -> !probe.state().up());
            well.set(true);
            Awaitility.await().until(() -> probe.state().up());
            assertThat(recoveries).hasValue(2);
        }
    }

    @Test
    void aLookThatHangsHoldsNobodyUp() {
        try (var probe = new Probe("part", Duration.ofMillis(5), new CountDownLatch(1)::await, () -> {})) {
            assertThat(probe.state().up()).isFalse();
        }
    }

    @Test
    void aTopologyIsReadyOnlyWhileItRuns() {
        assertThat(new TopologyCheck("t", () -> "RUNNING").call().getStatus()).isEqualTo(Status.UP);
        assertThat(new TopologyCheck("t", () -> "REBALANCING").call().getStatus())
                .isEqualTo(Status.DOWN);
    }

    private static void require(AtomicBoolean well) {
        if (!well.get()) {
            throw new IllegalStateException();
        }
    }
}
