package dev.migrator.snapshot.work;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.snapshot.ChunkRef;
import dev.migrator.core.snapshot.Coverage;
import dev.migrator.core.snapshot.Manifest;
import dev.migrator.core.snapshot.Retention;
import dev.migrator.kit.objects.Bucket;
import dev.migrator.kit.objects.ObjectKeys;
import dev.migrator.kit.snapshots.SnapshotCatalog;
import dev.migrator.kit.snapshots.SnapshotName;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Removes snapshots that no rule keeps, and then chunks that no manifest names. Ended at any point, it goes on the next time:
 * a manifest goes before its chunks, so nothing is left that names what is not there.
 */
public final class Sweeper {
    private static final Logger LOG = Logger.getLogger(Sweeper.class);
    /** Well within the time for which the mark of it counts. */
    private static final Duration AT_MOST = Traffic.SWEEP_ENDS.dividedBy(2);

    /**
     * What was removed.
     *
     * @param locked manifests and chunks that were to go and that object lock keeps
     */
    public record Swept(int snapshots, int chunks, int locked) {
        static final Swept NOTHING = new Swept(0, 0, 0);

        private Swept and(Swept other) {
            return new Swept(snapshots + other.snapshots, chunks + other.chunks, locked + other.locked);
        }
    }

    /** Of one look at the catalog. */
    private record Catalog(List<Retention.Held> held, boolean readable) {}

    private final Bucket bucket;
    private final SnapshotCatalog catalog;
    private final Traffic traffic;
    private final Retention retention;
    private final Duration safeAge;
    private final Clock clock;

    /** @param safeAge chunks that are younger stay: longer than any snapshot takes */
    public Sweeper(Bucket bucket, Traffic traffic, Retention retention, Duration safeAge, Clock clock) {
        this.bucket = bucket;
        this.catalog = new SnapshotCatalog(bucket);
        this.traffic = traffic;
        this.retention = retention;
        this.safeAge = safeAge;
        this.clock = clock;
    }

    /**
     * @param environments whose catalogs are kept; chunks of others are recognized by their manifests too
     * @param needed ids of migrations that may still need their snapshot
     * @throws dev.migrator.kit.Unavailable if the bucket does not answer
     */
    public Swept sweep(List<String> environments, Set<String> needed) {
        var mark = traffic.sweeping();
        if (mark.isEmpty()) {
            LOG.debug("Nothing is removed while snapshots are being written");
            return Swept.NOTHING;
        }
        try (var _ = mark.get()) {
            var end = clock.instant().plus(AT_MOST);
            var swept = removeSnapshots(environments, needed).and(removeChunks(end));
            if (!swept.equals(Swept.NOTHING)) {
                LOG.infof(
                        "Snapshots removed: snapshots=%d, chunks=%d, keptByObjectLock=%d",
                        swept.snapshots(), swept.chunks(), swept.locked());
            }
            return swept;
        }
    }

    private Swept removeSnapshots(List<String> environments, Set<String> needed) {
        var now = clock.instant();
        var held = new ArrayList<Retention.Held>();
        for (var environment : environments) {
            for (var name : catalog.list(environment)) {
                manifest(name)
                        .ifPresent(manifest -> held.add(
                                new Retention.Held(environment, name.id(), name.takenAt(), migration(manifest))));
            }
            catalog.refused(environment).stream()
                    .filter(name -> name.takenAt().plus(retention.atLeast()).isBefore(now))
                    .forEach(catalog::forget);
        }
        var removable = retention.removable(held, needed, now);
        int gone = (int) removable.stream()
                .filter(one -> catalog.forget(new SnapshotName(one.environment(), one.id())))
                .count();
        return new Swept(gone, 0, removable.size() - gone);
    }

    private static Optional<String> migration(Manifest manifest) {
        return manifest.covers() instanceof Coverage.OfPlan plan ? Optional.of(plan.migration()) : Optional.empty();
    }

    private Swept removeChunks(Instant end) {
        var named = new HashSet<Digest>();
        var manifests = new ArrayList<SnapshotName>();
        bucket.each(
                ObjectKeys.SNAPSHOTS,
                listed -> SnapshotCatalog.named(listed.key()).ifPresent(manifests::add));
        for (var name : manifests) {
            var manifest = manifest(name);
            if (manifest.isEmpty()) {
                return Swept.NOTHING; // what it names cannot be known: its chunks may be any
            }
            manifest.get().contents().chunks().stream().map(ChunkRef::digest).forEach(named::add);
        }
        var chunks = new ArrayList<Retention.HeldChunk>();
        bucket.each(
                ObjectKeys.CHUNKS,
                listed -> ObjectKeys.chunkIn(listed.key())
                        .ifPresent(digest -> chunks.add(new Retention.HeldChunk(digest, listed.writtenAt()))));
        int removed = 0;
        int locked = 0;
        for (var digest : Retention.removableChunks(chunks, named, safeAge, clock.instant())) {
            if (clock.instant().isAfter(end)) {
                break; // the rest the next time
            }
            if (bucket.removeUnlessLocked(ObjectKeys.chunk(digest))) {
                removed++;
            } else {
                locked++;
            }
        }
        return new Swept(0, removed, locked);
    }

    /** Empty if it cannot be read: it is kept then, and a person is told. */
    private Optional<Manifest> manifest(SnapshotName name) {
        try {
            return Optional.of(catalog.open(name).manifest());
        } catch (ProblemException e) {
            LOG.errorf(
                    "A snapshot cannot be read, so no chunk is removed: environment=%s, snapshot=%s, code=%s",
                    name.environment(), name.id(), e.problem().code());
            return Optional.empty();
        }
    }
}
