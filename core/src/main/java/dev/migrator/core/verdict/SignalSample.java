package dev.migrator.core.verdict;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/**
 * One measurement of a monitored system.
 *
 * @param value may be anything that a double is, also no number
 * @param attributes what tells apart several series of one metric
 * @param measuredAt by the clock of the source
 */
public record SignalSample(
        String source,
        String environment,
        String metric,
        double value,
        Map<String, String> attributes,
        Instant measuredAt) {
    public SignalSample {
        Objects.requireNonNull(source);
        Objects.requireNonNull(environment);
        Objects.requireNonNull(metric);
        Objects.requireNonNull(measuredAt);
        attributes = Map.copyOf(attributes);
    }
}
