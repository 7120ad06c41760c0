package dev.migrator.cli.command;

import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;

/** A time in the past as people write it. */
final class AsOf {
    private static final String FORMS =
            "14:05 or 14:05:30, the last one that has passed; 2026-12-24T14:05, here;" + " or 2026-12-24T14:05:00Z";
    private static final int TIME_OF_DAY = "14:05:30".length();

    private AsOf() {}

    /**
     * @param now in the zone that a time without one is meant in
     * @throws ProblemException {@code CLI-TIME} if it is no time, or one to come
     */
    static Instant instant(String text, ZonedDateTime now) {
        try {
            var instant = text.length() <= TIME_OF_DAY ? last(LocalTime.parse(text), now) : dated(text, now);
            if (!instant.isAfter(now.toInstant())) {
                return instant;
            }
        } catch (DateTimeException _) {
            // said below
        }
        throw new ProblemException(Problem.of("CLI-TIME", "this is no time in the past")
                .about("--as-of")
                .expected(FORMS)
                .found(text));
    }

    private static Instant last(LocalTime time, ZonedDateTime now) {
        var today = now.with(time);
        return (today.isAfter(now) ? now.minusDays(1).with(time) : today).toInstant();
    }

    private static Instant dated(String text, ZonedDateTime now) {
        var written = text.replace(' ', 'T');
        try {
            return OffsetDateTime.parse(written).toInstant();
        } catch (DateTimeException _) {
            return LocalDateTime.parse(written).atZone(now.getZone()).toInstant();
        }
    }
}
