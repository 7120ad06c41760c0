package dev.migrator.core.lifecycle;

import java.time.Instant;
import java.util.Optional;

/**
 * The question that is open.
 *
 * @param position of a worker command; empty for other questions, and while a superseded command waits to be issued anew
 * @param attempt publications so far, from 1; superseded ones count
 * @param deadline when it is published again
 */
record Outstanding(Question question, Optional<Position> position, int attempt, Instant deadline) {
    /** Whether the worker may be at it right now. */
    boolean isAtWorker() {
        return position.isPresent();
    }

    boolean isUnansweredApply() {
        return question instanceof Question.Apply && isAtWorker();
    }
}
