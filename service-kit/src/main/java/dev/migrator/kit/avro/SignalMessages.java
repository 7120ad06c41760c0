package dev.migrator.kit.avro;

import dev.migrator.core.verdict.SignalSample;
import dev.migrator.events.v1.HealthSample;

/** What monitored systems publish, as a record and back. */
public final class SignalMessages {
    private SignalMessages() {}

    /** @param unit of the value in UCUM, for people */
    public static HealthSample of(SignalSample sample, String unit) {
        return new HealthSample(
                sample.source(),
                sample.environment(),
                sample.metric(),
                sample.value(),
                unit,
                sample.attributes(),
                Parts.millis(sample.measuredAt()));
    }

    public static SignalSample sample(HealthSample event) {
        return new SignalSample(
                event.getSource(),
                event.getEnvironment(),
                event.getMetric(),
                event.getValue(),
                event.getAttributes(),
                event.getMeasuredAt());
    }
}
