package dev.migrator.core.report;

import dev.migrator.core.error.Problem;
import dev.migrator.core.lifecycle.Fact;
import dev.migrator.core.lifecycle.MigrationStatus;
import dev.migrator.core.lifecycle.WorkerAnswer;
import dev.migrator.core.present.StyledText;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What happened, a line each, in the order of time: for people, made of the other files. */
final class Timeline {
    private static final int MOST = 20_000;
    private static final int LONGEST = 300;

    private record Line(Instant at, String what, String text) {}

    private final List<Line> lines = new ArrayList<>();

    private Timeline() {}

    static byte[] bytes(ReportFacts facts) {
        var timeline = new Timeline();
        facts.statuses().forEach(status -> timeline.status(status.said()));
        facts.approvals().forEach(timeline::approval);
        facts.facts().forEach(fact -> timeline.fact(fact.at(), fact.said()));
        facts.audit().forEach(timeline::audit);
        return timeline.text(facts.newest()).getBytes(StandardCharsets.UTF_8);
    }

    private void status(MigrationStatus status) {
        var phase = status.phase().isEmpty() ? "" : " " + status.phase();
        var batches = status.batchesTotal() == 0 ? "" : " " + status.batchesDone() + "/" + status.batchesTotal();
        var waits = status.waitsFor().isEmpty() ? "" : ", waits for " + status.waitsFor();
        add(status.updatedAt(), "status", status.sequence() + " " + status.state() + phase + batches + waits);
    }

    private void approval(Recorded<SignedApproval> approval) {
        var statement = approval.said().statement();
        add(
                approval.at(),
                "approval",
                (statement.granted() ? "granted by " : "denied by ") + statement.approver() + " for plan "
                        + statement.planDigest().brief()
                        + (statement.reason().isEmpty() ? "" : ": " + statement.reason()));
    }

    private void fact(Instant at, Fact.OfMigration fact) {
        switch (fact) {
            case Fact.Answered(var answer) -> add(at, "worker", answer(answer));
            case Fact.PhaseVerified verified -> add(at, "verdict", "phase " + verified.phase() + " verified");
            case Fact.AnomalyDetected anomaly ->
                anomaly.problems()
                        .forEach(problem -> add(
                                at,
                                "verdict",
                                "phase " + anomaly.phase() + " " + problem.code() + " " + problem.message()));
            case Fact.RollbackCommanded rollback ->
                add(at, "rollback", "commanded in phase " + rollback.phase() + ": " + rollback.reason());
            case Fact.Commanded command ->
                add(at, "command", command.command() + " by " + command.by() + " " + command.reason());
            case Fact.SnapshotStored stored ->
                add(
                        at,
                        "snapshot",
                        stored.entries() + " entries, state "
                                + stored.stateHash().brief());
            case Fact.SnapshotFailed failed ->
                add(at, "snapshot", failed.problem().code());
            case Fact.DryRunAnswered said ->
                add(
                        at,
                        "dry-run",
                        said.report().accepted() + " accepted, " + said.report().refused() + " refused");
            case Fact.RehearsalAnswered said ->
                add(
                        at,
                        "rehearsal",
                        said.report().asPredicted() + " of " + said.report().operations() + " as predicted, "
                                + said.report().notProven() + " not proven"
                                + briefly(said.report().problem()));
            case Fact.MonitoringAnswered said ->
                add(
                        at,
                        "monitoring",
                        "signals heard and well: " + said.report().heard().size()
                                + briefly(said.report().problems().stream().findFirst()));
            case Fact.DrillAnswered(var report) -> add(at, "drill", report.evidence() + briefly(report.problem()));
            case Fact.DrillOrdered(var order) -> add(at, "drill", "ordered by " + order.by());
            case Fact.Requested _, Fact.PlanProposed _, Fact.PlanRejected _, Fact.Approval _, Fact.WorkDelayed _ -> {
                // told by the statuses
            }
        }
    }

    private static String briefly(Optional<Problem> problem) {
        return problem.map(why -> ": " + why.code()).orElse("");
    }

    private static String answer(WorkerAnswer answer) {
        var counts = answer.counts();
        return answer.kind() + (answer.batch() < 0 ? "" : " " + answer.batch()) + " " + answer.result()
                + (counts.equals(WorkerAnswer.Counts.NONE)
                        ? ""
                        : ", applied " + counts.applied() + ", already " + counts.alreadyApplied() + ", retained "
                                + counts.retained() + ", conflicts " + counts.conflicts() + ", failed "
                                + counts.failed())
                + answer.stateHash().map(hash -> ", state " + hash.brief()).orElse("");
    }

    private void audit(Recorded<AuditRecord> entry) {
        var said = entry.said();
        add(
                said.at(),
                "audit",
                said.decision() + " by " + said.actor()
                        + said.problem().map(problem -> ": " + problem.code()).orElse(""));
    }

    private void add(Instant at, String what, String text) {
        var harmless = StyledText.harmless(text).strip();
        lines.add(new Line(at, what, harmless.length() <= LONGEST ? harmless : harmless.substring(0, LONGEST) + "…"));
    }

    private String text(MigrationStatus newest) {
        lines.sort(Comparator.comparing(Line::at).thenComparing(Line::what).thenComparing(Line::text));
        var text = new StringBuilder("migration ")
                .append(newest.id())
                .append(" in ")
                .append(StyledText.harmless(newest.environment()))
                .append(": ")
                .append(newest.state())
                .append("\n\n");
        lines.stream()
                .limit(MOST)
                .forEach(line -> text.append(String.format(
                        "%-24s  %-9s %s\n", Instant.ofEpochMilli(line.at().toEpochMilli()), line.what(), line.text())));
        if (lines.size() > MOST) {
            text.append("and ").append(lines.size() - MOST).append(" more, in the other files\n");
        }
        return text.toString();
    }
}
