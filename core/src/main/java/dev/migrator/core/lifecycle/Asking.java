package dev.migrator.core.lifecycle;

import java.util.Optional;

/** A question as the effect that asks it. The same question of the same facts by the same rules is always the same effect. */
final class Asking {
    private Asking() {}

    static Effect effect(Facts facts, Outstanding open, LifecycleRules rules) {
        var change = facts.change().orElseThrow();
        return switch (open.question()) {
            case Question.Plan _ ->
                new Effect.PlanRequested(
                        change.id(),
                        facts.preparation().revision(),
                        change.environment(),
                        change.commit(),
                        change.bundleDigest(),
                        change.bundleUri(),
                        change.bundleUri().isPresent() ? Optional.empty() : change.inlineBundle(),
                        change.selector(),
                        change.overwritesDrift());
            case Question.DryRun _ -> {
                var plan = facts.plan().orElseThrow();
                yield new Effect.DryRunRequested(
                        change.id(),
                        facts.preparation().revision(),
                        change.environment(),
                        change.commit(),
                        plan.planDigest(),
                        plan.planUri());
            }
            case Question.Snapshot _ -> {
                var plan = facts.plan().orElseThrow();
                yield new Effect.SnapshotRequested(
                        change.id(),
                        facts.preparation().revision(),
                        change.environment(),
                        change.commit(),
                        plan.planDigest(),
                        plan.planUri());
            }
            case Question.Rehearsal(var place) -> {
                var plan = facts.plan().orElseThrow();
                var snapshot = facts.snapshot().orElseThrow();
                yield new Effect.RehearsalRequested(
                        change.id(),
                        facts.preparation().revision(),
                        change.environment(),
                        change.commit(),
                        plan.planDigest(),
                        plan.planUri(),
                        place,
                        new StoredObject(snapshot.uri(), snapshot.digest()),
                        plan.beforeHash());
            }
            case Question.Monitoring _ ->
                new Effect.MonitoringRequested(
                        change.id(),
                        facts.preparation().revision(),
                        facts.preparation().listening().orElseThrow().asking(),
                        change.environment(),
                        change.commit(),
                        facts.plan().orElseThrow().planDigest(),
                        rules.signalsOf(change.environment()));
            case Question.Verify(int phase) -> {
                var plan = facts.plan().orElseThrow();
                yield new Effect.VerifyPhase(
                        change.id(),
                        facts.execution().epoch(),
                        phase,
                        change.environment(),
                        change.commit(),
                        plan.planDigest(),
                        plan.planUri(),
                        facts.execution().since(),
                        rules.signalsOf(change.environment()));
            }
            case Question.CheckScope _, Question.Apply _, Question.Revert _, Question.Close _ ->
                new Effect.Command(command(facts, change, open));
        };
    }

    private static WorkerCommand command(Facts facts, ChangeRequest change, Outstanding open) {
        var plan = facts.plan().orElseThrow();
        var envelope = new WorkerCommand.Envelope(
                change.id(),
                change.environment(),
                change.commit(),
                open.position().orElseThrow(),
                plan.planDigest(),
                plan.planUri());
        return switch (open.question()) {
            case Question.CheckScope _ ->
                new WorkerCommand.CheckScope(
                        envelope,
                        plan.beforeHash(),
                        facts.snapshot().map(stored -> new StoredObject(stored.uri(), stored.digest())));
            case Question.Apply(int batch) -> new WorkerCommand.ApplyBatch(envelope, batch);
            case Question.Revert(int batch) -> new WorkerCommand.RevertBatch(envelope, batch);
            case Question.Close(boolean rolledBack) -> new WorkerCommand.Close(envelope, rolledBack, plan.beforeHash());
            case Question.Plan _,
                    Question.DryRun _,
                    Question.Snapshot _,
                    Question.Rehearsal _,
                    Question.Monitoring _,
                    Question.Verify _ -> throw new IllegalArgumentException(open.question() + " is no command");
        };
    }
}
