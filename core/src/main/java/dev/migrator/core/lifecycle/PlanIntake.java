package dev.migrator.core.lifecycle;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.error.Problem;
import dev.migrator.core.lifecycle.Preparation.PlanAnswer;
import dev.migrator.core.plan.ApprovalNeed;
import dev.migrator.core.plan.ApprovalNeeds;
import java.util.List;
import java.util.Optional;

/** What the planner answered. One answer per revision: the first one stands. */
final class PlanIntake {
    private static final int MAX_SCOPE = 1_000;
    private static final int MAX_CHANGES = 10_000;
    private static final int MAX_PHASES = 1_000;
    private static final int MAX_POLICIES = 1_000;

    private PlanIntake() {}

    static boolean isJudged(Turn turn, Fact.PlanProposed fact) {
        var plan = fact.plan();
        // a repeated question is answered at another time, and then others use what is changed
        var repeatable = plan.judgedUntil(Optional.empty()).surroundings(Optional.empty());
        var whole = Digest.of(RecordCodec.write(repeatable, PlanSummary.class));
        var unfit = unfit(plan);
        if (unfit.isPresent()) {
            return isJudged(turn, fact, fact.revision(), new PlanAnswer.Rejected(List.of(unfit.get())));
        }
        var current = fact.revision() == turn.facts.preparation().revision();
        var first = turn.facts.preparation().plan().isEmpty() && !turn.facts.isEnded();
        var judged = isJudged(turn, fact, fact.revision(), new PlanAnswer.Proposed(slim(plan), whole));
        if (current && first) {
            turn.environment =
                    turn.environment.planned(fact.id(), plan.scope(), Fingerprints.of(plan.changes()), undoes(plan));
            turn.facts = turn.facts.with(inBucket(turn.facts.change().orElseThrow(), plan.bundleUri()));
        }
        return judged;
    }

    static boolean isJudged(Turn turn, Fact.PlanRejected fact) {
        var problems = fact.problems().isEmpty()
                ? List.of(Problems.rejectedWithoutReason())
                : fact.problems()
                        .subList(0, Math.min(Report.MOST, fact.problems().size()));
        return isJudged(turn, fact, fact.revision(), new PlanAnswer.Rejected(problems));
    }

    private static boolean isJudged(Turn turn, Fact.OfMigration fact, int revision, PlanAnswer answer) {
        var preparation = turn.facts.preparation();
        if (turn.facts.isEnded() || revision < preparation.revision()) {
            return true;
        }
        if (revision > preparation.revision()) {
            return false;
        }
        if (preparation.plan().isPresent()) {
            if (!isSame(preparation.plan().get(), answer)) {
                turn.refuse(fact, "fact-refused", "planner", Problems.contradiction("plan of revision " + revision));
            }
            return true;
        }
        turn.facts = turn.facts.with(preparation.with(answer));
        if (turn.facts.isOpen(new Question.Plan())) {
            turn.facts = turn.facts.answered();
        }
        turn.audit(
                answer instanceof PlanAnswer.Proposed ? "plan-accepted" : "plan-rejected",
                "planner",
                "revision " + revision);
        return true;
    }

    private static boolean isSame(PlanAnswer known, PlanAnswer answer) {
        return known instanceof PlanAnswer.Proposed(var _, var whole) && answer instanceof PlanAnswer.Proposed again
                ? whole.equals(again.whole())
                : known.equals(answer);
    }

    /** From here on the planner's own copy of the bundle is used: the inline one need not be kept. */
    private static ChangeRequest inBucket(ChangeRequest change, String bundleUri) {
        return bundleUri.isEmpty() ? change : change.inBucket(bundleUri);
    }

    private static PlanSummary slim(PlanSummary plan) {
        return new PlanSummary(
                plan.planDigest(),
                plan.planUri(),
                plan.bundleUri(),
                plan.beforeHash(),
                plan.phases(),
                List.of(),
                List.of(),
                plan.creates(),
                plan.updates(),
                plan.deletes(),
                plan.worstRisk(),
                List.of(),
                plan.ownership(),
                plan.approvals(),
                plan.judgedUntil(),
                plan.surroundings(),
                List.of(),
                plan.rehearsedFor());
    }

    private static Optional<Fingerprints> undoes(PlanSummary plan) {
        return plan.undoes().isEmpty() ? Optional.empty() : Optional.of(Fingerprints.of(plan.undoes()));
    }

    private static Optional<Problem> unfit(PlanSummary plan) {
        if (plan.planUri().isBlank()) {
            return Optional.of(Problems.planShape("a place where the plan lies", "none"));
        }
        if (plan.scope().size() > MAX_SCOPE
                || plan.changes().size() > MAX_CHANGES
                || plan.undoes().size() > MAX_CHANGES
                || plan.phases().size() > MAX_PHASES
                || plan.rehearsedFor().size() > MAX_POLICIES) {
            return Optional.of(Problems.planShape(
                    "at most " + MAX_SCOPE + " claims, " + MAX_CHANGES + " changes, " + MAX_PHASES + " phases",
                    plan.scope().size() + ", " + plan.changes().size() + ", "
                            + plan.phases().size()));
        }
        var unfitNeed = plan.approvals().stream()
                .filter(need -> need.count() < 1 || need.count() > ApprovalNeed.MAX_COUNT)
                .findFirst();
        if (unfitNeed.isPresent() || plan.approvals().size() > ApprovalNeeds.MAX_NEEDS) {
            return Optional.of(Problems.planShape(
                    "at most " + ApprovalNeeds.MAX_NEEDS + " needs of 1 to " + ApprovalNeed.MAX_COUNT + " approvals",
                    unfitNeed
                            .map(need -> need.count() + " approvals")
                            .orElse(plan.approvals().size() + " needs")));
        }
        int next = 0;
        for (var phase : plan.phases()) {
            if (phase.firstBatch() != next || phase.batches() < 0) {
                return Optional.of(Problems.planShape(
                        "phase " + phase.name() + " to begin with batch " + next,
                        phase.batches() + " batches from " + phase.firstBatch()));
            }
            next += phase.batches();
        }
        return Optional.empty();
    }
}
