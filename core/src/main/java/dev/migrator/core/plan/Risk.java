package dev.migrator.core.plan;

/** How much an operation can hurt, mildest first. */
public enum Risk {
    ADDITIVE,
    MUTATING,
    DESTRUCTIVE,
    ONE_WAY
}
