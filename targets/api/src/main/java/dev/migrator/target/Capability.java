package dev.migrator.target;

/** What a target can do, found at run time; the planner turns a missing one into an undo class or a finding. */
public enum Capability {
    /** Entries can be deleted for good; without it the inverse of a create is to retire. */
    DELETE,
    /** Entries can be taken out of use and kept. */
    RETIRE,
    /**
     * What was retired can be removed for good, data and all. Not the same as {@link #DELETE} and {@link #RETIRE} together:
     * a system may delete only what is in use, or forbid it for what holds data. A kind that is never retired, or whose
     * entries would take others along, has nothing to purge whatever the target says.
     */
    PURGE
}
