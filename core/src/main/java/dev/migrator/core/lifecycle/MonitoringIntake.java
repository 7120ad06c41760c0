package dev.migrator.core.lifecycle;

import dev.migrator.core.error.Problem;

/**
 * What was heard from monitoring. Only the answer to the last question counts, and only its first one: an earlier "yes" says
 * nothing of now.
 */
final class MonitoringIntake {
    private static final String VERIFIER = "verifier";

    private MonitoringIntake() {}

    static boolean isJudged(Turn turn, Fact.MonitoringAnswered fact) {
        var facts = turn.facts;
        var preparation = facts.preparation();
        if (facts.isEnded() || facts.isStarted() || fact.revision() < preparation.revision()) {
            return true;
        }
        if (!facts.isOpen(new Question.Monitoring()) || fact.revision() > preparation.revision()) {
            return isAnswered(preparation, fact) || refused(turn, fact, Problems.unasked(place(fact)));
        }
        var listening = preparation.listening().orElseThrow();
        if (fact.asking() < listening.asking()) {
            return true;
        }
        if (fact.asking() > listening.asking()) {
            // kept, it could pass for the answer to a question that is not even asked
            return refused(turn, fact, Problems.unasked(place(fact)));
        }
        var plan = facts.plan().map(PlanSummary::planDigest);
        if (plan.filter(fact.planDigest()::equals).isEmpty()) {
            return refused(turn, fact, Problems.monitoringForOtherPlan(fact.planDigest(), plan));
        }
        var report = fact.report().bounded();
        if (report.isConnected() && (report.uri().isBlank() || report.digest().isEmpty())) {
            return refused(turn, fact, Problems.noEvidence("monitoring"));
        }
        answered(turn, listening.answered(report, turn.now), report);
        return true;
    }

    private static boolean isAnswered(Preparation preparation, Fact.MonitoringAnswered fact) {
        return fact.revision() == preparation.revision()
                && fact.asking()
                        <= preparation.listening().map(Listening::asking).orElse(0);
    }

    private static void answered(Turn turn, Listening listening, MonitoringReport report) {
        var preparation = turn.facts.preparation().with(listening);
        var isUsable = report.isConnected() && listening.isFresh(turn.now);
        // time goes by until the next answer, and with it what was read of the target
        turn.facts = turn.facts.answered().with(isUsable ? preparation : preparation.withoutScopeCheck());
        turn.audit(
                report.isConnected() ? "monitoring-heard" : "monitoring-not-heard",
                VERIFIER,
                "asking " + listening.asking(),
                "signals heard and well: " + report.heard().size(),
                "problems: " + report.problems().size());
    }

    private static String place(Fact.MonitoringAnswered fact) {
        return "monitoring of revision " + fact.revision() + ", asking " + fact.asking();
    }

    private static boolean refused(Turn turn, Fact.MonitoringAnswered fact, Problem why) {
        turn.refuse(fact, "fact-refused", VERIFIER, why);
        return true;
    }
}
