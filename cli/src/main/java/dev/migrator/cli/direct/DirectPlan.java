package dev.migrator.cli.direct;

import dev.migrator.core.bundle.Bundle;
import dev.migrator.core.environment.TargetConfig;
import dev.migrator.core.impact.Surroundings;
import dev.migrator.core.inventory.Inventory;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.model.LabelSelector;
import dev.migrator.core.plan.Plan;
import dev.migrator.core.plan.PlanInput;
import dev.migrator.core.plan.PlanLimits;
import dev.migrator.core.plan.PlanResult;
import dev.migrator.core.plan.Planner;
import dev.migrator.core.plan.Policy;
import dev.migrator.target.Capability;
import dev.migrator.target.Survey;
import dev.migrator.target.TargetException;
import dev.migrator.target.WholeKinds;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Plans as the planner service does, from what is read here and now. */
public final class DirectPlan {
    /** What only the services can say, so that nobody takes its absence for consent. */
    public static final List<String> NOT_CHECKED = List.of(
            "the target's own dry run",
            "policies",
            "holds of rolled-back changes",
            "the inventory: what was applied before, and whether others changed it since");

    private DirectPlan() {}

    /** What is seen around a plan that was made since then; what cannot be read is told and throws nothing. */
    public static Surroundings around(
            Bundle bundle,
            DirectEnvironment source,
            Plan plan,
            int unchanged,
            Instant since,
            Optional<LabelSelector> selector) {
        var resolved = bundle.resolve(source.environment().name());
        var keys =
                Planner.keysToRead(source.environment(), resolved.resources(), Inventory.NOT_KEPT, Set.of(), selector);
        return new Survey(new DirectReaders(source)).around(plan, unchanged, keys, since, Instant.now());
    }

    /**
     * @param selector of a part of the bundle, empty for all of it
     * @throws TargetException if a target that the bundle names cannot be read
     */
    public static PlanResult of(Bundle bundle, DirectEnvironment source, Optional<LabelSelector> selector)
            throws TargetException {
        var environment = source.environment();
        var resolved = bundle.resolve(environment.name());
        if (resolved.stops()) {
            return new PlanResult.Rejected(resolved.findings());
        }
        var keys = Planner.keysToRead(environment, resolved.resources(), Inventory.NOT_KEPT, Set.of(), selector);
        if (keys.stops()) {
            return new PlanResult.Rejected(keys.findings());
        }
        Map<EntryKey, EntryState> states = new TreeMap<>();
        Map<String, Set<String>> capabilities = new TreeMap<>();
        for (var wanted : keys.byTarget().entrySet()) {
            TargetConfig target = environment.target(wanted.getKey()).orElseThrow();
            try (var reader = source.open(target)) {
                states.putAll(LiveState.read(reader, WholeKinds.with(keys, target.name(), reader)));
                capabilities.put(
                        target.name(),
                        reader.capabilities().stream()
                                .map(Capability::name)
                                .collect(Collectors.toCollection(TreeSet::new)));
            }
        }
        return Planner.plan(new PlanInput(
                        environment,
                        resolved.resources(),
                        bundle.digest(),
                        states,
                        capabilities,
                        PlanLimits.STANDARD,
                        Policy.of(environment).digest())
                .selecting(selector));
    }
}
