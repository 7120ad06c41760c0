package dev.migrator.core.lifecycle;

import dev.migrator.core.error.Problem;

/** What came of a rehearsal. One answer per revision: the first one that belongs to its plan and snapshot stands. */
final class RehearsalIntake {
    private static final String WORKER = "executor";

    private RehearsalIntake() {}

    static boolean isJudged(Turn turn, Fact.RehearsalAnswered fact) {
        var preparation = turn.facts.preparation();
        if (turn.facts.isEnded() || fact.revision() < preparation.revision()) {
            return true;
        }
        if (fact.revision() > preparation.revision()
                || preparation.plan().isEmpty()
                || preparation.snapshot().isEmpty()) {
            return false;
        }
        var plan = turn.facts.plan().map(PlanSummary::planDigest);
        if (plan.filter(fact.planDigest()::equals).isEmpty()) {
            return refused(turn, fact, Problems.rehearsalOfOther("plan", fact.planDigest(), plan));
        }
        var snapshot = turn.facts.snapshot().map(Preparation.SnapshotAnswer.Stored::digest);
        if (snapshot.filter(fact.snapshotDigest()::equals).isEmpty()) {
            return refused(turn, fact, Problems.rehearsalOfOther("snapshot", fact.snapshotDigest(), snapshot));
        }
        var report = fact.report().bounded();
        if (report.isPassed() && (report.uri().isBlank() || report.digest().isEmpty())) {
            return refused(turn, fact, Problems.noEvidence("the rehearsal"));
        }
        if (preparation.rehearsal().isPresent()) {
            return preparation.rehearsal().get().equals(report)
                    || refused(turn, fact, Problems.contradiction("rehearsal of revision " + fact.revision()));
        }
        turn.facts = turn.facts.with(preparation.with(report));
        turn.environment = turn.environment.rehearsed(fact.id());
        if (turn.facts
                .outstanding()
                .filter(open -> open.question() instanceof Question.Rehearsal)
                .isPresent()) {
            turn.facts = turn.facts.answered();
        }
        turn.audit(
                report.isPassed() ? "rehearsal-passed" : "rehearsal-failed",
                WORKER,
                "revision " + fact.revision(),
                report.asPredicted() + " of " + report.operations() + " operations as predicted, " + report.notProven()
                        + " not proven");
        return true;
    }

    private static boolean refused(Turn turn, Fact.RehearsalAnswered fact, Problem why) {
        turn.refuse(fact, "fact-refused", WORKER, why);
        return true;
    }
}
