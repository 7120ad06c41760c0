package dev.migrator.kit;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Wait before a retry: exponential, full jitter (M. Brooker, "Exponential Backoff And Jitter", 2015).
 *
 * @param base bound of the first wait, at least 1 ms
 * @param cap bound of every wait, at least {@code base}
 */
public record Backoff(Duration base, Duration cap) {
    /** For remote parts that may be away for minutes: 0.2 s, doubling up to 10 s. */
    public static final Backoff DEFAULT = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(10));

    public Backoff {
        if (base.toMillis() < 1 || cap.compareTo(base) < 0) {
            throw new IllegalArgumentException("expected 1 ms <= base <= cap, found " + base + " and " + cap);
        }
    }

    /**
     * @param attempt 1 for the first retry
     * @return drawn evenly from 1 ms to {@code min(cap, base * 2^(attempt - 1))}
     */
    public Duration before(int attempt, RandomGenerator random) {
        if (attempt < 1) {
            throw new IllegalArgumentException("attempts count from 1, found " + attempt);
        }
        int doublings = Math.min(attempt - 1, 30);
        long bound = Math.min(cap.toMillis(), base.toMillis() << doublings);
        return Duration.ofMillis(random.nextLong(1, Math.max(2, bound + 1)));
    }
}
