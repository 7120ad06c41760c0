package dev.migrator.core.lifecycle;

import dev.migrator.core.error.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the verifier judged. Binds to epoch and phase. */
final class VerdictIntake {
    private static final String VERIFIER = "verifier";
    private static final Duration DAY = Duration.ofDays(1);

    private VerdictIntake() {}

    static boolean isJudged(Turn turn, Fact.PhaseVerified fact) {
        var facts = turn.facts;
        var execution = facts.execution();
        if (facts.isEnded() || facts.isRollbackDecided()) {
            return true;
        }
        var current = fact.epoch() == execution.epoch() && facts.isOpen(new Question.Verify(fact.phase()));
        if (current && fact.evidenceUri().isBlank()) {
            turn.refuse(fact, "fact-refused", VERIFIER, Problems.noEvidence("the verdict"));
        } else if (current) {
            judgedGood(turn, fact);
        } else if (fact.epoch() >= execution.epoch() && fact.phase() >= execution.verified()) {
            // kept, it could pass for a judgement of what is not even applied
            turn.refuse(
                    fact,
                    "fact-refused",
                    VERIFIER,
                    Problems.unasked("phase " + fact.phase() + " in epoch " + fact.epoch()));
        }
        return true;
    }

    /** A phase that bakes is judged twice. */
    private static void judgedGood(Turn turn, Fact.PhaseVerified fact) {
        var execution = turn.facts.execution();
        var phase = turn.facts.plan().orElseThrow().phases().get(fact.phase());
        boolean begins = phase.bake().isPresent() && execution.bakingSince().isEmpty();
        turn.facts = turn.facts
                .answered()
                .with(
                        begins
                                ? execution.baking(fact.evidenceUri(), turn.now)
                                : execution.verifiedOne(fact.evidenceUri(), watchedNext(turn)));
        turn.audit("phase-verified", VERIFIER, "phase " + fact.phase(), fact.evidenceUri());
        if (begins) {
            turn.audit(
                    "bake-begun",
                    Turn.LIFECYCLE,
                    "phase " + fact.phase() + " for " + phase.bake().get(),
                    "until " + turn.facts.bakesUntil().orElseThrow());
        }
    }

    /**
     * Since when the next phase is watched: what is measured between the verifier's look and its answer is judged with it. No more
     * than a day, which the topic of signals keeps beside the longest bake.
     */
    private static Optional<Instant> watchedNext(Turn turn) {
        var asked = turn.facts.bakesUntil().or(() -> turn.facts.execution().since());
        return asked.map(since -> since.isBefore(turn.now.minus(DAY)) ? turn.now.minus(DAY) : since);
    }

    static boolean isJudged(Turn turn, Fact.AnomalyDetected fact) {
        return isJudged(turn, fact, fact.epoch(), fact.phase(), Mishaps.anomaly(fact));
    }

    static boolean isJudged(Turn turn, Fact.RollbackCommanded fact) {
        return isJudged(turn, fact, fact.epoch(), fact.phase(), Mishaps.rollbackCommanded(fact));
    }

    /** Whether something of the phase was issued: of a later one than the current, while phases are judged again. */
    private static boolean isWritten(Facts facts, int phase) {
        return facts.plan().map(PlanSummary::phases).orElse(List.of()).stream()
                .skip(phase)
                .findFirst()
                .filter(one -> one.firstBatch() < facts.execution().issued())
                .isPresent();
    }

    /** An anomaly in an earlier phase of the same run counts too: that phase is still applied. */
    private static boolean isJudged(Turn turn, Fact.OfMigration fact, int epoch, int phase, List<Problem> why) {
        var facts = turn.facts;
        var execution = facts.execution();
        if (facts.isEnded()) {
            return true;
        }
        if (facts.isClosing()) {
            turn.refuse(fact, "verdict-refused", VERIFIER, Mishaps.verdictTooLate(why.getFirst()));
            return true;
        }
        var since = execution.start().map(Execution.Start::epoch).orElse(execution.epoch());
        if (epoch < since) {
            return true;
        }
        if (!facts.isStarted()
                || epoch > execution.epoch()
                || phase > execution.verified() && !isWritten(facts, phase)) {
            return false;
        }
        if (facts.isRollbackDecided()) {
            // two topics, any order: whichever comes second still says why
            turn.facts = facts.with(facts.report().with(why));
        } else {
            turn.foundWrong(phase, why, VERIFIER);
        }
        return true;
    }
}
