package dev.migrator.core.lifecycle;

import dev.migrator.core.lifecycle.Facts.Vote;
import java.util.ArrayList;

/** Grants and denials. Kept for every plan digest, as a later revision may come to the same bytes. */
final class ApprovalIntake {
    /** Groups of one person, and characters of a group's name: votes are kept. */
    private static final int MAX_GROUPS = 20;

    private static final int MAX_NAME = 64;

    private ApprovalIntake() {}

    static boolean isJudged(Turn turn, Fact.Approval fact) {
        var vote = new Vote(fact.planDigest(), fact.approver(), fact.granted(), fact.groups());
        var votes = turn.facts.votes();
        if (votes.contains(vote)) {
            return true;
        }
        var requester = turn.facts.change().orElseThrow().requester();
        if (turn.facts.isEnded() || turn.facts.isStarted()) {
            refuse(turn, fact, Problems.approvalTooLate(turn.facts));
        } else if (fact.granted() && isSame(fact.approver(), requester)) {
            refuse(turn, fact, Problems.ownApproval(requester));
        } else if (votes.stream().filter(v -> v.granted() == fact.granted()).count()
                >= turn.rules.bounds().votes()) {
            refuse(turn, fact, Problems.tooManyVotes(turn.rules.bounds().votes()));
        } else if (fact.groups().size() > MAX_GROUPS
                || fact.groups().stream().anyMatch(group -> group.length() > MAX_NAME)) {
            refuse(turn, fact, Problems.groupsTooMany(fact, MAX_GROUPS, MAX_NAME));
        } else {
            var more = new ArrayList<>(votes);
            more.add(vote);
            turn.facts = turn.facts.with(more);
            turn.audit(
                    fact.granted() ? "approval-accepted" : "denial-accepted",
                    fact.approver(),
                    "plan " + fact.planDigest(),
                    "reason " + fact.reason(),
                    "groups " + fact.groups());
        }
        return true;
    }

    private static void refuse(Turn turn, Fact.Approval fact, dev.migrator.core.error.Problem problem) {
        turn.refuse(fact, fact.granted() ? "approval-refused" : "denial-refused", fact.approver(), problem);
    }

    private static boolean isSame(String one, String other) {
        return Approvals.person(one).equals(Approvals.person(other));
    }
}
