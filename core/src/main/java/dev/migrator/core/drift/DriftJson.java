package dev.migrator.core.drift;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.lifecycle.StatusJson;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A report as JSON, the form in which the HTTP API answers. */
public final class DriftJson {
    /** Nothing that is managed differs, and all of it was read. */
    public static final String CLEAN = "CLEAN";
    /** Something that is managed differs. */
    public static final String DRIFTED = "DRIFTED";
    /** Nothing is known to differ, and not everything was read. */
    public static final String UNKNOWN = "UNKNOWN";

    private DriftJson() {}

    /** @param now what the age is counted from */
    public static Value.Obj toValue(DriftReport report, Instant now) {
        var checked = report.checkedAt();
        return Value.object(
                "environment", Value.of(report.environment()),
                "state", Value.of(state(report)),
                "checkedAt", time(checked),
                "ageSeconds",
                        checked.<Value>map(at -> Value.of(
                                        Math.max(0, Duration.between(at, now).toSeconds())))
                                .orElse(Value.NULL),
                "drifted", Value.of(report.drifted()),
                "targets",
                        Value.array(
                                report.targets().stream().map(DriftJson::target).toList()),
                "items",
                        Value.array(report.findings().stream()
                                .map(DriftJson::finding)
                                .toList()),
                "problem", report.problem().<Value>map(StatusJson::problem).orElse(Value.NULL),
                "answers", Value.of(report.answers()));
    }

    private static String state(DriftReport report) {
        if (report.drifted() > 0) {
            return DRIFTED;
        }
        return report.isComplete() && report.checkedAt().isPresent() ? CLEAN : UNKNOWN;
    }

    private static Value target(DriftReport.Target target) {
        return Value.object(
                "name", Value.of(target.name()),
                "entries", Value.of(target.entries()),
                "checkedAt", time(target.checkedAt()),
                "problem", target.problem().<Value>map(StatusJson::problem).orElse(Value.NULL));
    }

    private static Value finding(DriftFinding finding) {
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
                "firstSeen", Value.of(finding.firstSeen().toString()));
    }

    private static Value time(Optional<Instant> time) {
        return time.<Value>map(at -> Value.of(at.toString())).orElse(Value.NULL);
    }
}
