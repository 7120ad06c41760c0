package dev.migrator.chaos.model;

import java.time.Duration;

/**
 * One thing that goes wrong in a run.
 *
 * @param part what it happens to: a part of the stack, a way through a proxy, or {@value #WORKER}
 * @param since what it waits for first
 * @param after how long after that
 * @param lasts until it is put right
 */
public record PlannedFault(Kind kind, String part, Trigger since, Duration after, Duration lasts) {
    /** Whichever executor carries out the commands of the run's first migration. */
    public static final String WORKER = "the worker";

    /** What goes wrong. */
    public enum Kind {
        /** Ended at once, as by a power cut; started again. */
        KILL,
        /** Does nothing for a while, keeps all it has, goes on. */
        FREEZE,
        /** Ended in an orderly way; started again. */
        STOP,
        /** Connections are closed and new ones refused. */
        CUT,
        /** Connections stay and new ones are taken, but nothing comes through. */
        HOLD,
        /** Everything comes through late. */
        DELAY
    }

    /** What a fault waits for. */
    public enum Trigger {
        /** The run's start. */
        START,
        /** The first command to write. */
        WRITING,
        /** The first command to undo. */
        UNDOING
    }

    /** For people. */
    public String title() {
        return kind + " " + part + " " + after.toMillis() + " ms after " + since + " for " + lasts.toMillis() + " ms";
    }
}
