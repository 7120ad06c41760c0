package dev.migrator.core.fleet;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.lifecycle.MigrationState;
import dev.migrator.core.lifecycle.MigrationStatus;
import java.time.Instant;
import java.util.Optional;

/**
 * The newest that a migration of a run has said.
 *
 * @param sequence of that status
 * @param waitsFor in brief, empty once somebody else's change stands in its place or it has ended
 * @param since when it came to this state
 */
record Seen(
        long sequence,
        MigrationState state,
        boolean ended,
        Optional<Digest> planDigest,
        String waitsFor,
        Instant since) {
    static Seen of(MigrationStatus status, Optional<Seen> before) {
        var since = before.filter(seen -> seen.state() == status.state())
                .map(Seen::since)
                .orElse(status.updatedAt());
        // what it waits for after its end is a matter of holds, and no business of the run
        return new Seen(
                status.sequence(),
                status.state(),
                status.ended(),
                status.planDigest(),
                status.ended() ? "" : Briefly.of(status.waitsFor()),
                since);
    }

    /** The same, waiting for nothing that is the run's business. */
    Seen quiet() {
        return new Seen(sequence, state, ended, planDigest, "", since);
    }

    boolean isGood() {
        return state == MigrationState.SUCCEEDED || state == MigrationState.NO_CHANGES;
    }
}
