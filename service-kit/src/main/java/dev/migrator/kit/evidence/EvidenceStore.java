package dev.migrator.kit.evidence;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.kit.objects.ObjectKeys;
import dev.migrator.kit.objects.ObjectStore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Evidence about bundles in the bucket: each an object of its own, named by its digest and checked by it when it is read. */
public final class EvidenceStore {
    /** Most pieces of evidence about one bundle. */
    public static final int MOST = 50;

    private final ObjectStore objects;

    public EvidenceStore(ObjectStore objects) {
        this.objects = objects;
    }

    /**
     * Keeps it, unless the same person added the same facts already.
     *
     * @return what is kept: the one that was there, if there was
     * @throws ProblemException {@code EVD-MANY} if there is no more room for that bundle
     * @throws dev.migrator.kit.objects.ObjectStoreUnavailable if the bucket does not answer
     */
    public Evidence add(Evidence evidence) {
        var known = of(evidence.bundle());
        var same = known.stream()
                .filter(other -> other.kind().equals(evidence.kind())
                        && other.by().equals(evidence.by())
                        && other.facts().equals(evidence.facts()))
                .findFirst();
        if (same.isPresent()) {
            return same.get();
        }
        if (known.size() >= MOST) {
            throw many(evidence.bundle());
        }
        objects.put(ObjectKeys.evidenceOf(evidence.bundle(), evidence.digest()), evidence.bytes());
        return evidence;
    }

    /**
     * In the order in which it was added.
     *
     * @throws ProblemException {@code OBJ-DIGEST} if one was changed, {@code EVD-SHAPE} if one cannot be read, {@code
     *     EVD-MANY} if there are more than anybody could have added here
     * @throws dev.migrator.kit.objects.ObjectStoreUnavailable if the bucket does not answer
     */
    public List<Evidence> of(Digest bundle) {
        var keys = objects.list(ObjectKeys.evidenceOf(bundle), 2 * MOST); // writers side by side may add a few more
        if (keys.size() >= 2 * MOST) {
            throw many(bundle);
        }
        var all = new ArrayList<Evidence>();
        for (var key : keys) {
            all.add(read(bundle, key));
        }
        all.sort(Comparator.comparing(Evidence::at)
                .thenComparing(evidence -> evidence.digest().hex()));
        return List.copyOf(all);
    }

    private Evidence read(Digest bundle, String key) {
        try {
            var evidence = Evidence.read(objects.get(key, ObjectKeys.evidenceIn(key)));
            if (!evidence.bundle().equals(bundle)) {
                throw new IllegalArgumentException("bundle " + evidence.bundle());
            }
            return evidence;
        } catch (ClassCastException | IllegalArgumentException | java.time.DateTimeException e) {
            throw new ProblemException(
                    Problem.of("EVD-SHAPE", "a piece of evidence cannot be read; no policy can rely on it")
                            .about(key)
                            .expected("evidence about bundle " + bundle)
                            .found(String.valueOf(e.getMessage()))
                            .todo("find out who wrote it, and remove it"),
                    e);
        }
    }

    private static ProblemException many(Digest bundle) {
        return new ProblemException(Problem.of("EVD-MANY", "there is too much evidence about this bundle")
                .about("bundle " + bundle)
                .expected("at most " + MOST + " pieces")
                .todo("add one that sums up the others to the bundle of a new commit"));
    }
}
