package dev.migrator.snapshot.work;

import dev.migrator.core.lifecycle.Effect;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Plan;
import dev.migrator.core.snapshot.Coverage;
import dev.migrator.core.snapshot.SnapshotEntry;
import dev.migrator.kit.targets.TargetPool;
import dev.migrator.target.TargetException;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Every entry that a plan writes or depends on, those that are not there as absent: that is what an undo restores. And what
 * these stand on, without which no rehearsal could make them elsewhere.
 */
record PlanExport(TargetPool targets, int slice, Effect.SnapshotRequested asked, Plan plan) implements Export {
    @Override
    public Coverage into(Sink sink) throws TargetException {
        var byTarget = new TreeMap<String, SortedSet<EntryKey>>();
        plan.written().forEach(key -> add(byTarget, key));
        plan.reads().forEach(key -> add(byTarget, key));
        var foundations = new Foundations(targets, slice, Foundations.MOST);
        for (var wanted : byTarget.values()) {
            foundations.addTo(wanted, asked.environment(), plan);
        }
        var positions = new Positions(targets, asked.environment());
        for (var wanted : byTarget.entrySet()) {
            sink.begins(wanted.getKey(), positions.of(wanted.getKey()));
            sink.source(
                    wanted.getKey(),
                    targets.reading(asked.environment(), wanted.getKey(), reader -> reader.identity()));
            for (var keys : Slices.of(wanted.getValue(), slice)) {
                var states = targets.reading(asked.environment(), wanted.getKey(), reader -> reader.readAll(keys));
                keys.forEach(key -> sink.accept(new SnapshotEntry(key, states.getOrDefault(key, EntryState.ABSENT))));
            }
            sink.ended(wanted.getKey(), positions.of(wanted.getKey()));
        }
        return new Coverage.OfPlan(asked.id().value(), asked.revision(), asked.planDigest(), asked.commit());
    }

    private static void add(TreeMap<String, SortedSet<EntryKey>> byTarget, EntryKey key) {
        byTarget.computeIfAbsent(key.target(), _ -> new TreeSet<>()).add(key);
    }
}
