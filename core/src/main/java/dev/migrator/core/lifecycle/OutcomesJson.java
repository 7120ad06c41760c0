package dev.migrator.core.lifecycle;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Outcome;
import dev.migrator.core.plan.PlanCodec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What became of each operation of a batch, as it is kept in the bucket: applied, not applied, and why. */
public final class OutcomesJson {
    private OutcomesJson() {}

    /**
     * An outcome as it is told again, without what was found in the target.
     *
     * @param is {@code applied, already-applied, retained, conflict, failed, unknown}
     * @param problem of one that failed or is not known
     * @param reason of one that was retained, else empty
     */
    public record Told(String is, Optional<Problem> problem, String reason) {}

    public static byte[] bytes(WorkerAnswer answer, List<Outcome> outcomes) {
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

    /** @throws IllegalArgumentException if these are not the outcomes of such a command for that batch of that migration */
    public static Map<EntryKey, Told> read(byte[] bytes, MigrationId id, WorkerAnswer.Kind kind, int batch) {
        try {
            var head = (Value.Obj) CanonicalJson.parse(bytes);
            if (!head.get("migration").equals(Value.of(id.value()))
                    || !head.get("command").equals(Value.of(kind.name()))
                    || !head.get("batch").equals(Value.of(batch))) {
                throw new IllegalArgumentException("outcomes of something else");
            }
            var told = new HashMap<EntryKey, Told>();
            for (var item : ((Value.Arr) head.get("outcomes")).items()) {
                told.put(PlanCodec.keyOf(((Value.Obj) item).get("key")), told((Value.Obj) item));
            }
            return told;
        } catch (ClassCastException | ProblemException e) {
            throw new IllegalArgumentException("no outcomes", e);
        }
    }

    private static Told told(Value.Obj outcome) {
        return new Told(
                ((Value.Text) outcome.get("is")).value(),
                outcome.get("problem").isNull()
                        ? Optional.empty()
                        : Optional.of(StatusJson.problemOf(outcome.get("problem"))),
                outcome.get("reason") instanceof Value.Text(var reason) ? reason : "");
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
