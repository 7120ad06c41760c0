package dev.migrator.core.undo;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.lifecycle.MigrationId;
import dev.migrator.core.lifecycle.StoredObject;
import dev.migrator.core.plan.Plan;
import dev.migrator.core.plan.PlannedOperation;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Everything that undoing one migration takes when nothing of ours is left to ask: what it writes, what was there before,
 * which lives the entries had, and which systems it speaks of. Secrets are references, as in the plan.
 *
 * @param plan names the environment, and the state hash that the end is measured against
 * @param snapshot taken for that plan before the first write; evidence, undoing does not read it
 * @param targets that the plan writes, ascending by name, each once
 */
public record UndoKit(
        MigrationId id,
        String commit,
        Plan plan,
        Digest planDigest,
        Optional<StoredObject> snapshot,
        List<KitTarget> targets) {
    /** @throws IllegalArgumentException if the targets are not exactly those that the plan writes */
    public UndoKit {
        Objects.requireNonNull(id);
        Objects.requireNonNull(commit);
        Objects.requireNonNull(planDigest);
        Objects.requireNonNull(snapshot);
        targets = targets.stream().sorted(Comparator.comparing(KitTarget::name)).toList();
        var named = targets.stream().map(KitTarget::name).toList();
        if (!named.equals(List.copyOf(written(plan)))) {
            throw new IllegalArgumentException("the plan writes " + written(plan) + ", the kit names " + named);
        }
    }

    /** Names of the targets that a plan writes, ascending. */
    public static TreeSet<String> written(Plan plan) {
        var names = new TreeSet<String>();
        plan.operations()
                .map(PlannedOperation::operation)
                .forEach(operation -> names.add(operation.key().target()));
        return names;
    }

    public String environment() {
        return plan.environment();
    }

    /** What the target has to show once everything is undone. */
    public Digest stateHash() {
        return plan.beforeHash();
    }
}
