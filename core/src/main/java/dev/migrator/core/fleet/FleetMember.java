package dev.migrator.core.fleet;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.error.Problem;
import dev.migrator.core.lifecycle.MigrationId;
import dev.migrator.core.lifecycle.MigrationState;
import java.time.Instant;
import java.util.Optional;

/**
 * One environment of a run, as people see it.
 *
 * @param wave from 1
 * @param migration its id, also before it is asked for
 * @param state empty while it has not begun
 * @param waitsFor whom or what its migration waits for, empty if nothing
 * @param problem why it is not good, empty if nothing is known against it
 * @param since when its migration came to this state
 */
public record FleetMember(
        String environment,
        int wave,
        MigrationId migration,
        Optional<MigrationState> state,
        Optional<Digest> planDigest,
        String waitsFor,
        Optional<Problem> problem,
        Optional<Instant> since) {
    /** Whether this environment holds what the run brought, or needed nothing. */
    public boolean isGood() {
        return problem.isEmpty()
                && state.filter(found -> found == MigrationState.SUCCEEDED || found == MigrationState.NO_CHANGES)
                        .isPresent();
    }
}
