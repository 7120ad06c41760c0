package dev.migrator.policy;

import dev.migrator.core.error.Finding;
import dev.migrator.core.plan.ApprovalNeed;
import java.util.List;

/**
 * What the policies say.
 *
 * @param findings in the order of the policies, for each in the order of what it was asked about; errors refuse
 * @param approvals asked for, one a group, ascending
 */
public record Judgement(List<Finding> findings, List<ApprovalNeed> approvals) {
    public Judgement {
        findings = List.copyOf(findings);
        approvals = List.copyOf(approvals);
    }

    public boolean refuses() {
        return findings.stream().anyMatch(Finding::stops);
    }

    /** Remarks as an approver reads them in the plan. */
    public List<String> warnings() {
        return findings.stream()
                .filter(finding -> !finding.stops())
                .map(Finding::problem)
                .map(problem -> problem.thing() + ": " + problem.message() + ": " + problem.expected()
                        + (problem.found().isEmpty() ? "" : ", found " + problem.found()))
                .toList();
    }

    /** Whether both decide the same; the words may differ. */
    public boolean decidesAs(Judgement other) {
        return approvals.equals(other.approvals) && decisions().equals(other.decisions());
    }

    private List<String> decisions() {
        return findings.stream()
                .map(finding -> finding.severity() + " " + finding.problem().code() + " "
                        + finding.problem().message() + " " + finding.problem().thing())
                .toList();
    }
}
