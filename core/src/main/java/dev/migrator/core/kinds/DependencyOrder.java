package dev.migrator.core.kinds;

import dev.migrator.core.model.EntryKey;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Levels of a dependency graph (Kahn, "Topological sorting of large networks", 1962). A node's level is one more than
 * the highest level of what it needs, so nodes of one level never need each other, directly or not.
 */
public final class DependencyOrder {
    private final Map<EntryKey, ? extends Collection<EntryKey>> needs;
    private final TreeMap<EntryKey, Integer> levels = new TreeMap<>();
    private final List<EntryKey> sequence = new ArrayList<>();
    private final TreeSet<EntryKey> stuck = new TreeSet<>();

    /**
     * @param needs every node, with what it needs; needed keys that are no nodes are ignored
     * @param counts nodes that make what needs them wait for a level of its own; the others only pass levels on
     */
    public DependencyOrder(Map<EntryKey, ? extends Collection<EntryKey>> needs, Predicate<EntryKey> counts) {
        this.needs = needs;
        var waitingFor = new HashMap<EntryKey, Integer>();
        var neededBy = new HashMap<EntryKey, List<EntryKey>>();
        needs.forEach((node, needed) -> {
            int open = 0;
            for (var key : needed) {
                if (needs.containsKey(key)) {
                    neededBy.computeIfAbsent(key, _ -> new ArrayList<>()).add(node);
                    open++;
                }
            }
            waitingFor.put(node, open);
        });
        var ready = new ArrayDeque<EntryKey>();
        waitingFor.forEach((node, open) -> {
            if (open == 0) {
                ready.add(node);
                levels.put(node, 0);
            }
        });
        var reached = new HashMap<EntryKey, Integer>();
        while (!ready.isEmpty()) {
            var node = ready.poll();
            sequence.add(node);
            int next = levels.get(node) + (counts.test(node) ? 1 : 0);
            for (var dependent : neededBy.getOrDefault(node, List.of())) {
                reached.merge(dependent, next, Math::max);
                if (waitingFor.merge(dependent, -1, Integer::sum) == 0) {
                    levels.put(dependent, reached.get(dependent));
                    ready.add(dependent);
                }
            }
        }
        needs.keySet().stream().filter(node -> !levels.containsKey(node)).forEach(stuck::add);
    }

    /** Level of a node, from 0. @throws IllegalArgumentException for a node on a cycle, behind one, or unknown */
    public int level(EntryKey node) {
        var level = levels.get(node);
        if (level == null) {
            throw new IllegalArgumentException("no level for " + node);
        }
        return level;
    }

    /** Every node that has a level, each after all that it needs; otherwise in no order to rely on. */
    public List<EntryKey> sequence() {
        return Collections.unmodifiableList(sequence);
    }

    /**
     * Cycles without a common node, each beginning with its lowest key; the last needs the first again. At most {@code
     * most}.
     */
    public List<List<EntryKey>> cycles(int most) {
        var left = new TreeSet<>(stuck);
        var cycles = new ArrayList<List<EntryKey>>();
        dropFree(left);
        while (!left.isEmpty() && cycles.size() < most) {
            var cycle = cycleFrom(left.first(), left);
            cycles.add(cycle);
            cycle.forEach(left::remove);
            dropFree(left);
        }
        return cycles;
    }

    /** Takes out, again and again, what needs nothing that is left: what remains needs something that remains. */
    private void dropFree(TreeSet<EntryKey> left) {
        var open = new HashMap<EntryKey, Integer>();
        var neededBy = new HashMap<EntryKey, List<EntryKey>>();
        var free = new PriorityQueue<EntryKey>();
        for (var node : left) {
            int count = 0;
            for (var key : needs.get(node)) {
                if (left.contains(key)) {
                    neededBy.computeIfAbsent(key, _ -> new ArrayList<>()).add(node);
                    count++;
                }
            }
            open.put(node, count);
            if (count == 0) {
                free.add(node);
            }
        }
        while (!free.isEmpty()) {
            var node = free.poll();
            left.remove(node);
            for (var dependent : neededBy.getOrDefault(node, List.of())) {
                if (open.merge(dependent, -1, Integer::sum) == 0) {
                    free.add(dependent);
                }
            }
        }
    }

    private List<EntryKey> cycleFrom(EntryKey start, TreeSet<EntryKey> left) {
        var path = new LinkedHashMap<EntryKey, Integer>();
        var node = start;
        while (path.putIfAbsent(node, path.size()) == null) {
            node = new TreeSet<>(needs.get(node))
                    .stream().filter(left::contains).findFirst().orElseThrow();
        }
        var cycle = new ArrayList<>(path.keySet()).subList(path.get(node), path.size());
        int lowest = cycle.indexOf(new TreeSet<>(cycle).first());
        var turned = new ArrayList<>(cycle.subList(lowest, cycle.size()));
        turned.addAll(cycle.subList(0, lowest));
        return turned;
    }
}
