package dev.migrator.core.lifecycle;

import dev.migrator.core.error.Problem;
import java.time.Instant;
import java.util.Optional;

/**
 * The question that is open.
 *
 * @param position of a worker command; empty for other questions, and while a superseded command waits to be issued anew
 * @param attempt publications so far, from 1; superseded ones count
 * @param deadline when it is published again
 * @param delay what whoever has to answer said keeps them from it
 */
record Outstanding(
        Question question, Optional<Position> position, int attempt, Instant deadline, Optional<Problem> delay) {
    /** Whether the worker may be at it right now. */
    boolean isAtWorker() {
        return position.isPresent();
    }

    boolean isUnansweredApply() {
        return question instanceof Question.Apply && isAtWorker();
    }

    Outstanding again(Instant nextDeadline) {
        return new Outstanding(question, position, attempt + 1, nextDeadline, delay);
    }

    Outstanding superseded(Instant issuedAnewAt) {
        return new Outstanding(question, Optional.empty(), attempt + 1, issuedAnewAt, Optional.empty());
    }

    Outstanding delayed(Problem why) {
        return new Outstanding(question, position, attempt, deadline, Optional.of(why));
    }
}
