package dev.migrator.snapshot.work;

import dev.migrator.core.error.Problem;
import dev.migrator.kit.Unavailable;
import dev.migrator.kit.objects.Bucket;
import dev.migrator.kit.objects.BucketProtection;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Knows what the bucket does against the loss of snapshots, and says so when it is found out and whenever it changes. */
public final class ProtectionWatch implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(ProtectionWatch.class);
    private static final Duration EVERY = Duration.ofHours(1);
    private static final Duration LATER = Duration.ofSeconds(20);

    /**
     * What was found.
     *
     * @param problem why snapshots are not locked though they should be
     */
    public record Found(BucketProtection protection, Optional<Problem> problem) {}

    private final Bucket bucket;
    private final Duration lockFor;
    private final CountDownLatch stop = new CountDownLatch(1);
    private volatile Optional<Found> found = Optional.empty();

    /** @param lockFor as in {@link LockRule} */
    public ProtectionWatch(Bucket bucket, Duration lockFor) {
        this.bucket = bucket;
        this.lockFor = lockFor;
    }

    public ProtectionWatch start() {
        Thread.ofVirtual().name("bucket-protection").start(this::run);
        return this;
    }

    /** Empty until the bucket has answered. */
    public Optional<Found> found() {
        return found;
    }

    private void run() {
        try {
            boolean told;
            do {
                told = look();
            } while (!stop.await((told ? EVERY : LATER).toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException _) {
            // asked to stop
        }
    }

    /** For a test, which does not wait. @return whether the bucket answered */
    boolean look() {
        try {
            var now = judged(bucket.protection());
            if (!Optional.of(now).equals(found)) {
                found = Optional.of(now);
                say(now);
            }
            return true;
        } catch (Unavailable e) {
            LOG.debugf("The bucket does not tell its protection now: problem=%s", e.problem());
            return false;
        }
    }

    private Found judged(BucketProtection protection) {
        boolean missing = lockFor.isPositive() && protection != BucketProtection.OBJECT_LOCK;
        return new Found(protection, missing ? Optional.of(noLock(protection)) : Optional.empty());
    }

    private static Problem noLock(BucketProtection protection) {
        return Problem.of("SNP-NO-LOCK", "snapshots are to be locked, and the bucket has no object lock")
                .about("SNAPSHOTTER_LOCK_FOR")
                .expected("a bucket with object lock, and the right to ask for it")
                .found("protection: " + protection.words())
                .todo(
                        "use a bucket that was made with object lock, or set it to 0s; snapshots are written without a lock");
    }

    private void say(Found now) {
        now.problem().ifPresent(problem -> LOG.warnf("Snapshots are not locked: problem=%s", problem));
        LOG.infof(
                "Protection of the bucket: protection=%s, lockFor=%s",
                now.protection().words(), lockFor);
    }

    @Override
    public void close() {
        stop.countDown();
    }
}
