package dev.migrator.policy;

import dev.migrator.core.error.Finding;
import dev.migrator.core.plan.ApprovalNeed;
import java.util.List;

/**
 * What the policies say.
 *
 * @param findings in the order of the policies, for each in the order of what it was asked about; errors refuse
 * @param approvals asked for, one a group, ascending
 * @param rehearsals names of the policies that ask for a rehearsal, ascending
 */
public record Judgement(List<Finding> findings, List<ApprovalNeed> approvals, List<String> rehearsals) {
    public Judgement {
        findings = List.copyOf(findings);
        approvals = List.copyOf(approvals);
        rehearsals = List.copyOf(rehearsals);
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
        return approvals.equals(other.approvals)
                && rehearsals.equals(other.rehearsals)
                && decisions().equals(other.decisions());
    }

    private List<String> decisions() {
        return findings.stream()
                .map(finding -> finding.severity() + " " + finding.problem().code() + " "
                        + finding.problem().message() + " " + finding.problem().thing())
                .toList();
    }
}
