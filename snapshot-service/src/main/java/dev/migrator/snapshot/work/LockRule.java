package dev.migrator.snapshot.work;

import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.kit.objects.Bucket;
import dev.migrator.kit.objects.BucketProtection;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How long object lock keeps what a snapshot consists of.
 *
 * @param time from the beginning of its export; zero for not at all
 */
public record LockRule(Bucket bucket, Duration time) {
    /** Locks nothing. */
    public static LockRule off(Bucket bucket) {
        return new LockRule(bucket, Duration.ZERO);
    }

    /**
     * The rule of a snapshotter's settings. The end of the lock is fixed when the export begins, and a server refuses one that has
     * passed: an export that takes longer than the lock would be tried again for ever.
     *
     * @param time zero for not at all, or longer than {@code safeAge}
     * @param safeAge longer than any snapshot takes
     * @throws ProblemException {@code CFG-LOCK-FOR} for another time
     */
    public static LockRule of(Bucket bucket, Duration time, Duration safeAge) {
        if (time.isPositive() && time.compareTo(safeAge) <= 0) {
            throw new ProblemException(Problem.of("CFG-LOCK-FOR", "the lock could end before the snapshot is written")
                    .about("SNAPSHOTTER_LOCK_FOR")
                    .expected("0s, or longer than SNAPSHOTTER_SAFE_AGE, which is " + safeAge)
                    .found(time.toString())
                    .todo("set a longer time, or shorten SNAPSHOTTER_SAFE_AGE if no snapshot takes that long"));
        }
        return new LockRule(bucket, time);
    }

    /**
     * Until when all of a snapshot is kept; empty if nothing is locked, or if the bucket cannot.
     *
     * @throws dev.migrator.kit.Unavailable if the bucket does not answer, or does with an error that says nothing of it
     */
    Optional<Instant> end(Instant takenAt) {
        return time.isPositive() && bucket.protection() == BucketProtection.OBJECT_LOCK
                ? Optional.of(takenAt.plus(time))
                : Optional.empty();
    }
}
