package dev.migrator.engine;

import java.util.Optional;

/** Where secret values are. Only whoever writes to targets has one. Thread-safe. */
@FunctionalInterface
public interface Secrets {
    /** Knows no secret. */
    Secrets NONE = _ -> Optional.empty();

    /**
     * The value as it is now, empty if there is none of that name.
     *
     * @param name as in a reference, e.g. {@code registry-writer} in <code>${secret:registry-writer}</code>
     * @throws dev.migrator.core.error.ProblemException with code {@code SEC-UNREADABLE} if there is one of that name and it
     *     cannot be read
     */
    Optional<String> find(String name);
}
