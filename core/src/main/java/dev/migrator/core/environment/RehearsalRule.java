package dev.migrator.core.environment;

import java.util.Objects;

/**
 * Where and when plans of an environment are rehearsed before they are carried out.
 *
 * @param environment name of the one that is there for it alone, of {@link Mode#REHEARSAL}
 */
public record RehearsalRule(String environment, Required required) {
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
    }
}
