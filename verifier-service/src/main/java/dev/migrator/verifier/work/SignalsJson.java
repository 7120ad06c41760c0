package dev.migrator.verifier.work;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.lifecycle.Effect;
import dev.migrator.core.lifecycle.StatusJson;
import dev.migrator.core.verdict.SignalFinding;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;

/** What was heard from monitoring, as kept in the bucket. */
final class SignalsJson {
    private SignalsJson() {}

    /** Before the first write. */
    static byte[] bytes(Effect.MonitoringRequested asked, Signals.Heard heard) {
        return CanonicalJson.bytes(Value.object(
                "format", Value.of(1),
                "migration", Value.of(asked.id().value()),
                "environment", Value.of(asked.environment()),
                "plan", Value.of(asked.planDigest().toString()),
                "revision", Value.of(asked.revision()),
                "asking", Value.of(asked.asking()),
                "monitoring", value(heard)));
    }

    static Value value(Signals.Heard heard) {
        return Value.object(
                "recordsRead", Value.of(heard.reading().records()),
                "unreadable", Value.of(heard.reading().unreadable()),
                "signals",
                        Value.array(heard.findings().stream()
                                .map(SignalsJson::finding)
                                .toList()));
    }

    private static Value finding(SignalFinding found) {
        var fields = new TreeMap<String, Value>();
        fields.put("signal", Value.of(found.signal().name()));
        fields.put("state", Value.of(found.state().name()));
        fields.put("every", Value.of(found.signal().every().toString()));
        fields.put("bounds", Value.of(found.signal().bounds()));
        fields.put("from", Value.of(found.from().toString()));
        fields.put("to", Value.of(found.to().toString()));
        fields.put("samples", Value.of(found.samples()));
        fields.put("outside", Value.of(found.outside()));
        fields.put("first", time(found.first()));
        fields.put("last", time(found.last()));
        found.silence().ifPresent(silence -> {
            fields.put("silentFrom", Value.of(silence.from().toString()));
            fields.put("silentTo", Value.of(silence.to().toString()));
        });
        found.worst().ifPresent(worst -> {
            // as text: what is no number has no form in JSON
            fields.put("worst", Value.of(Double.toString(worst.value())));
            fields.put("worstAt", Value.of(worst.at().toString()));
        });
        fields.put(
                "problems",
                Value.array(found.problems().stream().map(StatusJson::problem).toList()));
        return Value.object(fields);
    }

    private static Value time(Optional<Instant> time) {
        return time.map(at -> (Value) Value.of(at.toString())).orElse(Value.NULL);
    }
}
