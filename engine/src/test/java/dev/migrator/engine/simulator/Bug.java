package dev.migrator.engine.simulator;

/** Mistakes put in on purpose, each with the promise whose check has to notice it. */
enum Bug {
    NONE,
    /** {@code settle} returns at once. */
    NO_SETTLE,
    /** Every command counts as the newest. */
    NO_FENCE,
    /** What a plan expects is taken to be there. */
    COMPARE_AND_SET_SKIPPED,
    /** Another life of an entry passes for the expected one. */
    INCARNATION_IGNORED,
    /** A rollback does not wait for the answer to an apply. */
    REVERT_WHILE_APPLY_UNANSWERED,
    /** Nobody has to approve. */
    NO_APPROVAL,
    /** Plans claim nothing, so nothing overlaps. */
    NO_SCOPE,
    /** An update replaces the whole entry. */
    UNMANAGED_FIELDS_DROPPED,
    /** Time never passes for the lifecycle: nothing is asked twice. */
    NO_TICKS,
    /** Undoing goes on to the next batch without having written. */
    REVERT_SKIPPED
}
