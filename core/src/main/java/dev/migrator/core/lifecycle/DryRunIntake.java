package dev.migrator.core.lifecycle;

/** What the targets said to a plan. One answer per revision: the first one that belongs to its plan stands. */
final class DryRunIntake {
    private static final String WORKER = "executor";

    private DryRunIntake() {}

    static boolean isJudged(Turn turn, Fact.DryRunAnswered fact) {
        var preparation = turn.facts.preparation();
        if (turn.facts.isEnded() || fact.revision() < preparation.revision()) {
            return true;
        }
        if (fact.revision() > preparation.revision() || preparation.plan().isEmpty()) {
            return false;
        }
        var plan = turn.facts.plan().map(PlanSummary::planDigest);
        if (plan.filter(fact.planDigest()::equals).isEmpty()) {
            turn.refuse(fact, "fact-refused", WORKER, Problems.dryRunOfOtherPlan(fact.planDigest(), plan));
            return true;
        }
        var report = fact.report().bounded();
        if (!report.isRefused() && (report.uri().isBlank() || report.digest().isEmpty())) {
            turn.refuse(fact, "fact-refused", WORKER, Problems.noEvidence("the dry run"));
            return true;
        }
        if (preparation.dryRun().isPresent()) {
            if (!preparation.dryRun().get().equals(report)) {
                turn.refuse(
                        fact, "fact-refused", WORKER, Problems.contradiction("dry run of revision " + fact.revision()));
            }
            return true;
        }
        turn.facts = turn.facts.with(preparation.with(report));
        if (turn.facts.isOpen(new Question.DryRun())) {
            turn.facts = turn.facts.answered();
        }
        turn.audit(
                report.isRefused() ? "dry-run-refused" : "dry-run-accepted",
                WORKER,
                "revision " + fact.revision(),
                report.accepted() + " accepted, " + report.refused() + " refused, " + report.unchecked()
                        + " not checked");
        return true;
    }
}
