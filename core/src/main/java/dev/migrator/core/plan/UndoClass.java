package dev.migrator.core.plan;

/** What undoing an operation gives back, best first. */
public enum UndoClass {
    /** Everything, bit for bit. */
    EXACT,
    /** The entry is kept out of use rather than removed. */
    RETAINED,
    /** The setting comes back, data that it governed may not. */
    DATA_LOSS,
    /** Nothing. */
    NONE
}
