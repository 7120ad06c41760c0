package dev.migrator.core.model;

import java.time.LocalDate;
import java.util.Objects;
import java.util.Optional;

/**
 * What a manifest does not want to hear of about its resource.
 *
 * @param rule code of a rule that can be suppressed, e.g. {@code TOP-UNCLEAN}
 * @param reason why, for who reviews it
 * @param until last day on which it holds, in UTC; empty for as long as it is written
 */
public record Suppression(String rule, String reason, Optional<LocalDate> until) {
    public Suppression {
        Objects.requireNonNull(rule);
        Objects.requireNonNull(reason);
        Objects.requireNonNull(until);
    }

    public boolean holdsOn(LocalDate day) {
        return until.isEmpty() || !day.isAfter(until.get());
    }
}
