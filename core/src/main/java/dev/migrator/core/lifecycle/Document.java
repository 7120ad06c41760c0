package dev.migrator.core.lifecycle;

import java.util.Objects;

/**
 * What stands where a change otherwise has its bundle of manifests.
 *
 * @param title what it is about, for people: {@code snapshot ID} or {@code migration ID}, both of which are put back, or
 *     {@code retired by TIME}
 */
public record Document(Kind kind, String title) {
    public enum Kind {
        /** What was recorded is put back. */
        RESTORE,
        /** What was retired is removed for good. */
        PURGE
    }

    public Document {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(title);
    }
}
