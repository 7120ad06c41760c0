package dev.migrator.executor.work;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.lifecycle.Effect;
import dev.migrator.core.lifecycle.StatusJson;
import dev.migrator.core.plan.PlanCodec;
import dev.migrator.target.DryRunOutcome;
import java.util.List;

/** What the targets said to each operation of a plan, in its order, as it is kept in the bucket. */
final class DryRunJson {
    private DryRunJson() {}

    static byte[] bytes(Effect.DryRunRequested asked, List<DryRunOutcome> outcomes) {
        return CanonicalJson.bytes(Value.object(
                "format", Value.of(1),
                "migration", Value.of(asked.id().value()),
                "revision", Value.of(asked.revision()),
                "environment", Value.of(asked.environment()),
                "planDigest", Value.of(asked.planDigest().toString()),
                "outcomes",
                        Value.array(outcomes.stream().map(DryRunJson::outcome).toList())));
    }

    private static Value outcome(DryRunOutcome outcome) {
        var key = PlanCodec.key(outcome.key());
        return switch (outcome) {
            case DryRunOutcome.Accepted _ -> Value.object("key", key, "is", Value.of("accepted"));
            case DryRunOutcome.Refused(var _, var problem) ->
                Value.object("key", key, "is", Value.of("refused"), "problem", StatusJson.problem(problem));
            case DryRunOutcome.Unchecked(var _, var reason) ->
                Value.object("key", key, "is", Value.of("unchecked"), "reason", Value.of(reason));
        };
    }
}
