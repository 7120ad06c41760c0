package dev.migrator.kit.testkit;

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
import dev.migrator.core.plan.Risk;
import dev.migrator.core.plan.SmokeCheck;
import dev.migrator.core.plan.StateHash;
import dev.migrator.core.plan.UndoClass;
import dev.migrator.target.testkit.InMemoryTarget;
import java.util.ArrayList;
import java.util.List;

/** Plans for the target "kafka" in test, as the planner would make them from what an in-memory target holds now. */
public final class Plans {
    public static final String TARGET = "kafka";
    public static final String ENVIRONMENT = "test";

    private Plans() {}

    public static EntryKey topic(String name) {
        return new EntryKey(TARGET, "topic", name);
    }

    public static Content retention(String millis) {
        return Content.of("config.retention.ms", Value.of(millis));
    }

    public static Operation create(String topic, String millis) {
        return new Operation.Create(topic(topic), retention(millis));
    }

    public static Operation update(String topic, String before, String after) {
        return new Operation.Update(topic(topic), retention(before), retention(after));
    }

    /** One phase with one batch. */
    public static Phase phase(int number, List<SmokeCheck> checks, Operation... operations) {
        return new Phase(
                number,
                "phase-" + number,
                List.of(new Batch(
                        number,
                        TARGET,
                        List.of(operations).stream().map(o -> planned(o, "")).toList())),
                checks);
    }

    /** @param reads what the plan depends on and does not write */
    public static Plan plan(InMemoryTarget target, List<EntryKey> reads, Phase... phases) {
        var bound = new ArrayList<Phase>();
        for (Phase phase : phases) {
            bound.add(new Phase(
                    phase.number(),
                    phase.name(),
                    phase.batches().stream().map(batch -> bound(batch, target)).toList(),
                    phase.checks()));
        }
        var unhashed = new Plan(
                ENVIRONMENT,
                Digest.ofText("bundle"),
                Digest.ofText("policy"),
                Digest.ofText("-"),
                bound,
                reads,
                List.of());
        return new Plan(
                ENVIRONMENT,
                unhashed.bundleDigest(),
                unhashed.policyDigest(),
                StateHash.of(StateHash.pairs(unhashed), target.truth()),
                bound,
                reads,
                List.of());
    }

    private static Batch bound(Batch batch, InMemoryTarget target) {
        return new Batch(
                batch.number(),
                batch.target(),
                batch.operations().stream()
                        .map(planned -> planned(
                                planned.operation(),
                                incarnation(target.truth(planned.operation().key()))))
                        .toList());
    }

    private static PlannedOperation planned(Operation operation, String incarnation) {
        return new PlannedOperation(
                "uid-of-" + operation.key().address(),
                "Topic/" + operation.key().address(),
                operation,
                incarnation,
                operation instanceof Operation.Create ? Risk.ADDITIVE : Risk.MUTATING,
                UndoClass.EXACT,
                List.of());
    }

    private static String incarnation(EntryState state) {
        return switch (state) {
            case EntryState.Present(var _, var incarnation) -> incarnation;
            case EntryState.Retired(var _, var incarnation) -> incarnation;
            case EntryState.Absent _ -> "";
        };
    }
}
