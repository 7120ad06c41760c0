package dev.migrator.verifier.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The verifier's own settings. */
@ConfigMapping(prefix = "verifier")
public interface VerifierConfig {
    /** Longest wait for what a target does not show yet; then it counts as not there. */
    @WithDefault("15s")
    Duration patience();

    /** Longest wait for one HTTP check. */
    @WithDefault("10s")
    Duration httpTimeout();
}
