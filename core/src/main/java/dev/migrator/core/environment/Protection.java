package dev.migrator.core.environment;

/** What an environment asks for before anything is written to it. */
public enum Protection {
    /** Plan, snapshot and state verification; no approval. */
    OPEN,
    /** As {@link #OPEN}, and one approval by someone other than the requester. */
    PROTECTED
}
