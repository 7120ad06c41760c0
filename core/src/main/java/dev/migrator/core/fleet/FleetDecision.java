package dev.migrator.core.fleet;

import java.util.List;

/**
 * What follows from a fact.
 *
 * @param run what is known now; {@link FleetRun#isEmpty} if nothing is worth keeping
 * @param effects to be published, in this order, in the transaction that stores the run
 */
public record FleetDecision(FleetRun run, List<FleetEffect> effects) {
    public FleetDecision {
        effects = List.copyOf(effects);
    }
}
