package dev.migrator.snapshot.work;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.snapshot.ChunkRules;
import dev.migrator.core.snapshot.ChunkWriter;
import dev.migrator.core.snapshot.Manifest;
import dev.migrator.core.snapshot.SnapshotEntry;
import dev.migrator.core.snapshot.SourceReading;
import dev.migrator.kit.objects.Bucket;
import dev.migrator.kit.snapshots.ChunkStore;
import dev.migrator.kit.snapshots.SnapshotCatalog;
import dev.migrator.kit.snapshots.SnapshotName;
import dev.migrator.target.TargetException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Takes a snapshot: exports into chunks, reads every chunk back from the bucket, and only then writes the manifest, once.
 * Killed at any point, it leaves chunks that the next one shares, and nothing that could be taken for a snapshot. One slice of
 * entries and one chunk are in memory.
 */
public final class Recorder {
    /**
     * @param digest of the manifest's bytes
     */
    record Recorded(SnapshotName name, Digest digest, Manifest manifest) {
        String uri() {
            return SnapshotCatalog.key(name);
        }
    }

    private final SnapshotCatalog catalog;
    private final ChunkStore chunks;
    private final Traffic traffic;
    private final Clock clock;
    private final String tool;
    private final LockRule lock;

    /** @param tool what takes them, e.g. its version */
    public Recorder(Bucket bucket, Traffic traffic, LockRule lock, Clock clock, String tool) {
        this.lock = lock;
        this.catalog = new SnapshotCatalog(bucket);
        this.chunks = new ChunkStore(bucket);
        this.traffic = traffic;
        this.clock = clock;
        this.tool = tool;
    }

    /**
     * @param what ends the snapshot's id
     * @param readBack takes every entry as it was read back from the bucket, ascending
     * @throws ProblemException {@code SNP-READBACK} if something else is read back than was exported, {@code OBJ-OVERWRITE} if
     *     another snapshot lies under that name; one of the same and with the same entries is the answer
     * @throws dev.migrator.kit.Unavailable if the bucket does not answer
     */
    Recorded record(String environment, String what, Export export, Consumer<SnapshotEntry> readBack)
            throws TargetException {
        try (var _ = traffic.writing()) {
            var takenAt = now();
            var lockedUntil = lock.end(takenAt);
            return written(what, taken(environment, takenAt, lockedUntil, export, readBack), lockedUntil);
        }
    }

    /**
     * As {@link #record}, for a question that may be asked again: if the same was taken for the same before, that one is the
     * answer.
     *
     * @param what by the snapshot's root, which it has to name
     */
    Recorded recordOnce(
            String environment, Function<Digest, String> what, Export export, Consumer<SnapshotEntry> readBack)
            throws TargetException {
        try (var _ = traffic.writing()) {
            var takenAt = now();
            var lockedUntil = lock.end(takenAt);
            var manifest = taken(environment, takenAt, lockedUntil, export, readBack);
            var name = what.apply(manifest.root());
            return known(name, manifest).orElseGet(() -> written(name, manifest, lockedUntil));
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }

    private Manifest taken(
            String environment,
            Instant takenAt,
            Optional<Instant> lockedUntil,
            Export export,
            Consumer<SnapshotEntry> readBack)
            throws TargetException {
        var sources = new TreeMap<String, String>();
        var readings = new TreeMap<String, SourceReading>();
        var writer = new ChunkWriter(ChunkRules.STANDARD, chunk -> chunks.keep(chunk, lockedUntil));
        var covers = export.into(new Export.To(writer::add, sources, readings, clock));
        var manifest = new Manifest(environment, covers, writer.finish(), sources, readings, takenAt, tool);
        var problems = catalog.over(manifest).verify(readBack);
        if (!problems.isEmpty()) {
            throw notReadBack(problems);
        }
        return manifest;
    }

    private Recorded written(String what, Manifest manifest, Optional<Instant> lockedUntil) {
        var name = SnapshotName.of(manifest.environment(), manifest.takenAt(), what);
        try {
            return new Recorded(name, catalog.write(name, manifest, lockedUntil), manifest);
        } catch (ProblemException e) {
            if (!e.problem().code().equals("OBJ-OVERWRITE")) {
                throw e;
            }
            return another(name, manifest, lockedUntil).orElseThrow(() -> e);
        }
    }

    /**
     * The same snapshot, taken by another snapshotter in the same second: when that one read, and where the source was then, are
     * others, and so are the bytes.
     */
    private Optional<Recorded> another(SnapshotName name, Manifest manifest, Optional<Instant> lockedUntil) {
        Optional<Recorded> found;
        try {
            found = same(name, manifest);
        } catch (ProblemException _) {
            return Optional.empty(); // no manifest at all
        }
        found.ifPresent(_ -> lockedUntil.ifPresent(until -> catalog.lockUntil(name, until)));
        return found;
    }

    private Optional<Recorded> known(String what, Manifest manifest) {
        return catalog.takenFor(manifest.environment(), what).flatMap(name -> same(name, manifest));
    }

    /** What lies there under a name, if it is of the same and holds the same. */
    private Optional<Recorded> same(SnapshotName name, Manifest manifest) {
        var there = catalog.open(name).manifest();
        return there.environment().equals(manifest.environment())
                        && there.covers().equals(manifest.covers())
                        && there.root().equals(manifest.root())
                ? Optional.of(new Recorded(name, catalog.digest(name), there))
                : Optional.empty();
    }

    private static ProblemException notReadBack(List<Problem> problems) {
        var first = problems.getFirst();
        return new ProblemException(Problem.of("SNP-READBACK", "the snapshot does not read back as it was taken")
                .about(first.thing())
                .expected("every chunk as exported")
                .found(problems.size() + " broken, first: " + first.code() + ", " + first.message() + "; found "
                        + first.found())
                .todo("look at the object store, and move the broken object away; nothing was written to the"
                        + " environment"));
    }
}
