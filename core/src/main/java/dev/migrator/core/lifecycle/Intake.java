package dev.migrator.core.lifecycle;

import dev.migrator.core.lifecycle.Inbox.Early;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Takes in a fact: keeps it, passes over a repetition, refuses a contradiction, or lays it by until it can be judged. */
final class Intake {
    private static final int MAX_NAME = 256;

    private Intake() {}

    static void take(Turn turn, Fact.OfMigration fact) {
        var tooLong = tooLong(fact);
        if (tooLong.isPresent()) {
            turn.refuse(fact, "fact-refused", Turn.LIFECYCLE, Problems.tooLong(tooLong.get(), MAX_NAME));
        } else if (!isJudged(turn, fact)) {
            layBy(turn, fact);
        }
    }

    /** Names that are kept and may have come in any length. */
    private static Optional<String> tooLong(Fact.OfMigration fact) {
        var names = switch (fact) {
            case Fact.Approval approval -> Map.of("approver", approval.approver());
            case Fact.DrillOrdered(var order) -> Map.of("person", order.by());
            case Fact.Commanded command -> Map.of("request id", command.requestId(), "person", command.by());
            default -> Map.<String, String>of();
        };
        return names.entrySet().stream()
                .filter(name -> name.getValue().length() > MAX_NAME)
                .map(Map.Entry::getKey)
                .sorted()
                .findFirst();
    }

    /** Judges again what was laid by. */
    static void revisit(Turn turn) {
        if (turn.facts.change().isEmpty()) {
            return;
        }
        for (var early : turn.facts.inbox().early()) {
            // whatever was judged before it may have ended the migration, and with it what was laid by
            if (turn.facts.inbox().early().contains(early) && isJudged(turn, early.fact())) {
                turn.facts = turn.facts.with(turn.facts.inbox().without(early));
            }
        }
    }

    /** Forgets early facts that nothing came of. */
    static void expire(Turn turn) {
        var before = turn.facts.inbox();
        var after = before.hearingAfter(turn.now.minus(turn.rules.earlyKept()));
        int expired = before.early().size() - after.early().size();
        if (expired == 0) {
            return;
        }
        turn.audit("early-facts-expired", Turn.LIFECYCLE, expired + " facts");
        turn.facts = turn.facts.with(after);
        if (turn.facts.isEmpty()) {
            turn.environment = turn.environment.withoutEarly(turn.facts.id());
            turn.facts = Facts.none(turn.facts.id());
        }
    }

    /** False if it cannot be judged yet. */
    private static boolean isJudged(Turn turn, Fact.OfMigration fact) {
        if (fact instanceof Fact.DrillAnswered answered) {
            return DrillIntake.isJudged(turn, answered); // of a migration that may be forgotten
        }
        if (fact instanceof Fact.DrillOrdered ordered) {
            return DrillIntake.isJudged(turn, ordered); // one that nobody knows has nothing to drill with
        }
        if (!(fact instanceof Fact.Requested) && turn.facts.change().isEmpty()) {
            return false;
        }
        return switch (fact) {
            case Fact.Requested requested -> RequestIntake.isJudged(turn, requested);
            case Fact.PlanProposed proposed -> PlanIntake.isJudged(turn, proposed);
            case Fact.PlanRejected rejected -> PlanIntake.isJudged(turn, rejected);
            case Fact.DryRunAnswered answered -> DryRunIntake.isJudged(turn, answered);
            case Fact.RehearsalAnswered answered -> RehearsalIntake.isJudged(turn, answered);
            case Fact.DrillOrdered ordered -> DrillIntake.isJudged(turn, ordered);
            case Fact.DrillAnswered answered -> DrillIntake.isJudged(turn, answered);
            case Fact.SnapshotStored stored -> SnapshotIntake.isJudged(turn, stored);
            case Fact.SnapshotFailed failed -> SnapshotIntake.isJudged(turn, failed);
            case Fact.Approval approval -> ApprovalIntake.isJudged(turn, approval);
            case Fact.Commanded commanded -> CommandIntake.isJudged(turn, commanded);
            case Fact.Answered(var answer) -> AnswerIntake.isJudged(turn, answer);
            case Fact.MonitoringAnswered answered -> MonitoringIntake.isJudged(turn, answered);
            case Fact.PhaseVerified verified -> VerdictIntake.isJudged(turn, verified);
            case Fact.AnomalyDetected anomaly -> VerdictIntake.isJudged(turn, anomaly);
            case Fact.RollbackCommanded commanded -> VerdictIntake.isJudged(turn, commanded);
            case Fact.WorkDelayed delayed -> isJudged(turn, delayed);
        };
    }

    /** Only shown; one that names another service than the one asked speaks of a question long answered. */
    private static boolean isJudged(Turn turn, Fact.WorkDelayed delayed) {
        turn.facts
                .outstanding()
                .filter(open -> isSame(open.question().answeredBy(), delayed.service()))
                .ifPresent(open -> turn.facts = turn.facts.asking(open.delayed(delayed.problem())));
        return true;
    }

    /** {@code snapshot-service}, {@code snapshotter} and {@code snapshot} are one. */
    private static boolean isSame(String asked, String service) {
        int length = Math.min(4, service.length());
        return length > 0 && asked.regionMatches(true, 0, service, 0, length);
    }

    private static void layBy(Turn turn, Fact.OfMigration fact) {
        var bounds = turn.rules.bounds();
        var early = turn.facts.inbox().early();
        if (early.stream().anyMatch(other -> other.fact().equals(fact))) {
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
        var kept = new Early(fact, turn.now);
        if (written(early) + written(List.of(kept)) > bounds.earlyBytes()) {
            turn.audit("fact-refused", Turn.LIFECYCLE, Problems.tooManyEarly(fact, "bytes", bounds.earlyBytes()));
            return;
        }
        turn.facts = turn.facts.with(turn.facts.inbox().with(kept));
        if (unknown) {
            turn.environment = turn.environment.withEarly(fact.id());
        }
        turn.audit("fact-kept-for-later", Turn.LIFECYCLE, fact.getClass().getSimpleName());
    }

    private static int written(List<Early> facts) {
        return facts.stream()
                .mapToInt(early -> FactsCodec.lengthOf(early.fact()))
                .sum();
    }
}
