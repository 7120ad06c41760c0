package dev.migrator.core.environment;

/** What follows once verification says "no" to something that is written. */
public enum AnomalyDecision {
    /** All of it is undone, at once. */
    ROLLBACK,
    /** Nothing more is written and nothing is undone until a person decides, or the longest pause is over: then it is undone. */
    PAUSE
}
