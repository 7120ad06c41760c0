package dev.migrator.snapshot.work;

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
     * Until when all of a snapshot is kept; empty if nothing is locked, or if the bucket cannot.
     *
     * @throws dev.migrator.kit.Unavailable if the bucket does not answer
     */
    Optional<Instant> end(Instant takenAt) {
        return time.isPositive() && bucket.protection() == BucketProtection.OBJECT_LOCK
                ? Optional.of(takenAt.plus(time))
                : Optional.empty();
    }
}
