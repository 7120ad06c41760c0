package dev.migrator.core.plan;

import dev.migrator.core.kinds.DependencyOrder;
import dev.migrator.core.kinds.DesiredCheck;
import dev.migrator.core.kinds.Kinds;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.Resource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Puts steps in order and cuts them into phases and batches.
 *
 * <p>Order within a phase: what creates and updates before what deletes; then by dependency level (see {@link
 * DependencyOrder}); then by kind, in the order of {@link Kinds}; then by key. Deletes have the levels of the reversed
 * graph, so what depends on something goes before it.
 */
final class Phases {
    static final String CANARY = "canary";
    private static final String REST = "rest";
    private static final String ALL = "all";

    private final SortedMap<EntryKey, Step> steps;
    private final SortedMap<EntryKey, SortedSet<EntryKey>> needs;
    private final DependencyOrder order;
    private final PlanLimits limits;
    private final Comparator<Step> sequence;
    private final Map<EntryKey, SortedSet<EntryKey>> nearest = new HashMap<>();

    /**
     * @param needs for every desired entry, changed or not, what goes before it; without a cycle
     * @param order levels of {@code needs}, in which the steps count
     */
    Phases(
            SortedMap<EntryKey, Step> steps,
            SortedMap<EntryKey, SortedSet<EntryKey>> needs,
            DependencyOrder order,
            Kinds kinds,
            PlanLimits limits) {
        this.steps = steps;
        this.needs = needs;
        this.order = order;
        this.limits = limits;
        this.sequence = Comparator.comparing(Step::deletes)
                .thenComparing(step -> order.level(step.key()))
                .thenComparing(step -> kinds.rank(step.key().kind()))
                .thenComparing(Step::key);
        order.sequence().forEach(key -> nearest.put(key, stepsBefore(key)));
    }

    static boolean isCanary(Resource resource) {
        return CANARY.equals(resource.labels().get("tier"));
    }

    List<Phase> of(List<DesiredCheck> checks) {
        if (steps.isEmpty()) {
            return List.of();
        }
        var canaries = canaries();
        var named = new TreeMap<Integer, String>();
        if (canaries.isEmpty()) {
            named.put(0, ALL);
        } else {
            named.put(0, CANARY);
            if (canaries.size() < steps.size()) {
                named.put(1, REST);
            }
        }
        var phases = new ArrayList<Phase>();
        int nextBatch = 0;
        for (var phase : named.entrySet()) {
            var members = steps.values().stream()
                    .filter(step -> canaries.isEmpty() || canaries.contains(step.key()) == (phase.getKey() == 0))
                    .sorted(sequence)
                    .toList();
            var batches = batches(members, nextBatch);
            nextBatch += batches.size();
            var own = checks.stream()
                    .filter(check -> phaseOf(check, canaries, named.lastKey()) == phase.getKey())
                    .map(DesiredCheck::check)
                    .toList();
            phases.add(new Phase(phase.getKey(), phase.getValue(), batches, own));
        }
        return phases;
    }

    /** After what it names was applied; when that is not changed, after the phase it is labelled for; else at the end. */
    private int phaseOf(DesiredCheck check, Set<EntryKey> canaries, int last) {
        var subject = check.subject().filter(steps::containsKey);
        boolean canary =
                subject.map(canaries::contains).orElseGet(() -> !canaries.isEmpty() && isCanary(check.resource()));
        return canary ? 0 : last;
    }

    /** The steps labelled so, and whatever has to go before them. */
    private Set<EntryKey> canaries() {
        var open = new ArrayDeque<EntryKey>();
        steps.values().stream().filter(Step::isCanary).map(Step::key).forEach(open::add);
        var seen = new HashSet<EntryKey>(open);
        while (!open.isEmpty()) {
            for (var needed : needs.get(open.poll())) {
                if (seen.add(needed)) {
                    open.add(needed);
                }
            }
        }
        seen.retainAll(steps.keySet());
        return seen;
    }

    private List<Batch> batches(List<Step> members, int firstNumber) {
        var batches = new ArrayList<Batch>();
        var current = new ArrayList<Step>();
        int room = 0;
        for (var step : members) {
            int limit = limits.batchSize(step.key().target(), step.key().kind());
            if (!current.isEmpty()
                    && (!goTogether(current.getLast(), step) || current.size() >= Math.min(room, limit))) {
                batches.add(batch(firstNumber + batches.size(), current));
                current.clear();
            }
            room = current.isEmpty() ? limit : Math.min(room, limit);
            current.add(step);
        }
        if (!current.isEmpty()) {
            batches.add(batch(firstNumber + batches.size(), current));
        }
        return batches;
    }

    /** Same target and level, and not a delete beside a write: then neither needs the other. */
    private boolean goTogether(Step one, Step next) {
        return one.key().target().equals(next.key().target())
                && one.deletes() == next.deletes()
                && order.level(one.key()) == order.level(next.key());
    }

    private Batch batch(int number, List<Step> members) {
        var target = members.getFirst().key().target();
        return new Batch(
                number,
                target,
                members.stream()
                        .map(step -> step.planned(dependsOn(step.key())))
                        .toList());
    }

    private List<String> dependsOn(EntryKey key) {
        return nearest.get(key).stream()
                .map(needed -> needed.target() + "|" + needed.kind() + "|" + needed.address())
                .toList();
    }

    /** The nearest steps that go before, looking through entries that do not change. What it needs is known already. */
    private SortedSet<EntryKey> stepsBefore(EntryKey key) {
        var found = new TreeSet<EntryKey>();
        for (var needed : needs.get(key)) {
            if (steps.containsKey(needed)) {
                found.add(needed);
            } else {
                found.addAll(nearest.get(needed));
            }
        }
        return found.isEmpty() ? Collections.emptySortedSet() : found;
    }
}
