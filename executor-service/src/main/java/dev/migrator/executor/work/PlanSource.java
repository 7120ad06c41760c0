package dev.migrator.executor.work;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.plan.Plan;
import dev.migrator.core.plan.PlanCodec;
import dev.migrator.kit.objects.ObjectStore;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Plans by digest: from memory, from this worker's disk, from the bucket, in this order, and never other bytes than those
 * of the digest. What was read once needs the bucket no more.
 */
final class PlanSource {
    private static final int IN_MEMORY = 16;

    private final ObjectStore objects;
    private final Map<Digest, Plan> recent = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Digest, Plan> eldest) {
            return size() > IN_MEMORY;
        }
    };

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
                return known;
            }
        }
        var plan = PlanCodec.read(objects.get(uri, digest), digest);
        synchronized (recent) {
            recent.put(digest, plan);
        }
        return plan;
    }
}
