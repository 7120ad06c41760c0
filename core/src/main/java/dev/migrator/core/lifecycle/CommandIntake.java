package dev.migrator.core.lifecycle;

import dev.migrator.core.error.Problem;
import dev.migrator.core.lifecycle.Orders.Pause;
import java.util.List;
import java.util.Optional;

/** Commands of people, in the order in which they arrive. */
final class CommandIntake {
    private CommandIntake() {}

    static boolean isJudged(Turn turn, Fact.Commanded fact) {
        var seen = turn.facts.orders().find(fact.requestId());
        if (seen.isPresent()) {
            if (seen.get().command() != fact.command() || !seen.get().by().equals(fact.by())) {
                turn.refuse(fact, "command-refused", fact.by(), Problems.requestIdReused(fact, seen.get()));
            }
            return true;
        }
        turn.facts = turn.facts.with(turn.facts.orders().seeing(fact));
        switch (fact.command()) {
            case PAUSE -> pause(turn, fact);
            case RESUME -> resume(turn, fact);
            case CANCEL, ROLL_BACK -> undo(turn, fact);
            case RELEASE -> release(turn, fact);
        }
        return true;
    }

    private static void pause(Turn turn, Fact.Commanded fact) {
        var facts = turn.facts;
        if (facts.isEnded() || facts.isRollbackDecided() || facts.isClosing()) {
            refuse(turn, fact, Problems.commandTooLate(fact.command(), facts));
        } else if (facts.orders().pause().isPresent()) {
            refuse(turn, fact, Problems.alreadyPaused(facts.orders().pause().get()));
        } else {
            accepted(turn, fact);
            var pause = new Pause(fact.by(), turn.now.plus(turn.rules.pauseDeadline()));
            turn.facts = facts.with(facts.orders().paused(Optional.of(pause)));
        }
    }

    private static void resume(Turn turn, Fact.Commanded fact) {
        if (turn.facts.isEnded() || turn.facts.orders().pause().isEmpty()) {
            refuse(turn, fact, Problems.notPaused(turn.facts));
        } else {
            accepted(turn, fact);
            if (turn.facts.orders().pause().get().isByAnomaly()) {
                judgedAnew(turn);
                return;
            }
            var facts = turn.facts;
            boolean over = facts.outstanding()
                    .filter(open -> !turn.now.isBefore(open.deadline()))
                    .isPresent();
            if (facts.isVerificationPaused() && over) {
                // nobody waited for an answer meanwhile: it is asked from the beginning
                facts = facts.answered();
            }
            turn.facts = facts.with(facts.orders().paused(Optional.empty()));
        }
    }

    /**
     * In an epoch of its own: what was found before, come twice or late, is no answer to the next question. A batch that no worker
     * has any more is not issued before it either.
     */
    private static void judgedAnew(Turn turn) {
        var isNowhere = turn.facts
                .outstanding()
                .filter(open -> open.question() instanceof Question.Apply && !open.isAtWorker())
                .isPresent();
        turn.facts = (isNowhere ? turn.facts.answered() : turn.facts)
                .with(turn.facts.execution().judgedAnew(turn.now))
                .with(turn.facts.orders().paused(Optional.empty()));
    }

    private static void undo(Turn turn, Fact.Commanded fact) {
        var facts = turn.facts;
        if (facts.isEnded() || facts.isRollbackDecided() || facts.isClosing()) {
            refuse(turn, fact, Problems.commandTooLate(fact.command(), facts));
            return;
        }
        accepted(turn, fact);
        var why = Problems.commandedBy(fact);
        if (facts.execution().issued() > 0) {
            turn.rollBack(List.of(why), fact.by());
        } else {
            turn.facts = facts.with(facts.orders().cancelled(why));
        }
    }

    private static void release(Turn turn, Fact.Commanded fact) {
        if (!turn.environment.holds().containsKey(fact.id())) {
            refuse(turn, fact, Problems.nothingHeld(fact.id(), turn.facts));
        } else if (fact.reason().isBlank()) {
            refuse(turn, fact, Problems.reasonMissing(fact));
        } else {
            accepted(turn, fact);
            turn.environment = turn.environment.released(fact.id());
            turn.audit("holds-released", fact.by(), "reason " + fact.reason());
        }
    }

    private static void accepted(Turn turn, Fact.Commanded fact) {
        turn.audit("command-accepted", fact.by(), fact.command().name(), "reason " + fact.reason());
    }

    private static void refuse(Turn turn, Fact.Commanded fact, Problem problem) {
        turn.refuse(fact, "command-refused", fact.by(), problem);
    }
}
