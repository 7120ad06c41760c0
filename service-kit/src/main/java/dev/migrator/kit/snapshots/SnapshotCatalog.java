package dev.migrator.kit.snapshots;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.lifecycle.StatusJson;
import dev.migrator.core.snapshot.Manifest;
import dev.migrator.core.snapshot.ManifestCodec;
import dev.migrator.core.snapshot.SnapshotReader;
import dev.migrator.kit.objects.Bucket;
import dev.migrator.kit.objects.ObjectKeys;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The snapshots in the bucket: {@code snapshots/<environment>/<id>/manifest.json}. A manifest is written once its chunks were
 * read back, so what is listed was whole when it was taken.
 */
public final class SnapshotCatalog {
    private static final String MANIFEST = "manifest.json";
    private static final String REFUSED = "refused.json";

    private final Bucket bucket;
    private final ChunkStore chunks;

    public SnapshotCatalog(Bucket bucket) {
        this.bucket = bucket;
        this.chunks = new ChunkStore(bucket);
    }

    /** Names of all snapshots of an environment, newest first. */
    public List<SnapshotName> list(String environment) {
        return named(environment, MANIFEST);
    }

    /** Names of those that were asked for and not taken, newest first. */
    public List<SnapshotName> refused(String environment) {
        return named(environment, REFUSED);
    }

    private List<SnapshotName> named(String environment, String file) {
        var folder = ObjectKeys.snapshots(environment);
        var found = new ArrayList<SnapshotName>();
        bucket.each(folder, listed -> {
            var parts = listed.key().substring(folder.length()).split("/");
            if (parts.length == 2 && parts[1].equals(file)) {
                SnapshotName.in(environment, parts[0]).ifPresent(found::add);
            }
        });
        found.sort(SnapshotName.NEWEST_FIRST);
        return List.copyOf(found);
    }

    /** The snapshot whose manifest lies under a key of the bucket; empty if the key is another object's. */
    public static Optional<SnapshotName> named(String key) {
        var parts = key.split("/");
        return parts.length == 4 && key.startsWith(ObjectKeys.SNAPSHOTS) && parts[3].equals(MANIFEST)
                ? SnapshotName.in(parts[1], parts[2])
                : Optional.empty();
    }

    /** The newest one that was taken for this. */
    public Optional<SnapshotName> takenFor(String environment, String what) {
        return list(environment).stream()
                .filter(name -> name.what().equals(what))
                .findFirst();
    }

    /**
     * The one snapshot that somebody means: by its whole id, or by what it was taken for if that is only one.
     *
     * @param environments where to look
     * @throws ProblemException {@code SNP-UNKNOWN} if there is none, {@code SNP-AMBIGUOUS} if there are several
     */
    public SnapshotName resolve(Collection<String> environments, String id) {
        if (id.matches("[A-Za-z0-9._~-]{1,300}")) {
            var exact = environments.stream()
                    .flatMap(environment -> SnapshotName.in(environment, id).stream())
                    .filter(name -> bucket.exists(key(name)))
                    .toList();
            var matching = exact.isEmpty()
                    ? environments.stream()
                            .flatMap(environment -> list(environment).stream())
                            .filter(name -> name.what().equals(id))
                            .toList()
                    : exact;
            if (matching.size() == 1) {
                return matching.getFirst();
            }
            if (matching.size() > 1) {
                throw new ProblemException(Problem.of("SNP-AMBIGUOUS", "several snapshots are named like this")
                        .about(id)
                        .expected("the id of one")
                        .found(matching.stream()
                                .limit(5)
                                .map(name -> name.environment() + "/" + name.id())
                                .toList()
                                .toString())
                        .todo("give the whole id, as migrator snapshots shows it"));
            }
        }
        throw unknown(id.substring(0, Math.min(300, id.length())));
    }

    /**
     * Opens a snapshot; its chunks are checked when they are read.
     *
     * @throws ProblemException {@code SNP-UNKNOWN} if it is not there, {@code SNP-FORMAT}, {@code SNP-ORDER}, {@code
     *     SNP-COUNTS} or {@code SNP-ROOT} for a manifest that is none
     */
    public SnapshotReader open(SnapshotName name) {
        return find(name).orElseThrow(() -> unknown(name.id()));
    }

    /** As {@link #open}; empty if it is not there. */
    public Optional<SnapshotReader> find(SnapshotName name) {
        return bucket.find(key(name)).map(bytes -> new SnapshotReader(ManifestCodec.read(bytes), chunks));
    }

    /** Reads over a manifest that is not in the catalog yet. */
    public SnapshotReader over(Manifest manifest) {
        return new SnapshotReader(manifest, chunks);
    }

    /**
     * @param lockedUntil object lock keeps it until then
     * @return digest of the manifest's bytes as they were read back
     * @throws ProblemException {@code OBJ-OVERWRITE} if another one lies there, {@code OBJ-DIGEST} if other bytes are read back
     */
    public Digest write(SnapshotName name, Manifest manifest, Optional<Instant> lockedUntil) {
        var bytes = ManifestCodec.bytes(manifest);
        var digest = lockedUntil
                .map(until -> bucket.putLocked(key(name), bytes, until))
                .orElseGet(() -> bucket.put(key(name), bytes));
        bucket.get(key(name), digest);
        return digest;
    }

    /** Keeps a manifest that lies there at least until then, in a bucket with object lock. Exceptions as {@link Bucket#lockUntil}. */
    public void lockUntil(SnapshotName name, Instant until) {
        bucket.lockUntil(key(name), until);
    }

    /** Digest of a manifest's bytes as they lie there. @throws ProblemException {@code SNP-UNKNOWN} */
    public Digest digest(SnapshotName name) {
        return bucket.find(key(name)).map(Digest::of).orElseThrow(() -> unknown(name.id()));
    }

    /** Says why one that was asked for was not taken, in its place in the catalog. */
    public void writeRefused(SnapshotName name, Problem problem) {
        bucket.put(
                ObjectKeys.snapshotRefused(name.environment(), name.id()),
                CanonicalJson.bytes(StatusJson.problem(problem)));
    }

    /** Why it was not taken; empty if it was, or if nobody has asked for it. */
    public Optional<Problem> whyRefused(SnapshotName name) {
        return bucket.find(ObjectKeys.snapshotRefused(name.environment(), name.id()))
                .map(bytes -> StatusJson.problemOf((Value.Obj) CanonicalJson.parse(bytes)));
    }

    /**
     * Of a snapshot, or of the word that it was refused; its chunks stay for whoever else names them.
     *
     * @return false if object lock keeps it
     */
    public boolean forget(SnapshotName name) {
        bucket.remove(ObjectKeys.snapshotRefused(name.environment(), name.id()));
        return bucket.removeUnlessLocked(key(name));
    }

    /** Where the manifest lies in the bucket. */
    public static String key(SnapshotName name) {
        return ObjectKeys.manifest(name.environment(), name.id());
    }

    private static ProblemException unknown(String id) {
        return new ProblemException(Problem.of("SNP-UNKNOWN", "there is no such snapshot")
                .about(id)
                .expected("the id of a snapshot")
                .found("none")
                .todo("migrator snapshots --env ENV    lists them"));
    }
}
