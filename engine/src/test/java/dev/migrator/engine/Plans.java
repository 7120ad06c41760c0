package dev.migrator.engine;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Batch;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Phase;
import dev.migrator.core.plan.Plan;
import dev.migrator.core.plan.PlannedOperation;
import dev.migrator.core.plan.Removal;
import dev.migrator.core.plan.Risk;
import dev.migrator.core.plan.StateHash;
import dev.migrator.core.plan.UndoClass;
import dev.migrator.target.testkit.InMemoryTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Plans against an in-memory target, as the planner would make them from what it holds now. */
public final class Plans {
    public static final String TARGET = "memory";

    private Plans() {}

    public static EntryKey topic(String name) {
        return new EntryKey(TARGET, "topic", name);
    }

    public static EntryKey acl(String name) {
        return new EntryKey(TARGET, "acl", name);
    }

    public static EntryKey version(String name) {
        return new EntryKey(TARGET, "artifact-version", name);
    }

    public static Operation create(EntryKey key, String value) {
        return new Operation.Create(key, Content.of("config.a", Value.of(value)));
    }

    public static Operation update(EntryKey key, String before, String after) {
        return new Operation.Update(
                key, Content.of("config.a", Value.of(before)), Content.of("config.a", Value.of(after)));
    }

    public static Operation delete(EntryKey key, String before) {
        return new Operation.Delete(key, Content.of("config.a", Value.of(before)), Removal.RETIRE);
    }

    /** One batch for each list of operations, one phase for all. */
    @SafeVarargs
    public static Plan plan(InMemoryTarget target, List<Operation>... batches) {
        return plan(target, List.of(List.of(batches)));
    }

    /** Phases of batches of operations. */
    public static Plan plan(InMemoryTarget target, List<List<List<Operation>>> phases) {
        var made = new ArrayList<Phase>();
        int number = 0;
        for (var batches : phases) {
            var ofPhase = new ArrayList<Batch>();
            for (var operations : batches) {
                ofPhase.add(new Batch(
                        number++,
                        TARGET,
                        operations.stream()
                                .map(operation -> planned(operation, target.truth(operation.key())))
                                .toList()));
            }
            made.add(new Phase(made.size(), "phase-" + made.size(), ofPhase, List.of()));
        }
        var unhashed = new Plan(
                "production",
                Digest.ofText("bundle"),
                Digest.ofText("policy"),
                Digest.ofText("-"),
                made,
                List.of(),
                List.of());
        return new Plan(
                unhashed.environment(),
                unhashed.bundleDigest(),
                unhashed.policyDigest(),
                hash(unhashed, target),
                unhashed.phases(),
                unhashed.reads(),
                unhashed.warnings());
    }

    /** What the target really holds, as a state hash over the plan's pairs. */
    public static Digest hash(Plan plan, InMemoryTarget target) {
        Map<EntryKey, EntryState> truth = target.truth();
        return StateHash.of(StateHash.pairs(plan), truth);
    }

    private static PlannedOperation planned(Operation operation, EntryState now) {
        var incarnation = switch (now) {
            case EntryState.Present present -> present.incarnation();
            case EntryState.Retired retired -> retired.incarnation();
            case EntryState.Absent _ -> "";
        };
        return new PlannedOperation(
                operation.key().toString(),
                "Topic/" + operation.key().address(),
                operation,
                incarnation,
                operation.isPurge()
                        ? Risk.ONE_WAY
                        : operation instanceof Operation.Create ? Risk.ADDITIVE : Risk.MUTATING,
                operation.isPurge() ? UndoClass.NONE : UndoClass.EXACT,
                List.of());
    }
}
