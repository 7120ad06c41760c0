package dev.migrator.core.environment;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * By what two services tell whether their files declare the same monitoring. The order of the signals, and how a time or a
 * bound is written, change nothing: {@code 60s} is {@code 1m}, and {@code 1.0} is {@code 1}.
 */
public final class SignalsDigest {
    private SignalsDigest() {}

    /** @return empty if nothing is declared */
    public static Optional<Digest> of(List<MonitoredSignal> declared) {
        if (declared.isEmpty()) {
            return Optional.empty();
        }
        var signals = declared.stream()
                .map(SignalsDigest::value)
                .sorted(Comparator.comparing(CanonicalJson::text))
                .toList();
        return Optional.of(Digest.of(Value.array(signals)));
    }

    private static Value value(MonitoredSignal signal) {
        var attributes = new TreeMap<String, Value>();
        signal.attributes().forEach((name, value) -> attributes.put(name, Value.of(value)));
        return Value.object(
                "source", Value.of(signal.source()),
                "metric", Value.of(signal.metric()),
                "attributes", Value.object(attributes),
                "everySeconds", Value.of(signal.every().duration().toSeconds()),
                "min", bound(signal.min()),
                "max", bound(signal.max()));
    }

    /** As text: a bound may be longer than a number in canonical form. */
    private static Value bound(Optional<BigDecimal> bound) {
        return bound.map(value -> (Value) Value.of(value.stripTrailingZeros().toString()))
                .orElse(Value.NULL);
    }
}
