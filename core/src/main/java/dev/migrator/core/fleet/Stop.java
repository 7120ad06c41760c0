package dev.migrator.core.fleet;

import dev.migrator.core.error.Problem;
import java.time.Instant;
import java.util.Optional;

/**
 * No further wave begins.
 *
 * @param by who ordered it, empty if a migration failed
 * @param reason of the person, may be empty
 * @param cause what was known against that migration when it stopped the run; it may say something better later
 */
record Stop(Optional<String> by, String reason, Instant at, Optional<Problem> cause) {}
