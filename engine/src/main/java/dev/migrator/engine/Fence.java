package dev.migrator.engine;

import dev.migrator.core.lifecycle.MigrationId;
import dev.migrator.core.lifecycle.Position;

/** Tells a command that was delivered again, or late, from the one that counts. */
@FunctionalInterface
public interface Fence {
    /**
     * Whether no newer command of this migration was ever issued.
     *
     * @throws EngineUnavailable if that cannot be found out now; unknown counts as "no"
     */
    boolean isNewest(MigrationId id, Position position) throws EngineUnavailable;
}
