package dev.migrator.snapshot.work;

import dev.migrator.core.error.Problem;
import dev.migrator.kit.Unavailable;
import dev.migrator.kit.objects.Bucket;
import dev.migrator.kit.objects.ObjectKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Keeps apart those who write snapshots and the one who removes chunks: a snapshot relies on chunks that lie there before
 * any manifest of its own names them. Each side marks itself in the bucket first and looks for the other then, so that of two
 * that begin together at least one sees the other; an S3 server shows what was written at once. Ages are told by the store's clock
 * alone.
 */
public final class Traffic {
    private static final Logger LOG = Logger.getLogger(Traffic.class);
    private static final String WRITING = ObjectKeys.SNAPSHOTS + "~writing/";
    private static final String SWEEPING = ObjectKeys.SNAPSHOTS + "~sweeping/";
    private static final byte[] NOTHING = {'\n'};

    /** A mark of one that was killed counts no longer than this; removing chunks takes less. */
    public static final Duration SWEEP_ENDS = Duration.ofMinutes(10);

    private final Bucket bucket;
    private final Duration writeEnds;

    /** @param writeEnds longer than any snapshot takes */
    public Traffic(Bucket bucket, Duration writeEnds) {
        this.bucket = bucket;
        this.writeEnds = writeEnds;
    }

    /** As long as it is open, no chunk is removed, or nobody writes. */
    final class Mark implements AutoCloseable {
        /** Of its own, so that its time is found however many others are there. */
        private final String folder;

        private final String key;

        private Mark(String side) {
            folder = side + UUID.randomUUID() + "/";
            key = folder + "mark";
            bucket.put(key, NOTHING);
        }

        @Override
        public void close() {
            try {
                bucket.remove(key);
            } catch (Unavailable e) {
                LOG.warnf(
                        "A mark stays until it counts no more: key=%s, code=%s",
                        key, e.problem().code());
            }
        }
    }

    /** @throws Unavailable {@code SNP-SWEEP} while chunks are being removed */
    Mark writing() {
        var mark = new Mark(WRITING);
        try {
            if (!others(SWEEPING, mark, SWEEP_ENDS).isEmpty()) {
                throw new Unavailable(
                        Problem.of("SNP-SWEEP", "chunks that no snapshot names are being removed at the moment")
                                .expected("nobody who removes chunks")
                                .found("a mark in " + SWEEPING)
                                .todo("nothing: it is tried again"),
                        null);
            }
            return mark;
        } catch (RuntimeException e) {
            mark.close();
            throw e;
        }
    }

    /** Empty while a snapshot is being written. */
    Optional<Mark> sweeping() {
        var mark = new Mark(SWEEPING);
        try {
            if (others(WRITING, mark, writeEnds).isEmpty()) {
                return Optional.of(mark);
            }
        } catch (RuntimeException e) {
            mark.close();
            throw e;
        }
        mark.close();
        return Optional.empty();
    }

    /** Marks of the other side that count; those that do not are removed. */
    private List<String> others(String folder, Mark own, Duration ends) {
        var ownTime = new ArrayList<Instant>();
        bucket.each(own.folder, listed -> ownTime.add(listed.writtenAt()));
        var counting = new ArrayList<String>();
        var old = new ArrayList<String>();
        bucket.each(
                folder, listed -> (isOver(listed.writtenAt().plus(ends), ownTime) ? old : counting).add(listed.key()));
        old.forEach(bucket::remove);
        return counting;
    }

    /** @param now empty if the store does not show the mark that tells it: then nothing is over */
    private static boolean isOver(Instant end, List<Instant> now) {
        return now.stream().anyMatch(end::isBefore);
    }
}
