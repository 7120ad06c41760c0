package dev.migrator.core.snapshot;

import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Somebody wants a snapshot now.
 *
 * @param request 1 to 64 of {@code A-Z a-z 0-9 . _ -}; ordered twice under one, it is taken once
 * @param target empty for all targets of the environment
 */
public record SnapshotOrder(String environment, String request, Optional<String> target, String by, Instant at) {
    /** @throws ProblemException {@code SNP-REQUEST} for a request id of another shape */
    public SnapshotOrder {
        Objects.requireNonNull(environment);
        Objects.requireNonNull(target);
        Objects.requireNonNull(by);
        Objects.requireNonNull(at);
        if (!request.matches("[A-Za-z0-9._-]{1,64}")) {
            throw new ProblemException(Problem.of("SNP-REQUEST", "a snapshot cannot be ordered under this id")
                    .expected("1 to 64 of A-Z a-z 0-9 . _ -")
                    .found(request.length() > 100 ? request.length() + " characters" : request)
                    .todo("choose another id"));
        }
    }
}
