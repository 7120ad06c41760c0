package dev.migrator.executor.work;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.lifecycle.Effect;
import dev.migrator.core.lifecycle.StatusJson;
import dev.migrator.core.plan.PlanCodec;
import dev.migrator.core.rehearsal.Unproven;
import dev.migrator.core.verdict.CheckResult;
import dev.migrator.engine.RehearsalResult;
import dev.migrator.engine.RehearsedOperation;

/** What came of a rehearsal, prediction beside result for each operation in the order of the plan, as it is kept in the bucket. */
final class RehearsalJson {
    private RehearsalJson() {}

    static byte[] bytes(Effect.RehearsalRequested asked, RehearsalResult result) {
        return CanonicalJson.bytes(Value.object(
                "format", Value.of(1),
                "migration", Value.of(asked.id().value()),
                "revision", Value.of(asked.revision()),
                "environment", Value.of(asked.environment()),
                "rehearsalEnvironment", Value.of(asked.rehearsalEnvironment()),
                "planDigest", Value.of(asked.planDigest().toString()),
                "snapshotDigest", Value.of(asked.snapshot().digest().toString()),
                "passed", Value.of(result.problem().isEmpty()),
                "problem", result.problem().<Value>map(StatusJson::problem).orElse(Value.NULL),
                "before", Value.of(result.before().map(Digest::toString).orElse(null)),
                "after", Value.of(result.after().map(Digest::toString).orElse(null)),
                "operations",
                        Value.array(result.operations().stream()
                                .map(RehearsalJson::operation)
                                .toList()),
                "checks",
                        Value.array(result.checks().stream()
                                .map(RehearsalJson::check)
                                .toList()),
                "remains", Value.array(result.remains().stream().map(Value::of).toList()),
                "notProven",
                        Value.array(result.unproven().stream()
                                .map(RehearsalJson::unproven)
                                .toList())));
    }

    private static Value operation(RehearsedOperation rehearsed) {
        var planned = rehearsed.planned();
        return Value.object(
                "key", PlanCodec.key(planned.operation().key()),
                "asPredicted", Value.of(rehearsed.isAsPredicted()),
                "predicted",
                        Value.object(
                                "operation", PlanCodec.operation(planned.operation()),
                                "undo", Value.of(planned.undo().name())),
                "found",
                        Value.object(
                                "outcome", Value.of(rehearsed.outcome()),
                                "differences",
                                        Value.array(rehearsed.differences().stream()
                                                .map(Value::of)
                                                .toList()),
                                "undo",
                                        Value.of(rehearsed
                                                .undone()
                                                .map(Enum::name)
                                                .orElse(null))));
    }

    private static Value check(CheckResult check) {
        return Value.object(
                "check", Value.of(check.check()),
                "passed", Value.of(check.passed()),
                "evidence", Value.of(check.evidence()),
                "problem", check.problem().<Value>map(StatusJson::problem).orElse(Value.NULL));
    }

    static Value unproven(Unproven unproven) {
        return Value.object(
                "about", Value.of(unproven.about()),
                "why", Value.of(unproven.why()),
                "rehearsed", Value.of(!unproven.left()));
    }
}
