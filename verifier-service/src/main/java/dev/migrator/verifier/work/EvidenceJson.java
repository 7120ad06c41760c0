package dev.migrator.verifier.work;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.lifecycle.Effect;
import dev.migrator.core.lifecycle.StatusJson;
import dev.migrator.core.verdict.CheckResult;
import java.util.List;

/** What a verdict rests on, as kept in the bucket. */
final class EvidenceJson {
    private EvidenceJson() {}

    static byte[] bytes(Effect.VerifyPhase asked, StateVerification.Result state, List<CheckResult> checks) {
        return CanonicalJson.bytes(Value.object(
                "format", Value.of(1),
                "migration", Value.of(asked.id().value()),
                "environment", Value.of(asked.environment()),
                "plan", Value.of(asked.planDigest().toString()),
                "epoch", Value.of(asked.epoch()),
                "phase", Value.of(asked.phase()),
                "entriesCompared", Value.of(state.entries()),
                "readings", Value.of(state.readings()),
                "differences",
                        Value.array(state.problems().stream()
                                .map(StatusJson::problem)
                                .toList()),
                "checks", Value.array(checks.stream().map(EvidenceJson::check).toList())));
    }

    private static Value check(CheckResult result) {
        return Value.object(
                "check", Value.of(result.check()),
                "passed", Value.of(result.passed()),
                "evidence", Value.of(result.evidence()),
                "problem",
                        result.problem().map(p -> (Value) StatusJson.problem(p)).orElse(Value.NULL));
    }
}
