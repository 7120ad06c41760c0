package dev.migrator.target.testkit;

/** One mistake that a target may make. */
enum Mutant {
    NONE,
    /** Judges by reads that are behind. */
    NEVER_SETTLES,
    /** Writes whatever the plan says. */
    OVERWRITES_CONFLICTS,
    /** Takes another life of an entry for the expected one. */
    IGNORES_INCARNATIONS,
    /** Removes what holds data. */
    DESTROYS_DATA,
    /** Answers a removal and keeps the entry in use. */
    FORGETS_TO_REMOVE,
    /** Removes for good what is in use. */
    PURGES_WHAT_IS_IN_USE,
    /** Removes for good another life of an entry than the one that was retired. */
    PURGES_ANOTHER_LIFE,
    /** Says that an entry is gone for good, and keeps it. */
    PURGES_NOTHING,
    /** Says that nothing can be removed for good. */
    DENIES_THAT_IT_PURGES,
    /** Replaces the whole entry on an update. */
    DROPS_UNMANAGED_FIELDS,
    /** Writes without asking whether it still may. */
    IGNORES_THE_GUARD,
    /** Lists in another order than ascending. */
    LISTS_UNSORTED,
    /** Lists what is out of use. */
    LISTS_RETIRED,
    /** Answers in another order than asked. */
    SHUFFLES_OUTCOMES,
    /** Fails the whole call for one bad entry. */
    ALL_OR_NOTHING,
    /** Says that a repeated write was written again. */
    NEVER_ALREADY_APPLIED,
    /** A dry run that is none. */
    DRY_RUN_WRITES,
    /** Accepts whatever it is asked. */
    DRY_RUN_ACCEPTS_ALL,
    /** Says of nothing that it would work. */
    DRY_RUN_CHECKS_NOTHING,
    /** Refuses the others along with a bad entry. */
    DRY_RUN_ALL_OR_NOTHING,
    /** Answers a dry run in another order than asked. */
    DRY_RUN_SHUFFLES,
    /** Remembers that it was asked before. */
    DRY_RUN_ONLY_ONCE,
    /** Leaves out who uses one of the entries. */
    IMPACT_FORGETS_ONE,
    /** Does not see the data that a removal concerns. */
    IMPACT_SEES_NO_DATA,
    /** Takes what it cannot know for nothing. */
    IMPACT_KNOWS_ALL,
    /** Writes for being asked. */
    IMPACT_WRITES,
    /** Says always that it is where it was. */
    POSITION_STANDS_STILL,
    /** Tells a story. */
    POSITION_IS_LONG,
    /** Reads out what nobody may see. */
    SHOWS_SECRETS,
    /** Takes an entry into use without its secret. */
    NEVER_SETS_SECRETS,
    /** Loses the secret when something else changes. */
    FORGETS_SECRETS
}
