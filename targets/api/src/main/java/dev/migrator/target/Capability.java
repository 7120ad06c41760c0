package dev.migrator.target;

/** What a target can do, found at run time; the planner turns a missing one into an undo class or a finding. */
public enum Capability {
    /** Entries can be deleted for good; without it the inverse of a create is to retire. */
    DELETE,
    /** Entries can be taken out of use and kept. */
    RETIRE
}
