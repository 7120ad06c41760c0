package dev.migrator.target;

import dev.migrator.core.error.Problem;
import dev.migrator.core.kinds.ActionAddress;
import dev.migrator.core.kinds.ActionType;
import dev.migrator.core.model.EntryKey;
import java.time.Duration;

/**
 * A system that actions of one type act on. Thread-safe; every call blocks, and is bounded by the time-out given when opened.
 */
public interface ActionSystem extends AutoCloseable {
    /** What came of carrying out an action. */
    sealed interface Effect {
        /** The probe says so. */
        record Seen() implements Effect {}

        /**
         * The system took the call, or failed on it, and the probe says otherwise: trying again does not help. What is at
         * work there may still show.
         */
        record NotSeen(Problem problem) implements Effect {}

        /** The answer was lost, or the probe gives none: it may have happened, may still come, or have to be done again. */
        record Doubtful(Problem problem) implements Effect {}
    }

    ActionType type();

    /** As {@link TargetReader#identity}. */
    String identity() throws TargetException;

    /** As {@link TargetReader#facts}. */
    SystemFacts facts() throws TargetException;

    /**
     * Asks the action's probe. An answer that says neither is no answer.
     *
     * @throws TargetException.Unavailable if it cannot be answered now
     * @throws TargetException.Refused if it cannot be answered
     */
    boolean isDone(EntryKey key, ActionAddress action) throws TargetException;

    /**
     * Does the action, or undoes it, unless that is so by now, and asks the probe. Every try sends the same idempotency key.
     *
     * @param undo whether to undo it; only if it can be undone
     * @param guard asked immediately before the call that acts
     * @throws TargetException.Unavailable if the system cannot do it now: nothing was done, unless it has a cause
     * @throws TargetException.Refused if it will not do it: nothing was done
     */
    Effect carryOut(EntryKey key, ActionAddress action, boolean undo, WriteGuard guard) throws TargetException;

    /** Returns when nothing that was sent earlier can be at work any more, as far as the system tells. */
    default void settle(Duration atMost) throws TargetException {}

    @Override
    void close();
}
