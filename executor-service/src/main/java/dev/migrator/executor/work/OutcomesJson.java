package dev.migrator.executor.work;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.lifecycle.StatusJson;
import dev.migrator.core.lifecycle.WorkerAnswer;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Outcome;
import dev.migrator.core.plan.PlanCodec;
import java.util.List;

/** What became of each operation of a batch, as it is kept in the bucket: applied, not applied, and why. */
final class OutcomesJson {
    private OutcomesJson() {}

    static byte[] bytes(WorkerAnswer answer, List<Outcome> outcomes) {
        return CanonicalJson.bytes(Value.object(
                "format", Value.of(1),
                "migration", Value.of(answer.id().value()),
                "epoch", Value.of(answer.position().epoch()),
                "seq", Value.of(answer.position().seq()),
                "command", Value.of(answer.kind().name()),
                "batch", Value.of(answer.batch()),
                "result", Value.of(answer.result().name()),
                "outcomes",
                        Value.array(outcomes.stream().map(OutcomesJson::outcome).toList())));
    }

    private static Value outcome(Outcome outcome) {
        var key = PlanCodec.key(outcome.key());
        return switch (outcome) {
            case Outcome.Applied(var _, var incarnation) ->
                Value.object("key", key, "is", Value.of("applied"), "incarnation", Value.of(incarnation));
            case Outcome.AlreadyApplied(var _, var incarnation) ->
                Value.object("key", key, "is", Value.of("already-applied"), "incarnation", Value.of(incarnation));
            case Outcome.Retained(var _, var reason) ->
                Value.object("key", key, "is", Value.of("retained"), "reason", Value.of(reason));
            case Outcome.Conflict(var _, var found) ->
                Value.object("key", key, "is", Value.of("conflict"), "found", found(found));
            case Outcome.Failed(var _, var problem) ->
                Value.object("key", key, "is", Value.of("failed"), "problem", StatusJson.problem(problem));
            case Outcome.Unknown(var _, var problem) ->
                Value.object("key", key, "is", Value.of("unknown"), "problem", StatusJson.problem(problem));
        };
    }

    private static Value found(EntryState state) {
        return switch (state) {
            case EntryState.Absent _ -> Value.of("absent");
            case EntryState.Present(var content, var _) -> content.toValue();
            case EntryState.Retired(var content, var _) -> Value.object("retired", content.toValue());
        };
    }
}
