package dev.migrator.core.environment;

/** What may be done with an environment. */
public enum Mode {
    /** Looked at only: plans are made and nothing is ever written, so no write credential is needed. */
    OBSERVE,
    /** Written by migrations, once everything that its protection asks for is there. */
    GATED,
    /**
     * Written by rehearsals of the one environment that names it, and by nothing else. What they are about is removed there
     * before and after each.
     */
    REHEARSAL
}
