package dev.migrator.engine;

import java.time.Duration;

/**
 * Bounds of the engine's patience.
 *
 * @param patience how long one command may go on trying before it is given back; more than zero
 * @param settleTimeout bound of one {@code settle}
 * @param firstWait bound of the first wait before a retry; more than zero
 * @param longestWait bound of every wait, at least {@code firstWait}
 * @param settledFor how long a settled target is taken to be still settled when this engine wrote nothing for the same
 *     migration in between; zero settles before every batch
 * @param doubtfulRounds how often an entry that gives no clear answer is asked again, while its target does answer,
 *     before it counts as failed; at least 1
 */
public record EngineSettings(
        Duration patience,
        Duration settleTimeout,
        Duration firstWait,
        Duration longestWait,
        Duration settledFor,
        int doubtfulRounds) {
    public static final EngineSettings DEFAULT = new EngineSettings(
            Duration.ofSeconds(60),
            Duration.ofSeconds(60),
            Duration.ofMillis(200),
            Duration.ofSeconds(10),
            Duration.ofSeconds(5),
            5);

    public EngineSettings {
        if (!patience.isPositive() || !settleTimeout.isPositive() || !firstWait.isPositive()) {
            throw new IllegalArgumentException("patience, settleTimeout and firstWait are more than zero");
        }
        if (longestWait.compareTo(firstWait) < 0 || settledFor.isNegative() || doubtfulRounds < 1) {
            throw new IllegalArgumentException(
                    "longestWait is at least firstWait, settledFor not negative, doubtfulRounds at least 1");
        }
    }

    /** The same with another patience. */
    EngineSettings patient(Duration other) {
        return new EngineSettings(other, settleTimeout, firstWait, longestWait, settledFor, doubtfulRounds);
    }
}
