package dev.migrator.core.plan;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.environment.Environment;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.model.Resource;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Everything that a plan is made from.
 *
 * @param resources of a valid bundle, in any order
 * @param states what the settled targets hold, for every key of {@link Planner#keysToRead}; one that is missing was not
 *     read, and stops
 * @param capabilities by logical target name, names as in {@link dev.migrator.core.kinds.KindRules}; a target that is
 *     missing was not asked, and stops
 */
public record PlanInput(
        Environment environment,
        List<Resource> resources,
        Digest bundleDigest,
        Map<EntryKey, EntryState> states,
        Map<String, Set<String>> capabilities,
        PlanLimits limits,
        Digest policyDigest) {
    public PlanInput {
        resources = List.copyOf(resources);
        states = Map.copyOf(states);
        capabilities = Map.copyOf(capabilities);
    }
}
