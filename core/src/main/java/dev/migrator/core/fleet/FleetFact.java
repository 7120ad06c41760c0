package dev.migrator.core.fleet;

import dev.migrator.core.lifecycle.MigrationStatus;
import java.time.Instant;
import java.util.Optional;

/** What can happen to a run of a fleet. */
public sealed interface FleetFact {
    /**
     * Time has come to this, whatever else happened.
     *
     * @param last the host's tick before, empty for its first: only between ticks that follow each other closely does silence
     *     count, as an outage says nothing of anybody
     */
    record Tick(Instant now, Optional<Instant> last) implements FleetFact {}

    sealed interface OfRun extends FleetFact {
        FleetId id();
    }

    record Requested(FleetRequest request) implements OfRun {
        @Override
        public FleetId id() {
            return request.id();
        }
    }

    /** A person wants no further wave to begin. */
    record StopOrdered(FleetId id, String by, String reason) implements OfRun {}

    /** A migration that names the run has come to this. */
    record ChildSeen(FleetId id, MigrationStatus status) implements OfRun {}
}
