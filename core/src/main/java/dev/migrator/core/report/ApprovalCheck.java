package dev.migrator.core.report;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.error.Problem;
import dev.migrator.core.lifecycle.ChecklistLine;
import dev.migrator.core.plan.ApprovalNeed;
import dev.migrator.core.plan.Plan;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether each decision names this migration and a plan that it had, is signed, and enough of them grant the last one. */
final class ApprovalCheck {
    private static final String NAME = "approvals";
    private static final String CHECKLIST = "approved";
    private static final String WHAT_TO_DO = "this decision counts for nothing; find out who published it";

    private final ReportContents contents;
    private final CheckLines lines = new CheckLines(NAME);
    private int signed;

    private ApprovalCheck(ReportContents contents) {
        this.contents = contents;
    }

    static List<CheckLine> of(ReportContents contents, Optional<ReportKey> trusted) {
        return new ApprovalCheck(contents).lines(trusted.or(contents::key));
    }

    private List<CheckLine> lines(Optional<ReportKey> key) {
        var planned = contents.statuses().stream()
                .flatMap(status -> status.said().planDigest().stream())
                .collect(Collectors.toSet());
        for (var approval : contents.approvals()) {
            names(approval, planned);
            signature(approval, key);
        }
        enough();
        if (contents.approvals().isEmpty() && contents.isSaidToBeMissing(NAME)) {
            return List.of(CheckLine.notChecked(NAME, contents.why(NAME)));
        }
        if (contents.approvals().isEmpty()) {
            var needed = contents.newest()
                    .map(status -> checklist(status.checklist()))
                    .orElse("");
            return lines.passing("none was given" + needed);
        }
        return lines.passing(contents.approvals().size() + " decisions about this migration, " + signed
                + " signatures hold; who held the key, and that each signed is who they say, rests with the console");
    }

    private static String checklist(List<ChecklistLine> checklist) {
        return checklist.stream()
                .filter(line -> line.name().equals(CHECKLIST) && line.mark() == ChecklistLine.Mark.NOT_REQUIRED)
                .map(line -> ", and none was needed: " + line.evidence())
                .findFirst()
                .orElse("");
    }

    private void names(Recorded<SignedApproval> approval, Set<Digest> planned) {
        var statement = approval.said().statement();
        var manifest = contents.manifest();
        if (!statement.migration().equals(manifest.migration())
                || !statement.environment().equals(manifest.environment())) {
            lines.fail(problem(
                    "RPT-APPROVAL-OTHER",
                    "a decision is one about another migration",
                    approval,
                    manifest.migration() + " in " + manifest.environment(),
                    statement.migration() + " in " + statement.environment()));
        } else if (!planned.contains(statement.planDigest())) {
            if (contents.isSaidToBeMissing("statuses")) {
                lines.notChecked("whether plan " + statement.planDigest().brief() + ", that " + statement.approver()
                        + " decided about, was ever one of this migration: not all statuses are in the report");
            } else if (isYoung(approval)) {
                lines.notChecked("whether plan " + statement.planDigest().brief() + ", that " + statement.approver()
                        + " decided about, is one of this migration: the decision is younger than the last status");
            } else {
                lines.fail(problem(
                        "RPT-APPROVAL-PLAN",
                        "a decision is about a plan that this migration never had",
                        approval,
                        "one of " + planned,
                        statement.planDigest().toString()));
            }
        }
    }

    /** The topics are read one after the other: of what is under way, a plan may come with a status that was not read any more. */
    private boolean isYoung(Recorded<SignedApproval> approval) {
        return contents.statuses().stream()
                .reduce((_, last) -> last)
                .filter(last -> !last.said().ended())
                .filter(last -> Duration.between(approval.at(), last.at()).compareTo(ReportRules.CLOCKS) < 0)
                .isPresent();
    }

    private void signature(Recorded<SignedApproval> approval, Optional<ReportKey> key) {
        var said = approval.said();
        if (key.isEmpty() || !said.keyId().equals(key.get().id())) {
            lines.notChecked("the signature of " + said.statement().approver() + ": it is by key " + said.keyId()
                    + ", which is not at hand");
        } else if (key.get().holds(said.statement().bytes(), said.signature())) {
            signed++;
        } else {
            lines.fail(problem(
                    "RPT-APPROVAL-SIGNATURE",
                    "the signature of a decision does not hold",
                    approval,
                    "a signature by key " + said.keyId() + " over these very values",
                    "another one"));
        }
    }

    /**
     * Only what the plan itself asks for: what the environment asked for on top is in no file. Asked of what counts as approved, and
     * of what began to write, whatever the checklist says.
     */
    private void enough() {
        var newest = contents.newest();
        var needs = contents.plan().map(Plan::approvals).orElse(List.of());
        var counts = newest.stream()
                .flatMap(status -> status.checklist().stream())
                .anyMatch(line -> line.name().equals(CHECKLIST) && line.mark() == ChecklistLine.Mark.PASSED);
        if (!counts && !(contents.hasBegunToWrite() && !needs.isEmpty())) {
            return;
        }
        if (newest.get().planDigest().isEmpty()) {
            return; // the check of the plan says so
        }
        var plan = newest.get().planDigest().get();
        var all = needs.isEmpty() ? List.of(new ApprovalNeed(1, "", "checklist")) : needs;
        for (var need : all) {
            var given = contents.approvals().stream()
                    .map(approval -> approval.said().statement())
                    .filter(grant -> grant.granted() && grant.planDigest().equals(plan))
                    .filter(grant -> need.group().isEmpty() || grant.groups().contains(need.group()))
                    .map(grant -> person(grant.approver()))
                    .filter(person -> !person.equals(person(newest.get().requester())))
                    .distinct()
                    .count();
            if (given < need.count()) {
                missing(need, given, plan);
            }
        }
    }

    private void missing(ApprovalNeed need, long given, Digest plan) {
        if (contents.isSaidToBeMissing(NAME)) {
            lines.notChecked("whether enough people approved: " + contents.why(NAME));
            return;
        }
        lines.fail(Problem.of(
                        "RPT-APPROVAL-MISSING",
                        "the migration counts as approved or was carried out, and the approvals are not there")
                .about("plan " + plan)
                .expected(need.count() + " people other than the requester"
                        + (need.group().isEmpty() ? "" : " in group " + need.group()))
                .found(String.valueOf(given))
                .todo("find out who took them away"));
    }

    private static String person(String name) {
        return name.strip().toLowerCase(Locale.ROOT);
    }

    private static Problem problem(
            String code, String message, Recorded<SignedApproval> approval, String expected, String found) {
        return Problem.of(code, message)
                .about(approval.said().statement().approver() + ", " + approval.place())
                .expected(expected)
                .found(found)
                .todo(WHAT_TO_DO);
    }
}
