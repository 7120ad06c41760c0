package dev.migrator.core.fleet;

import java.time.Instant;
import java.util.Optional;

/**
 * No further wave begins.
 *
 * @param by who ordered it, empty if a migration failed
 * @param reason of the person, may be empty
 */
record Stop(Optional<String> by, String reason, Instant at) {}
