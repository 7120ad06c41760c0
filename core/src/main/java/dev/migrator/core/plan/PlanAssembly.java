package dev.migrator.core.plan;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.environment.Environment;
import dev.migrator.core.environment.TargetConfig;
import dev.migrator.core.error.Finding;
import dev.migrator.core.error.Problem;
import dev.migrator.core.inventory.InventoryChange;
import dev.migrator.core.kinds.DependencyOrder;
import dev.migrator.core.kinds.DesiredCheck;
import dev.migrator.core.kinds.Kinds;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.settings.Rollout;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * Makes the plan out of steps, whoever asked for them: bounds them, puts them in order, cuts them into phases.
 *
 * @param asked digest of the bundle or document that the steps come from
 * @param states as the targets hold them
 * @param inventory what becomes known, in any order
 * @param findings takes what stands in the way
 * @param rollout in which steps it is done; empty where none is declared
 */
record PlanAssembly(
        Environment environment,
        Digest asked,
        Digest policy,
        PlanLimits limits,
        Map<EntryKey, EntryState> states,
        TreeMap<EntryKey, Step> steps,
        List<InventoryChange> inventory,
        Findings findings,
        Optional<Rollout> rollout) {
    private static final int MAX_CYCLES = 100;

    /** Of steps that come from no bundle: no rollout speaks of them. */
    PlanAssembly(
            Environment environment,
            Digest asked,
            Digest policy,
            PlanLimits limits,
            Map<EntryKey, EntryState> states,
            TreeMap<EntryKey, Step> steps,
            List<InventoryChange> inventory,
            Findings findings) {
        this(environment, asked, policy, limits, states, steps, inventory, findings, Optional.empty());
    }

    /** What the steps themselves warn of, and where they would lock the executor out. */
    void judgeSteps() {
        steps.values()
                .forEach(step -> step.assessment()
                        .warnings()
                        .forEach(warning -> findings.warn(
                                step.entry().resource(),
                                Problem.of("PLN-CAUTION", warning)
                                        .about(step.key().toString()))));
        environment.targets().forEach(this::lockOut);
    }

    /** Judged only where it is declared whom the executor is to the target. */
    private void lockOut(TargetConfig target) {
        target.principal()
                .ifPresent(principal -> LockOut.in(target, principal, steps, states)
                        .forEach((key, problem) ->
                                findings.stop(steps.get(key).entry().resource(), problem)));
    }

    /**
     * @param needs what goes before each entry, for every step and whatever lies between two of them
     * @param titles who speaks of an entry, for people; those that are missing are named by their keys
     * @param reads what the plan depends on and does not write
     * @param unchanged desired entries that the targets hold already
     */
    PlanResult assembled(
            SortedMap<EntryKey, SortedSet<EntryKey>> needs,
            Map<EntryKey, String> titles,
            List<DesiredCheck> checks,
            Collection<EntryKey> reads,
            List<ApprovalNeed> approvals,
            int unchanged) {
        if (steps.size() > limits.maxOperations()) {
            findings.add(Finding.error(Problem.of("PLN-TOO-LARGE", "the plan has too many operations")
                    .expected("at most " + limits.maxOperations())
                    .found(String.valueOf(steps.size()))
                    .todo("migrate in several steps")));
        }
        var order = new DependencyOrder(needs, steps::containsKey);
        order.cycles(MAX_CYCLES).forEach(cycle -> findings.add(Finding.error(circle(cycle, titles))));
        var bounded = findings.bounded();
        if (findings.stops()) {
            return new PlanResult.Rejected(bounded);
        }
        var staging = Staging.of(environment, rollout);
        var phases = new Phases(steps, needs, order, Kinds.standard(), limits, staging).of(checks);
        var operations = steps.values().stream().map(Step::operation).toList();
        var plan = new Plan(
                environment.name(),
                asked,
                policy,
                StateHash.of(StateHash.pairs(operations), states),
                phases,
                List.copyOf(reads),
                bounded.stream().map(Findings::sentence).toList(),
                inventory.stream()
                        .sorted(Comparator.comparing(InventoryChange::key).thenComparing(InventoryChange::uid))
                        .toList(),
                approvals);
        return new PlanResult.Planned(plan, unchanged, bounded);
    }

    private static Problem circle(List<EntryKey> cycle, Map<EntryKey, String> titles) {
        var chain = new ArrayList<>(cycle.stream().map(EntryKey::toString).toList());
        chain.add(chain.getFirst());
        return Problem.of("PLN-CYCLE", "entries depend on each other in a circle")
                .about(titles.getOrDefault(cycle.getFirst(), chain.getFirst()))
                .expected("dependencies without a way back")
                .found(String.join(" -> ", chain));
    }
}
