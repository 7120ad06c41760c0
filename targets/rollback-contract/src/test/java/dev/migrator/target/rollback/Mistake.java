package dev.migrator.target.rollback;

/** One mistake that a target may make, and that shows when what it did is undone. */
enum Mistake {
    NONE,
    /** Says that it wrote, and does nothing. */
    DOES_NOTHING,
    /** Keeps in use what it should take away again. */
    KEEPS_WHAT_WAS_MADE,
    /** Takes away what somebody uses. */
    DESTROYS_DATA,
    /** Does not know that a field may have been not set. */
    NEVER_UNSETS_A_FIELD,
    /** Replaces the whole entry on an update. */
    DROPS_OTHER_FIELDS,
    /** Puts back the whole entry as it was when it first changed it. */
    PUTS_BACK_MORE_THAN_IT_WROTE,
    /** Makes anew what is only out of use. */
    REVIVES_AS_ANOTHER,
    /** Forgets the last of several entries in one call. */
    SKIPS_THE_LAST,
    /** Writes to another entry of the same kind as well. */
    TOUCHES_A_NEIGHBOUR,
    /** Makes another entry along with each. */
    LEAVES_SOMETHING_BEHIND,
    /** Judges by reads that are behind. */
    NEVER_SETTLES,
    /** Waits only for what it wrote itself, and not for what a process before it wrote. */
    SETTLES_ONLY_ITS_OWN,
    /** Loses the secret when something else changes. */
    FORGETS_SECRETS
}
