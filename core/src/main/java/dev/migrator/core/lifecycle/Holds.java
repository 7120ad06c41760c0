package dev.migrator.core.lifecycle;

import dev.migrator.core.error.Problem;
import java.util.Optional;

/** Rolled back stays rolled back: its changes are held until they are changed or released. */
final class Holds {
    private Holds() {}

    /** The first hold, by migration id, that this migration's plan runs into. */
    static Optional<Problem> holding(EnvironmentState environment, MigrationId id) {
        var changes = environment.members().get(id).changes();
        for (var hold : environment.holds().entrySet()) {
            int common = hold.getValue().changes().inCommonWith(changes);
            if (common > 0) {
                return Optional.of(Problems.held(hold.getKey(), hold.getValue().since(), common, changes.size()));
            }
        }
        return Optional.empty();
    }
}
