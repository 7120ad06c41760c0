package dev.migrator.core.lifecycle;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.lifecycle.Preparation.SnapshotAnswer;
import java.util.Optional;

/** What the snapshotter answered. One answer per revision: the first one that belongs to its plan stands. */
final class SnapshotIntake {
    private static final String SNAPSHOTTER = "snapshotter";

    private SnapshotIntake() {}

    static boolean isJudged(Turn turn, Fact.SnapshotStored fact) {
        if (fact.uri().isBlank()) {
            turn.refuse(fact, "fact-refused", SNAPSHOTTER, Problems.noEvidence("the snapshot"));
            return true;
        }
        var answer = new SnapshotAnswer.Stored(
                fact.planDigest(), fact.uri(), fact.digest(), fact.stateHash(), fact.entries());
        return isJudged(turn, fact, fact.revision(), Optional.of(fact.planDigest()), answer);
    }

    static boolean isJudged(Turn turn, Fact.SnapshotFailed fact) {
        return isJudged(turn, fact, fact.revision(), Optional.empty(), new SnapshotAnswer.Failed(fact.problem()));
    }

    private static boolean isJudged(
            Turn turn, Fact.OfMigration fact, int revision, Optional<Digest> planDigest, SnapshotAnswer answer) {
        var preparation = turn.facts.preparation();
        if (turn.facts.isEnded() || revision < preparation.revision()) {
            return true;
        }
        if (revision > preparation.revision() || preparation.plan().isEmpty()) {
            return false;
        }
        var plan = turn.facts.plan().map(PlanSummary::planDigest);
        if (planDigest.isPresent() && !planDigest.equals(plan)) {
            turn.refuse(fact, "fact-refused", SNAPSHOTTER, Problems.snapshotOfOtherPlan(planDigest.get(), plan));
            return true;
        }
        if (preparation.snapshot().isPresent()) {
            if (!preparation.snapshot().get().equals(answer)) {
                turn.refuse(
                        fact, "fact-refused", SNAPSHOTTER, Problems.contradiction("snapshot of revision " + revision));
            }
            return true;
        }
        turn.facts = turn.facts.with(preparation.with(answer));
        if (turn.facts.isOpen(new Question.Snapshot())) {
            turn.facts = turn.facts.answered();
        }
        turn.audit(
                answer instanceof SnapshotAnswer.Stored ? "snapshot-accepted" : "snapshot-failed",
                SNAPSHOTTER,
                "revision " + revision);
        return true;
    }
}
