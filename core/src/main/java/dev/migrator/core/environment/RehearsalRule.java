package dev.migrator.core.environment;

import java.util.Objects;
import java.util.Optional;

/**
 * Where and when plans of an environment are rehearsed before they are carried out.
 *
 * @param environment name of the one that is there for it alone, of {@link Mode#REHEARSAL}
 * @param drill how often one of its plans is drilled there; empty if that is left to people
 */
public record RehearsalRule(String environment, Required required, Optional<Grace> drill) {
    /** Which plans have to be rehearsed. */
    public enum Required {
        /** Every one. */
        ALWAYS,
        /** None, whatever policies say. */
        NEVER,
        /** Those for which a policy asks for it. */
        BY_POLICY
    }

    public RehearsalRule {
        Objects.requireNonNull(environment);
        Objects.requireNonNull(required);
        Objects.requireNonNull(drill);
    }

    /** Without drills of a schedule. */
    public RehearsalRule(String environment, Required required) {
        this(environment, required, Optional.empty());
    }
}
