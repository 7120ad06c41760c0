package dev.migrator.core.plan;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.environment.DriftDecision;
import dev.migrator.core.environment.Environment;
import dev.migrator.core.inventory.Inventory;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.model.LabelSelector;
import dev.migrator.core.model.Resource;
import dev.migrator.core.settings.Projects;
import dev.migrator.core.settings.Rollout;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Everything that a plan is made from.
 *
 * @param resources of a valid bundle, in any order
 * @param states what the settled targets hold, for every key of {@link Planner#keysToRead}; one that is missing was not
 *     read, and stops
 * @param capabilities by logical target name, names as in {@link dev.migrator.core.kinds.KindRules}; a target that is
 *     missing was not asked, and stops
 * @param inventory what the environment is known to hold; empty when nothing was ever applied or adopted, {@link
 *     Inventory#NOT_KEPT} where nobody remembers it
 * @param pruning projects whose entries are deleted when they leave the bundle
 * @param drift what to do with what others have changed
 * @param selector labels of the resources that are planned, empty for all; a part of a bundle prunes nothing
 * @param projects as the bundle declares them: how much of each may go, and who approves
 * @param rollout in which steps changes reach the environment, as the bundle declares it
 */
public record PlanInput(
        Environment environment,
        List<Resource> resources,
        Digest bundleDigest,
        Map<EntryKey, EntryState> states,
        Map<String, Set<String>> capabilities,
        PlanLimits limits,
        Digest policyDigest,
        Inventory inventory,
        Set<String> pruning,
        DriftDecision drift,
        Projects projects,
        Optional<LabelSelector> selector,
        Optional<Rollout> rollout) {
    public PlanInput {
        resources = List.copyOf(resources);
        states = Map.copyOf(states);
        capabilities = Map.copyOf(capabilities);
        Objects.requireNonNull(inventory);
        pruning = Set.copyOf(pruning);
        Objects.requireNonNull(drift);
        Objects.requireNonNull(projects);
        Objects.requireNonNull(selector);
        Objects.requireNonNull(rollout);
    }

    /** Without an inventory, nothing pruned, and with the environment's own decision on drift. */
    public PlanInput(
            Environment environment,
            List<Resource> resources,
            Digest bundleDigest,
            Map<EntryKey, EntryState> states,
            Map<String, Set<String>> capabilities,
            PlanLimits limits,
            Digest policyDigest) {
        this(
                environment,
                resources,
                bundleDigest,
                states,
                capabilities,
                limits,
                policyDigest,
                Inventory.NOT_KEPT,
                Set.of(),
                environment.drift(),
                Projects.NONE,
                Optional.empty(),
                Optional.empty());
    }

    public PlanInput knowing(Inventory known, Set<String> projectsThatPrune, DriftDecision decision) {
        return new PlanInput(
                environment,
                resources,
                bundleDigest,
                states,
                capabilities,
                limits,
                policyDigest,
                known,
                projectsThatPrune,
                decision,
                projects,
                selector,
                rollout);
    }

    public PlanInput owned(Projects declared) {
        return new PlanInput(
                environment,
                resources,
                bundleDigest,
                states,
                capabilities,
                limits,
                policyDigest,
                inventory,
                pruning,
                drift,
                declared,
                selector,
                rollout);
    }

    /** Only what resources with these labels ask for, empty for everything. */
    public PlanInput selecting(Optional<LabelSelector> some) {
        return new PlanInput(
                environment,
                resources,
                bundleDigest,
                states,
                capabilities,
                limits,
                policyDigest,
                inventory,
                pruning,
                drift,
                projects,
                some,
                rollout);
    }

    /** In the steps that the bundle declares for this environment, empty where it declares none. */
    public PlanInput rollingOut(Optional<Rollout> declared) {
        return new PlanInput(
                environment,
                resources,
                bundleDigest,
                states,
                capabilities,
                limits,
                policyDigest,
                inventory,
                pruning,
                drift,
                projects,
                selector,
                declared);
    }
}
