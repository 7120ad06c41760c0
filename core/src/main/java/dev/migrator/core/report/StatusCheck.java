package dev.migrator.core.report;

import dev.migrator.core.error.Problem;
import dev.migrator.core.lifecycle.MigrationStatus;
import java.time.Duration;
import java.util.List;

/** Whether the statuses are one history without a gap, and the manifest says what the last of them says. */
final class StatusCheck {
    private static final String NAME = "statuses";
    private static final String WHAT_TO_DO =
            "find out who changed the report or the status topic; nothing follows from this history";

    private StatusCheck() {}

    static List<CheckLine> of(ReportContents contents) {
        var lines = new CheckLines(NAME);
        var statuses = contents.statuses().stream().map(Recorded::said).toList();
        if (statuses.isEmpty()) {
            lines.fail(problem("RPT-STATUS-GAP", "the report holds no status", "at least one", "none"));
            return lines.all();
        }
        MigrationStatus before = null;
        for (var status : statuses) {
            belongs(contents, status, lines);
            sequence(contents, before, status, lines);
            if (before != null
                    && Duration.between(status.updatedAt(), before.updatedAt()).compareTo(ReportRules.CLOCKS) > 0) {
                lines.fail(problem(
                        "RPT-STATUS-TIME",
                        "a status is older than the one before it",
                        "status " + status.sequence() + " not before " + before.updatedAt(),
                        status.updatedAt().toString()));
            }
            before = status;
        }
        stated(contents, statuses.getLast(), lines);
        return lines.passing("numbers " + statuses.getFirst().sequence() + " to "
                + statuses.getLast().sequence() + ", ending in "
                + statuses.getLast().state());
    }

    private static void belongs(ReportContents contents, MigrationStatus status, CheckLines lines) {
        var manifest = contents.manifest();
        if (!status.id().equals(manifest.migration()) || !status.environment().equals(manifest.environment())) {
            lines.fail(problem(
                    "RPT-STATUS-OTHER",
                    "a status is one of another migration",
                    manifest.migration() + " in " + manifest.environment(),
                    status.id() + " in " + status.environment() + ", number " + status.sequence()));
        }
    }

    private static void sequence(
            ReportContents contents, MigrationStatus before, MigrationStatus status, CheckLines lines) {
        long expected = before == null ? 1 : before.sequence() + 1;
        if (status.sequence() == expected) {
            return;
        }
        if (status.sequence() > expected && contents.isSaidToBeMissing(NAME)) {
            lines.notChecked("numbers " + expected + " to " + (status.sequence() - 1) + ": " + contents.why(NAME));
        } else {
            lines.fail(problem(
                    "RPT-STATUS-GAP",
                    "a status is missing, or not in its place",
                    "number " + expected,
                    "number " + status.sequence()));
        }
    }

    private static void stated(ReportContents contents, MigrationStatus last, CheckLines lines) {
        var manifest = contents.manifest();
        var same = manifest.state() == last.state()
                && manifest.ended() == last.ended()
                && manifest.commit().equals(last.commit())
                && manifest.requester().equals(last.requester())
                && manifest.plan().equals(last.planDigest())
                && manifest.beforeHash().equals(last.beforeHash())
                && manifest.endHash().equals(last.endHash());
        if (!same) {
            lines.fail(problem(
                    "RPT-STATED",
                    "the manifest says something else than the last status",
                    last.state() + ", plan " + last.planDigest() + ", before " + last.beforeHash() + ", end "
                            + last.endHash(),
                    manifest.state() + ", plan " + manifest.plan() + ", before " + manifest.beforeHash() + ", end "
                            + manifest.endHash()));
        }
    }

    private static Problem problem(String code, String message, String expected, String found) {
        return Problem.of(code, message)
                .about(ReportRules.STATUSES)
                .expected(expected)
                .found(found)
                .todo(WHAT_TO_DO);
    }
}
