package dev.migrator.cli.direct;

import dev.migrator.core.bundle.Bundle;
import dev.migrator.core.environment.Environment;
import dev.migrator.core.environment.Environments;
import dev.migrator.core.environment.TargetConfig;
import dev.migrator.core.impact.Surroundings;
import dev.migrator.core.inventory.Inventory;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.model.LabelSelector;
import dev.migrator.core.plan.ManagedCounts;
import dev.migrator.core.plan.Plan;
import dev.migrator.core.plan.PlanInput;
import dev.migrator.core.plan.PlanLimits;
import dev.migrator.core.plan.PlanResult;
import dev.migrator.core.plan.Planner;
import dev.migrator.core.plan.Policy;
import dev.migrator.policy.Policies;
import dev.migrator.policy.Subject;
import dev.migrator.target.Capability;
import dev.migrator.target.Survey;
import dev.migrator.target.TargetException;
import dev.migrator.target.WholeKinds;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Plans as the planner service does, from what is read here and now. */
public final class DirectPlan {
    private DirectPlan() {}

    /** What only the services can say, so that nobody takes its absence for consent. */
    public static List<String> notChecked(boolean withPolicies) {
        return List.of(
                "the target's own dry run",
                withPolicies ? "where the bundle succeeded before, and evidence about it" : "policies",
                "holds of rolled-back changes",
                "the inventory: what was applied before, and whether others changed it since");
    }

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
     * @param policies that judge the plan as the services would, here and now; empty for none
     * @throws TargetException if a target that the bundle names cannot be read
     */
    public static PlanResult of(
            Bundle bundle, DirectEnvironment source, Optional<LabelSelector> selector, Optional<Policies> policies)
            throws TargetException {
        var environment = source.environment();
        var resolved = bundle.resolve(environment.name()).on(LocalDate.now(ZoneOffset.UTC));
        if (resolved.stops()) {
            return new PlanResult.Rejected(resolved.findings());
        }
        var keys = Planner.keysToRead(environment, resolved.resources(), Inventory.NOT_KEPT, Set.of(), selector);
        if (keys.stops()) {
            return new PlanResult.Rejected(keys.findings());
        }
        Map<EntryKey, EntryState> states = new TreeMap<>();
        Map<String, Set<String>> capabilities = new TreeMap<>();
        Map<String, Integer> batchSizes = new TreeMap<>();
        for (var wanted : keys.byTarget().entrySet()) {
            TargetConfig target = environment.target(wanted.getKey()).orElseThrow();
            batchSizes.put(target.name(), source.provider(target).batchSize());
            try (var reader = source.open(target)) {
                states.putAll(LiveState.read(reader, WholeKinds.with(keys, target.name(), reader)));
                capabilities.put(
                        target.name(),
                        reader.capabilities().stream()
                                .map(Capability::name)
                                .collect(Collectors.toCollection(TreeSet::new)));
            }
        }
        var policy = Policy.of(environment);
        var result = Planner.plan(new PlanInput(
                        environment,
                        resolved.resources(),
                        bundle.digest(),
                        states,
                        capabilities,
                        PlanLimits.ofBatchSize(PlanLimits.MOST_IN_A_BATCH).byTarget(batchSizes),
                        policies.map(rules -> policy.governedBy(rules.digest(environment)))
                                .orElse(policy)
                                .digest())
                .selecting(selector)
                .rollingOut(resolved.rollout()));
        return policies.isPresent() && result instanceof PlanResult.Planned planned
                ? judged(planned, policies.get(), bundle, environment, states, selector)
                : result;
    }

    private static PlanResult judged(
            PlanResult.Planned planned,
            Policies policies,
            Bundle bundle,
            Environment environment,
            Map<EntryKey, EntryState> states,
            Optional<LabelSelector> selector) {
        var resources = bundle.resolve(environment.name()).resources().stream()
                .filter(resource -> selector.isEmpty() || selector.get().selects(resource))
                .toList();
        var subject = Subject.of(new Environments(List.of(environment)), environment, bundle.digest(), resources)
                .planned(planned.plan(), ManagedCounts.of(environment, resources, states, planned.plan()));
        var judgement = policies.judge(subject, Instant.now(), () -> false);
        return judgement.refuses()
                ? new PlanResult.Rejected(judgement.findings())
                : new PlanResult.Planned(
                        planned.plan().judged(judgement.warnings(), judgement.approvals()),
                        planned.unchanged(),
                        planned.findings());
    }
}
