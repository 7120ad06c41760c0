package dev.migrator.core.drift;

import dev.migrator.core.canonical.Digest;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * Somebody has seen a finding and silences it for a while. It is about what was found: another value is another finding.
 *
 * @param kind of the entry
 * @param found as in {@link DriftFinding#found}
 * @param until from when on the finding shows again; at most {@link #LONGEST} after {@code at}
 */
public record Acknowledgement(
        String environment,
        String uid,
        String kind,
        Digest found,
        String by,
        String reason,
        Instant at,
        Instant until) {
    /** So that nothing is silenced for good. */
    public static final Duration LONGEST = Duration.ofDays(366);

    public Acknowledgement {
        Objects.requireNonNull(environment);
        Objects.requireNonNull(uid);
        Objects.requireNonNull(kind);
        Objects.requireNonNull(found);
        Objects.requireNonNull(by);
        Objects.requireNonNull(reason);
        Objects.requireNonNull(at);
        Objects.requireNonNull(until);
    }

    public boolean covers(DriftFinding finding, Instant now) {
        return uid.equals(finding.uid())
                && kind.equals(finding.key().kind())
                && found.equals(finding.found())
                && now.isBefore(until);
    }
}
