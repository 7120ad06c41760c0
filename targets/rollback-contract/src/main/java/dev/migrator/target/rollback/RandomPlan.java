package dev.migrator.target.rollback;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.kinds.DependencyOrder;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Batch;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Phase;
import dev.migrator.core.plan.Plan;
import dev.migrator.core.plan.PlannedOperation;
import dev.migrator.core.plan.Risk;
import dev.migrator.core.plan.StateHash;
import dev.migrator.core.plan.UndoClass;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Puts what the parts do in the order of plans: what is needed first, what deletes last and the other way round. */
final class RandomPlan {
    private static final int LARGEST_BATCH = 4;

    private RandomPlan() {}

    /** @param found what the target holds of each part */
    static Plan of(List<Part> parts, Map<EntryKey, EntryState> found, Chance chance) {
        var needs = new TreeMap<EntryKey, List<EntryKey>>();
        parts.stream().filter(part -> part.planned().isPresent()).forEach(part -> needs.put(part.key(), part.needs()));
        var order = new DependencyOrder(needs, needs::containsKey);
        var sequence = parts.stream()
                .filter(part -> part.planned().isPresent())
                .sorted(Comparator.comparing(Part::isDeleted)
                        .thenComparing(part -> level(part, order))
                        .thenComparing(Part::key))
                .toList();
        var unhashed = plan(Digest.ofText("-"), batches(sequence, order, found, chance));
        return plan(
                StateHash.of(StateHash.pairs(unhashed), found),
                unhashed.batches().toList());
    }

    private static int level(Part part, DependencyOrder order) {
        return part.isDeleted() ? -order.level(part.key()) : order.level(part.key());
    }

    private static List<Batch> batches(
            List<Part> sequence, DependencyOrder order, Map<EntryKey, EntryState> found, Chance chance) {
        var batches = new ArrayList<Batch>();
        var current = new ArrayList<Part>();
        int limit = 1 + chance.below(LARGEST_BATCH);
        for (var part : sequence) {
            boolean another = !current.isEmpty()
                    && (current.size() == limit
                            || current.getLast().isDeleted() != part.isDeleted()
                            || level(current.getLast(), order) != level(part, order));
            if (another) {
                batches.add(batch(batches.size(), current, found));
                current.clear();
            }
            current.add(part);
        }
        batches.add(batch(batches.size(), current, found));
        return batches;
    }

    private static Batch batch(int number, List<Part> parts, Map<EntryKey, EntryState> found) {
        return new Batch(
                number,
                parts.getFirst().key().target(),
                parts.stream().map(part -> planned(part, found.get(part.key()))).toList());
    }

    private static PlannedOperation planned(Part part, EntryState found) {
        var operation = part.planned().orElseThrow();
        var incarnation = switch (found) {
            case EntryState.Present present -> present.incarnation();
            case EntryState.Retired retired -> retired.incarnation();
            case EntryState.Absent _ -> "";
        };
        return new PlannedOperation(
                operation.key().toString(),
                operation.key().kind() + "/" + operation.key().address(),
                operation,
                incarnation,
                operation instanceof Operation.Create ? Risk.ADDITIVE : Risk.MUTATING,
                UndoClass.EXACT,
                part.needs().stream().map(EntryKey::toString).toList());
    }

    private static Plan plan(Digest beforeHash, List<Batch> batches) {
        return new Plan(
                "contract",
                Digest.ofText("bundle"),
                Digest.ofText("policy"),
                beforeHash,
                List.of(new Phase(0, "all", batches, List.of())),
                List.of(),
                List.of());
    }
}
