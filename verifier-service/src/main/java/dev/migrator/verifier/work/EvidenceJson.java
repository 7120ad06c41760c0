package dev.migrator.verifier.work;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.lifecycle.Effect;
import dev.migrator.core.lifecycle.StatusJson;
import dev.migrator.core.verdict.CheckResult;
import java.util.List;
import java.util.TreeMap;

/** What a verdict rests on, as kept in the bucket. */
final class EvidenceJson {
    private EvidenceJson() {}

    static byte[] bytes(
            Effect.VerifyPhase asked, StateVerification.Result state, List<CheckResult> checks, Signals.Heard heard) {
        var fields = new TreeMap<String, Value>();
        fields.put("format", Value.of(1));
        fields.put("migration", Value.of(asked.id().value()));
        fields.put("environment", Value.of(asked.environment()));
        fields.put("plan", Value.of(asked.planDigest().toString()));
        fields.put("epoch", Value.of(asked.epoch()));
        fields.put("phase", Value.of(asked.phase()));
        fields.put("entriesCompared", Value.of(state.entries()));
        fields.put("readings", Value.of(state.readings()));
        fields.put(
                "differences",
                Value.array(state.problems().stream().map(StatusJson::problem).toList()));
        fields.put(
                "checks", Value.array(checks.stream().map(EvidenceJson::check).toList()));
        if (!heard.findings().isEmpty()) {
            fields.put("monitoring", SignalsJson.value(heard));
        }
        return CanonicalJson.bytes(Value.object(fields));
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
