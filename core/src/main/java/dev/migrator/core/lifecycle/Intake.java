package dev.migrator.core.lifecycle;

import dev.migrator.core.lifecycle.Facts.EarlyFact;
import java.util.ArrayList;
import java.util.List;

/** Takes in a fact: keeps it, passes over a repetition, refuses a contradiction, or lays it by until it can be judged. */
final class Intake {
    private Intake() {}

    static void take(Turn turn, Fact.OfMigration fact) {
        if (!isJudged(turn, fact)) {
            layBy(turn, fact);
        }
    }

    /** Judges again what was laid by. */
    static void revisit(Turn turn) {
        if (turn.facts.change().isEmpty()) {
            return;
        }
        for (var early : turn.facts.early()) {
            if (turn.facts.early().contains(early) && isJudged(turn, early.fact())) {
                turn.facts = turn.facts.withEarly(turn.facts.early().stream()
                        .filter(other -> other != early)
                        .toList());
            }
        }
    }

    /** Forgets early facts that nothing came of. */
    static void expire(Turn turn) {
        var oldest = turn.now.minus(turn.rules.earlyKept());
        var kept = turn.facts.early().stream()
                .filter(early -> early.heard().isAfter(oldest))
                .toList();
        if (kept.size() == turn.facts.early().size()) {
            return;
        }
        turn.audit("early-facts-expired", Turn.LIFECYCLE, turn.facts.early().size() - kept.size() + " facts");
        turn.facts = turn.facts.withEarly(kept);
        if (turn.facts.isEmpty()) {
            turn.environment = turn.environment.withoutEarly(turn.facts.id());
            turn.facts = Facts.none(turn.facts.id());
        }
    }

    /** False if it cannot be judged yet. */
    private static boolean isJudged(Turn turn, Fact.OfMigration fact) {
        if (!(fact instanceof Fact.Requested) && turn.facts.change().isEmpty()) {
            return isReleaseOfForgotten(turn, fact);
        }
        return switch (fact) {
            case Fact.Requested requested -> RequestIntake.isJudged(turn, requested);
            case Fact.PlanProposed proposed -> PlanIntake.isJudged(turn, proposed);
            case Fact.PlanRejected rejected -> PlanIntake.isJudged(turn, rejected);
            case Fact.SnapshotStored stored -> SnapshotIntake.isJudged(turn, stored);
            case Fact.SnapshotFailed failed -> SnapshotIntake.isJudged(turn, failed);
            case Fact.Approval approval -> ApprovalIntake.isJudged(turn, approval);
            case Fact.Commanded commanded -> CommandIntake.isJudged(turn, commanded);
            case Fact.Answered(var answer) -> AnswerIntake.isJudged(turn, answer);
            case Fact.PhaseVerified verified -> VerdictIntake.isJudged(turn, verified);
            case Fact.AnomalyDetected anomaly -> VerdictIntake.isJudged(turn, anomaly);
            case Fact.RollbackCommanded commanded -> VerdictIntake.isJudged(turn, commanded);
            case Fact.WorkDelayed delayed -> isJudged(turn, delayed);
        };
    }

    private static boolean isReleaseOfForgotten(Turn turn, Fact.OfMigration fact) {
        return fact instanceof Fact.Commanded commanded
                && commanded.command() == Fact.Commanded.Command.RELEASE
                && turn.environment.holds().containsKey(fact.id())
                && CommandIntake.isJudged(turn, commanded);
    }

    /** Only shown; one that names another service than the one asked speaks of a question long answered. */
    private static boolean isJudged(Turn turn, Fact.WorkDelayed delayed) {
        var asked = turn.facts.outstanding().map(open -> open.question().answeredBy());
        if (asked.isPresent() && isSame(asked.get(), delayed.service())) {
            turn.facts = turn.facts.delayed(asked.get(), delayed.problem());
        }
        return true;
    }

    /** {@code snapshot-service}, {@code snapshotter} and {@code snapshot} are one. */
    private static boolean isSame(String asked, String service) {
        int length = Math.min(4, service.length());
        return length > 0 && asked.regionMatches(true, 0, service, 0, length);
    }

    private static void layBy(Turn turn, Fact.OfMigration fact) {
        var bounds = turn.rules.bounds();
        var early = turn.facts.early();
        if (early.stream().anyMatch(kept -> kept.fact().equals(fact))) {
            return;
        }
        var unknown = turn.facts.change().isEmpty();
        if (unknown
                && !turn.environment.early().contains(fact.id())
                && turn.environment.early().size() >= bounds.earlyIds()) {
            turn.audit("fact-refused", Turn.LIFECYCLE, Problems.tooManyEarly(fact, "ids", bounds.earlyIds()));
            return;
        }
        if (early.size() >= bounds.earlyFacts()) {
            turn.audit("fact-refused", Turn.LIFECYCLE, Problems.tooManyEarly(fact, "facts", bounds.earlyFacts()));
            return;
        }
        if (written(early) + written(List.of(new EarlyFact(fact, turn.now))) > bounds.earlyBytes()) {
            turn.audit("fact-refused", Turn.LIFECYCLE, Problems.tooManyEarly(fact, "bytes", bounds.earlyBytes()));
            return;
        }
        var more = new ArrayList<>(early);
        more.add(new EarlyFact(fact, turn.now));
        turn.facts = turn.facts.withEarly(more);
        if (unknown) {
            turn.environment = turn.environment.withEarly(fact.id());
        }
        turn.audit("fact-kept-for-later", Turn.LIFECYCLE, fact.getClass().getSimpleName());
    }

    private static int written(List<EarlyFact> facts) {
        return facts.stream()
                .mapToInt(early -> FactsCodec.lengthOf(early.fact()))
                .sum();
    }
}
