package dev.migrator.verifier.work;

import java.time.Duration;

/**
 * @param patience longest wait for what the target does not show yet, more than zero
 * @param httpTimeout bound of one HTTP check, more than zero
 */
public record VerifySettings(Duration patience, Duration httpTimeout) {
    public VerifySettings {
        if (!patience.isPositive() || !httpTimeout.isPositive()) {
            throw new IllegalArgumentException("patience and httpTimeout are more than zero");
        }
    }
}
