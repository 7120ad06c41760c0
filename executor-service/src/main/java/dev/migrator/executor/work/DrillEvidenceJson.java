package dev.migrator.executor.work;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.lifecycle.Effect;
import dev.migrator.core.lifecycle.StatusJson;
import dev.migrator.core.plan.PlanCodec;
import dev.migrator.engine.DrillResult;
import dev.migrator.engine.DrilledOperation;
import java.time.Instant;

/** What came of a drill, operation by operation in the order of the plan, as it is kept in the bucket. */
final class DrillEvidenceJson {
    private DrillEvidenceJson() {}

    /** @param at when it ended, in whole milliseconds */
    static byte[] bytes(Effect.DrillRequested asked, DrillResult result, Instant at) {
        return CanonicalJson.bytes(Value.object(
                "format", Value.of(1),
                "request", Value.of(asked.requestId()),
                "by", Value.of(asked.by()),
                "at", Value.of(at.toString()),
                "migration", Value.of(asked.id().value()),
                "environment", Value.of(asked.environment()),
                "rehearsalEnvironment", Value.of(asked.rehearsalEnvironment()),
                "planDigest", Value.of(asked.planDigest().toString()),
                "snapshotDigest", Value.of(asked.snapshot().digest().toString()),
                "fault", Value.of(asked.fault().label()),
                "hit", result.hit().<Value>map(PlanCodec::key).orElse(Value.NULL),
                "passed", Value.of(result.problem().isEmpty()),
                "problem", result.problem().<Value>map(StatusJson::problem).orElse(Value.NULL),
                "before", Value.of(result.before().map(Digest::toString).orElse(null)),
                "after", Value.of(result.after().map(Digest::toString).orElse(null)),
                "tookMillis", Value.of(result.took().toMillis()),
                "undone", Value.of(result.undone()),
                "operations",
                        Value.array(result.operations().stream()
                                .map(DrillEvidenceJson::operation)
                                .toList()),
                "remains", Value.array(result.remains().stream().map(Value::of).toList()),
                "notProven",
                        Value.array(result.unproven().stream()
                                .map(RehearsalJson::unproven)
                                .toList())));
    }

    private static Value operation(DrilledOperation drilled) {
        var planned = drilled.planned();
        return Value.object(
                "key", PlanCodec.key(planned.operation().key()),
                "operation", PlanCodec.operation(planned.operation()),
                "outcome", Value.of(drilled.outcome()),
                "predictedUndo", Value.of(planned.undo().name()),
                "undo", Value.of(drilled.undone().name()),
                "asPredicted", Value.of(drilled.isAsPredicted()),
                "differences",
                        Value.array(
                                drilled.differences().stream().map(Value::of).toList()));
    }
}
