package dev.migrator.kit.avro;

import dev.migrator.core.drift.Acknowledgement;
import dev.migrator.core.drift.DriftFinding;
import dev.migrator.core.drift.DriftReport;
import dev.migrator.core.model.EntryKey;
import dev.migrator.events.v1.DriftAcknowledged;
import dev.migrator.events.v1.DriftReported;
import dev.migrator.events.v1.DriftTarget;
import dev.migrator.events.v1.DriftedField;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Reports about drift as records and back; times have milliseconds. */
public final class DriftMessages {
    private DriftMessages() {}

    public static DriftReported of(DriftReport report) {
        return new DriftReported(
                report.environment(),
                millis(report.at()),
                millis(report.freshUntil()),
                report.targets().stream().map(DriftMessages::of).toList(),
                report.drifted(),
                report.findings().stream().map(DriftMessages::of).toList(),
                report.problem().map(Parts::of).orElse(null),
                report.answers());
    }

    /** @throws dev.migrator.core.error.ProblemException {@code EVT-…} if a digest or a problem's code is none */
    public static DriftReport report(DriftReported event) {
        return new DriftReport(
                event.getEnvironment(),
                event.getAt(),
                event.getFreshUntil(),
                event.getTargets().stream().map(DriftMessages::target).toList(),
                event.getDrifted(),
                event.getFindings().stream().map(DriftMessages::finding).toList(),
                Optional.ofNullable(event.getProblem()).map(Parts::problem),
                event.getAnswers());
    }

    public static DriftAcknowledged of(Acknowledgement acknowledgement) {
        return new DriftAcknowledged(
                acknowledgement.environment(),
                acknowledgement.uid(),
                acknowledgement.kind(),
                acknowledgement.found().toString(),
                acknowledgement.by(),
                acknowledgement.reason(),
                millis(acknowledgement.at()),
                millis(acknowledgement.until()));
    }

    /** @throws dev.migrator.core.error.ProblemException {@code EVT-DIGEST} if what was found is no digest */
    public static Acknowledgement acknowledgement(DriftAcknowledged event) {
        return new Acknowledgement(
                event.getEnvironment(),
                event.getUid(),
                event.getKind(),
                Parts.digest("found", event.getFound()),
                event.getBy(),
                event.getReason(),
                event.getAt(),
                event.getUntil());
    }

    private static DriftTarget of(DriftReport.Target target) {
        return new DriftTarget(
                target.name(),
                target.entries(),
                target.checkedAt().map(DriftMessages::millis).orElse(null),
                target.problem().map(Parts::of).orElse(null));
    }

    private static DriftReport.Target target(DriftTarget target) {
        return new DriftReport.Target(
                target.getName(),
                target.getEntries(),
                Optional.ofNullable(target.getCheckedAt()),
                Optional.ofNullable(target.getProblem()).map(Parts::problem));
    }

    private static dev.migrator.events.v1.DriftFinding of(DriftFinding finding) {
        return new dev.migrator.events.v1.DriftFinding(
                finding.uid(),
                finding.project(),
                finding.key().target(),
                finding.key().kind(),
                finding.key().address(),
                finding.fields().stream()
                        .map(field -> new DriftedField(field.name(), field.found()))
                        .toList(),
                finding.fieldCount(),
                finding.found().toString(),
                finding.lastApplied(),
                millis(finding.firstSeen()));
    }

    private static DriftFinding finding(dev.migrator.events.v1.DriftFinding finding) {
        return new DriftFinding(
                finding.getUid(),
                finding.getProject(),
                new EntryKey(finding.getTarget(), finding.getKind(), finding.getAddress()),
                finding.getFields().stream()
                        .map(field -> new DriftFinding.Field(field.getName(), field.getFound()))
                        .toList(),
                finding.getFieldCount(),
                Parts.digest("findings.found", finding.getFound()),
                finding.getLastApplied(),
                finding.getFirstSeen());
    }

    private static Instant millis(Instant time) {
        return time.truncatedTo(ChronoUnit.MILLIS);
    }
}
