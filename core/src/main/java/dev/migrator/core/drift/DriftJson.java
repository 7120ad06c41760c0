package dev.migrator.core.drift;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.lifecycle.StatusJson;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/** A report as JSON, the form in which the HTTP API answers. */
public final class DriftJson {
    /** Nothing that is managed differs, and all of it was read. */
    public static final String CLEAN = "CLEAN";
    /** All that differs is acknowledged for now, and everything was read. */
    public static final String ACKNOWLEDGED = "ACKNOWLEDGED";
    /** Something that is managed differs, and not all of that is acknowledged. */
    public static final String DRIFTED = "DRIFTED";
    /** Nothing is known to differ that is not acknowledged, and not everything was read. */
    public static final String UNKNOWN = "UNKNOWN";

    private DriftJson() {}

    /**
     * @param now what the age is counted from
     * @param acknowledgements the one that covers a finding now, if there is one
     */
    public static Value.Obj toValue(
            DriftReport report, Instant now, Function<DriftFinding, Optional<Acknowledgement>> acknowledgements) {
        var checked = report.checkedAt();
        long acknowledged = report.findings().stream()
                .filter(finding -> acknowledgements.apply(finding).isPresent())
                .count();
        return Value.object(
                "environment", Value.of(report.environment()),
                "state", Value.of(state(report, acknowledged)),
                "checkedAt", time(checked),
                "ageSeconds",
                        checked.<Value>map(at -> Value.of(
                                        Math.max(0, Duration.between(at, now).toSeconds())))
                                .orElse(Value.NULL),
                "drifted", Value.of(report.drifted()),
                "acknowledged", Value.of(acknowledged),
                "targets",
                        Value.array(
                                report.targets().stream().map(DriftJson::target).toList()),
                "items",
                        Value.array(report.findings().stream()
                                .map(finding -> finding(finding, acknowledgements.apply(finding)))
                                .toList()),
                "problem", report.problem().<Value>map(StatusJson::problem).orElse(Value.NULL),
                "answers", Value.of(report.answers()));
    }

    private static String state(DriftReport report, long acknowledged) {
        if (report.drifted() > acknowledged) {
            return DRIFTED;
        }
        if (!report.isComplete() || report.checkedAt().isEmpty()) {
            return UNKNOWN;
        }
        return acknowledged > 0 ? ACKNOWLEDGED : CLEAN;
    }

    private static Value target(DriftReport.Target target) {
        return Value.object(
                "name", Value.of(target.name()),
                "entries", Value.of(target.entries()),
                "checkedAt", time(target.checkedAt()),
                "problem", target.problem().<Value>map(StatusJson::problem).orElse(Value.NULL));
    }

    private static Value finding(DriftFinding finding, Optional<Acknowledgement> acknowledged) {
        return Value.object(
                "uid", Value.of(finding.uid()),
                "project", Value.of(finding.project()),
                "target", Value.of(finding.key().target()),
                "kind", Value.of(finding.key().kind()),
                "address", Value.of(finding.key().address()),
                "fields",
                        Value.array(finding.fields().stream()
                                .map(field -> (Value)
                                        Value.object("name", Value.of(field.name()), "found", Value.of(field.found())))
                                .toList()),
                "fieldCount", Value.of(finding.fieldCount()),
                "found", Value.of(finding.found().toString()),
                "lastApplied", Value.of(finding.lastApplied()),
                "firstSeen", Value.of(finding.firstSeen().toString()),
                "acknowledged", acknowledged.<Value>map(DriftJson::acknowledged).orElse(Value.NULL));
    }

    private static Value acknowledged(Acknowledgement acknowledgement) {
        return Value.object(
                "by", Value.of(acknowledgement.by()),
                "reason", Value.of(acknowledgement.reason()),
                "at", Value.of(acknowledgement.at().toString()),
                "until", Value.of(acknowledgement.until().toString()));
    }

    private static Value time(Optional<Instant> time) {
        return time.<Value>map(at -> Value.of(at.toString())).orElse(Value.NULL);
    }
}
