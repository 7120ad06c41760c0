package dev.migrator.core.report;

import dev.migrator.core.error.ProblemException;
import java.util.ArrayList;
import java.util.Optional;

/**
 * Checks a report with nothing but the report: no service, no setting, no clock. Whatever the bytes are, it ends with lines that
 * name what is wrong, and needs no more memory than the largest file of a report.
 */
public final class ReportCheck {
    private ReportCheck() {}

    /** @param trusted key that the reader got on another way; without it the report's own is taken at its word, and a line says so */
    public static ReportVerdict of(ReportSource source, Optional<ReportKey> trusted) {
        StoredZipReader zip;
        try {
            zip = StoredZipReader.open(source);
        } catch (ProblemException e) {
            return ReportVerdict.broken(CheckLine.failed("form", e.problem()));
        }
        ReportManifest manifest;
        try {
            manifest = ManifestJson.read(
                    zip.find(ReportRules.MANIFEST).orElseThrow(() -> FileCheck.without(ReportRules.MANIFEST)));
        } catch (ProblemException e) {
            return ReportVerdict.broken(CheckLine.failed("manifest", e.problem()));
        }
        var contents = ReportContents.read(zip, manifest);
        var lines = new ArrayList<CheckLine>();
        lines.addAll(FileCheck.of(contents));
        lines.addAll(SignatureCheck.of(contents, trusted));
        lines.addAll(StatusCheck.of(contents));
        lines.addAll(PlanCheck.of(contents));
        lines.addAll(DryRunCheck.of(contents));
        lines.addAll(RehearsalCheck.of(contents));
        lines.addAll(ApprovalCheck.of(contents, trusted));
        lines.addAll(StateCheck.of(contents));
        lines.addAll(WriteCheck.of(contents));
        lines.addAll(VerdictCheck.of(contents));
        lines.addAll(AuditCheck.of(contents));
        lines.addAll(TextCheck.of(contents));
        return new ReportVerdict(
                Optional.of(manifest), contents.newest(), contents.key().map(ReportKey::id), lines);
    }
}
