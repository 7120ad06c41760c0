package dev.migrator.core.fleet;

import dev.migrator.core.error.Problem;
import dev.migrator.core.lifecycle.ChangeRequest;
import java.util.List;
import java.util.Optional;

/** Something to be published about a run of a fleet. */
public sealed interface FleetEffect {
    /** Starts the migration of one environment, or is the second publication of that. */
    record ChildAsked(ChangeRequest change) implements FleetEffect {}

    record StatusChanged(FleetStatus status) implements FleetEffect {}

    /** @param decision stable word, e.g. {@code fleet-accepted} */
    record Audited(FleetId id, String decision, String actor, Optional<Problem> problem, List<String> details)
            implements FleetEffect {}
}
