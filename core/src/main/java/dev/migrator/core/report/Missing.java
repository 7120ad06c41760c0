package dev.migrator.core.report;

import dev.migrator.core.error.Problem;
import java.util.Objects;

/**
 * Something that a report should hold and does not.
 *
 * @param what name of the file, or of the part of it
 * @param why it could not be had
 */
public record Missing(String what, Problem why) {
    public Missing {
        Objects.requireNonNull(what);
        Objects.requireNonNull(why);
    }
}
