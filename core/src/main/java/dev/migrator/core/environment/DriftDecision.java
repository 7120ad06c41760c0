package dev.migrator.core.environment;

/** What a plan does with a managed field that somebody else has changed since it was last applied. */
public enum DriftDecision {
    /** The plan is refused and nothing is written, until a person decides. */
    KEEP,
    /** What others set stays: the field is left out of the plan, with a warning. The manifest has to follow. */
    ADOPT,
    /** The manifest wins; the plan says so beside the operation. */
    OVERWRITE
}
