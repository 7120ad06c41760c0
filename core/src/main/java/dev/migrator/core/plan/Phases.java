package dev.migrator.core.plan;

import dev.migrator.core.kinds.DependencyOrder;
import dev.migrator.core.kinds.DesiredCheck;
import dev.migrator.core.kinds.Kinds;
import dev.migrator.core.model.EntryKey;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
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
    private final SortedMap<EntryKey, Step> steps;
    private final SortedMap<EntryKey, SortedSet<EntryKey>> needs;
    private final DependencyOrder order;
    private final PlanLimits limits;
    private final Staging staging;
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
            PlanLimits limits,
            Staging staging) {
        this.steps = steps;
        this.needs = needs;
        this.order = order;
        this.limits = limits;
        this.staging = staging;
        this.sequence = Comparator.comparing(Step::deletes)
                .thenComparing(step -> order.level(step.key()))
                .thenComparing(step -> kinds.rank(step.key().kind()))
                .thenComparing(Step::key);
        order.sequence().forEach(key -> nearest.put(key, stepsBefore(key)));
    }

    List<Phase> of(List<DesiredCheck> checks) {
        var stages = stages();
        var members = new TreeMap<Integer, List<Step>>();
        steps.values()
                .forEach(step -> members.computeIfAbsent(stages.get(step.key()), _ -> new ArrayList<>())
                        .add(step));
        var phases = new ArrayList<Phase>();
        int nextBatch = 0;
        for (var stage : members.entrySet()) {
            stage.getValue().sort(sequence);
            var batches = batches(stage.getValue(), nextBatch);
            nextBatch += batches.size();
            var own = checks.stream()
                    .filter(check -> stageOf(check, stages, members).equals(stage.getKey()))
                    .map(DesiredCheck::check)
                    .toList();
            phases.add(staging.phase(stage.getKey(), phases.size(), members.size() == 1, batches, own));
        }
        return phases;
    }

    /**
     * After what it names was applied; when that is not changed, after the stage it is selected for itself. Where nothing changes
     * in that one, after the next in which something does.
     */
    private Integer stageOf(
            DesiredCheck check, Map<EntryKey, Integer> stages, NavigableMap<Integer, List<Step>> members) {
        int wanted = check.subject()
                .filter(steps::containsKey)
                .map(stages::get)
                .orElseGet(() -> staging.of(check.resource()));
        var next = members.ceilingKey(wanted);
        return next == null ? members.lastKey() : next;
    }

    /** The stage of each step: the one it is selected for, or an earlier one in which something needs it. */
    private Map<EntryKey, Integer> stages() {
        var selected = new TreeMap<Integer, List<EntryKey>>();
        steps.values()
                .forEach(
                        step -> selected.computeIfAbsent(staging.of(step.entry().resource()), _ -> new ArrayList<>())
                                .add(step.key()));
        var stages = new HashMap<EntryKey, Integer>();
        selected.forEach((stage, keys) -> {
            var open = new ArrayDeque<>(keys);
            while (!open.isEmpty()) {
                var key = open.poll();
                if (stages.putIfAbsent(key, stage) == null) {
                    open.addAll(needs.get(key));
                }
            }
        });
        return stages;
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
