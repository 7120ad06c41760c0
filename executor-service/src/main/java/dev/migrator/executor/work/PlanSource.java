package dev.migrator.executor.work;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.plan.Plan;
import dev.migrator.core.plan.PlanCodec;
import dev.migrator.kit.objects.ObjectStore;
import java.util.LinkedHashMap;

/**
 * Plans by digest: from memory, from this worker's disk, from the bucket, in this order, and never other bytes than those
 * of the digest. What was read once needs the bucket no more.
 */
final class PlanSource {
    private static final int IN_MEMORY = 16;
    /** Of all plans in memory; a single one may have more. An operation takes about a kilobyte. */
    private static final int MOST_OPERATIONS = 25_000;

    private final ObjectStore objects;
    /** The one that was asked for last at the end. */
    private final LinkedHashMap<Digest, Held> recent = new LinkedHashMap<>(16, 0.75f, true);

    private record Held(Plan plan, int operations) {}

    PlanSource(ObjectStore objects) {
        this.objects = objects;
    }

    /**
     * @throws dev.migrator.core.error.ProblemException if the object holds other bytes, or is no plan
     * @throws dev.migrator.kit.objects.ObjectStoreUnavailable if it is neither here nor can be fetched now
     */
    Plan plan(String uri, Digest digest) {
        synchronized (recent) {
            var known = recent.get(digest);
            if (known != null) {
                return known.plan();
            }
        }
        var plan = PlanCodec.read(objects.get(uri, digest), digest);
        synchronized (recent) {
            recent.put(digest, new Held(plan, (int) plan.operations().count()));
            makeRoom();
        }
        return plan;
    }

    private void makeRoom() {
        int operations = recent.values().stream().mapToInt(Held::operations).sum();
        while (recent.size() > 1 && (recent.size() > IN_MEMORY || operations > MOST_OPERATIONS)) {
            operations -= recent.pollFirstEntry().getValue().operations();
        }
    }

    /** Plans that are in memory. */
    int held() {
        synchronized (recent) {
            return recent.size();
        }
    }
}
