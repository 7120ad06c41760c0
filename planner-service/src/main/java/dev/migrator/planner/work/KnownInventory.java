package dev.migrator.planner.work;

import dev.migrator.core.inventory.Inventory;

/** What environments are known to hold. */
@FunctionalInterface
public interface KnownInventory {
    /**
     * Everything that was known when it was asked for.
     *
     * @throws dev.migrator.kit.Unavailable if that cannot be said: no inventory is never an empty one
     */
    Inventory current(String environment);
}
