package dev.migrator.core.plan;

import dev.migrator.core.environment.Environment;
import dev.migrator.core.kinds.Desired;
import dev.migrator.core.kinds.Kinds;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.model.Resource;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** How much of each kind is managed: what a share of it can be taken of. */
public final class ManagedCounts {
    private ManagedCounts() {}

    /**
     * Entries that were there before the plan and that the bundle speaks of, or that the plan writes, by entry kind.
     *
     * @param states as the plan was made from
     */
    public static SortedMap<String, Integer> of(
            Environment environment, List<Resource> resources, Map<EntryKey, EntryState> states, Plan plan) {
        var targets = Targets.of(environment, resources);
        var keys = new TreeSet<>(
                Desired.of(Kinds.standard(), resources, targets).entries().keySet());
        keys.addAll(plan.written());
        var counts = new TreeMap<String, Integer>();
        keys.stream()
                .filter(key -> states.getOrDefault(key, EntryState.ABSENT).exists())
                .forEach(key -> counts.merge(key.kind(), 1, Integer::sum));
        return counts;
    }
}
