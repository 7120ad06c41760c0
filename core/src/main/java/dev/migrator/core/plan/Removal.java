package dev.migrator.core.plan;

/** How far a {@link Operation.Delete} may go. Entries that hold no data (an ACL) are removed either way. */
public enum Removal {
    /** Take it out of use and keep it: the forward delete of a plan. */
    RETIRE,
    /** Remove it while it is provably empty and of the expected incarnation, else retire it: the inverse of a create. */
    REMOVE_IF_EMPTY
}
