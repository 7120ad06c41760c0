package dev.migrator.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private final Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(1));

    @Test
    void waitsGrowToTheCapAndAreDrawnEvenly() {
        var random = new SplittableRandom(1);
        long[] bounds = {100, 200, 400, 800, 1_000, 1_000};
        for (int attempt = 1; attempt <= bounds.length; attempt++) {
            long sum = 0;
            for (int i = 0; i < 1_000; i++) {
                long wait = backoff.before(attempt, random).toMillis();
                assertThat(wait).isBetween(1L, bounds[attempt - 1]);
                sum += wait;
            }
            assertThat(sum / 1_000).isBetween(bounds[attempt - 1] * 4 / 10, bounds[attempt - 1] * 6 / 10);
        }
        assertThat(backoff.before(Integer.MAX_VALUE, random)).isLessThanOrEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void whatIsOutsideTheRangeIsRefused() {
        assertThatThrownBy(() -> backoff.before(0, new SplittableRandom(1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Backoff(Duration.ZERO, Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
