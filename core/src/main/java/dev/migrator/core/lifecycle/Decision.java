package dev.migrator.core.lifecycle;

import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What follows from one fact. To be stored and published together, in one transaction.
 *
 * @param environment the same object as before if nothing changed in it
 * @param facts the same object as before if nothing changed; {@link Facts#isEmpty} ones need not be stored
 * @param effects in the order in which they are to be published
 * @param wake other migrations of the environment that may be able to go on: tick them at once
 */
public record Decision(EnvironmentState environment, Facts facts, List<Effect> effects, SortedSet<MigrationId> wake) {
    public Decision {
        effects = List.copyOf(effects);
        wake = Collections.unmodifiableSortedSet(new TreeSet<>(wake));
    }
}
