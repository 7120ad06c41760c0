package dev.migrator.kit.snapshots;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Optional;

/**
 * Names a snapshot.
 *
 * @param id when it was taken (UTC, whole seconds) and what for, e.g. {@code 20260102T030405Z-nightly}; ids of one environment sort by time
 */
public record SnapshotName(String environment, String id) {
    /** Newest first. */
    public static final Comparator<SnapshotName> NEWEST_FIRST =
            Comparator.comparing(SnapshotName::id).reversed();

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'");
    private static final int TIME_LENGTH = "20260102T030405Z".length();

    /** @param what of the shape of a migration's id, at most 200 characters */
    public static SnapshotName of(String environment, Instant takenAt, String what) {
        var time = TIME.format(takenAt.truncatedTo(ChronoUnit.SECONDS).atOffset(ZoneOffset.UTC));
        return new SnapshotName(environment, time + "-" + what);
    }

    /** Of an object in the catalog, if its folder has the shape of a snapshot's. */
    static Optional<SnapshotName> in(String environment, String id) {
        try {
            return time(id) == null || id.length() <= TIME_LENGTH + 1 || id.charAt(TIME_LENGTH) != '-'
                    ? Optional.empty()
                    : Optional.of(new SnapshotName(environment, id));
        } catch (DateTimeException | IndexOutOfBoundsException _) {
            return Optional.empty();
        }
    }

    /** To the second. */
    public Instant takenAt() {
        return time(id);
    }

    /** What it was taken for: the id without the time. */
    public String what() {
        return id.substring(TIME_LENGTH + 1);
    }

    private static Instant time(String id) {
        return LocalDateTime.parse(id.substring(0, TIME_LENGTH), TIME).toInstant(ZoneOffset.UTC);
    }
}
