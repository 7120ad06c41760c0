package dev.migrator.core.plan;

/**
 * How far a {@link Operation.Delete} may go. Entries that hold no data (an ACL) are removed by the first two alike, and are
 * never there to be purged.
 */
public enum Removal {
    /** Take it out of use and keep it: the forward delete of a plan. */
    RETIRE,
    /** Remove it while it is provably empty and of the expected incarnation, else retire it: the inverse of a create. */
    REMOVE_IF_EMPTY,
    /**
     * Remove for good, data and all, what is still retired and of the expected incarnation. What is in use is never
     * touched by it. Nothing brings the entry back: it has no inverse, and is one-way.
     */
    PURGE
}
