package dev.migrator.snapshot.work;

import dev.migrator.core.kinds.Kinds;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Plan;
import dev.migrator.core.plan.PlannedOperation;
import dev.migrator.kit.targets.TargetPool;
import dev.migrator.target.TargetException;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Finds what the entries of a plan stand on, and what that stands on in turn: no manifest has to speak of it, so no plan
 * names it. What the plan makes is told from the plan; only what is there already is read.
 *
 * @param slice entries that one call reads, at least 1
 * @param most entries of one target that are found; looking ends there, and a rehearsal says what it lacks
 */
record Foundations(TargetPool targets, int slice, int most) {
    static final int MOST = 10_000;

    private static final Kinds KINDS = Kinds.standard();

    /** @param all entries of one target, at least one; takes what they stand on */
    void addTo(SortedSet<EntryKey> all, String environment, Plan plan) throws TargetException {
        var made = made(all, plan);
        var found = new TreeSet<EntryKey>();
        made.forEach((key, content) -> found.addAll(of(key, content)));
        var open = new TreeSet<>(all);
        open.removeAll(made.keySet());
        int left = most;
        do {
            read(open, environment, found);
            found.removeAll(all);
            open = found.stream().limit(left).collect(Collectors.toCollection(TreeSet::new));
            left -= open.size();
            all.addAll(open);
            found.clear();
        } while (!open.isEmpty());
    }

    /** What the plan makes of them: it is not there yet. */
    private static Map<EntryKey, Content> made(SortedSet<EntryKey> all, Plan plan) {
        return plan.operations()
                .map(PlannedOperation::operation)
                .filter(operation -> operation instanceof Operation.Create && all.contains(operation.key()))
                .map(Operation.Create.class::cast)
                .collect(Collectors.toMap(
                        Operation.Create::key, Operation.Create::after, (_, last) -> last, TreeMap::new));
    }

    private void read(SortedSet<EntryKey> open, String environment, SortedSet<EntryKey> found) throws TargetException {
        var standing = new TreeSet<>(open);
        standing.removeIf(key -> of(key, Content.EMPTY).isEmpty());
        for (var keys : Slices.of(standing, slice)) {
            targets.reading(environment, keys.first().target(), reader -> reader.readAll(keys))
                    .forEach((key, state) -> content(state).ifPresent(content -> found.addAll(of(key, content))));
        }
    }

    private static SortedSet<EntryKey> of(EntryKey key, Content content) {
        return KINDS.isKnown(key.kind()) ? KINDS.ofEntry(key.kind()).foundations(key, content) : new TreeSet<>();
    }

    /** What is out of use stands on the same. */
    private static Optional<Content> content(EntryState state) {
        return switch (state) {
            case EntryState.Absent _ -> Optional.empty();
            case EntryState.Present(var content, var _) -> Optional.of(content);
            case EntryState.Retired(var content, var _) -> Optional.of(content);
        };
    }
}
