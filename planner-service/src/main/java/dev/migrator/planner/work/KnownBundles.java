package dev.migrator.planner.work;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.model.LabelSelector;
import dev.migrator.kit.evidence.Evidence;
import dev.migrator.kit.evidence.EvidenceStore;
import dev.migrator.policy.TrackRecord;
import java.util.Optional;

/** Where a bundle succeeded, from the statuses, with the evidence about it, from the bucket. */
public final class KnownBundles implements BundleHistory {
    private final BundleHistory successes;
    private final EvidenceStore evidence;

    public KnownBundles(BundleHistory successes, EvidenceStore evidence) {
        this.successes = successes;
        this.evidence = evidence;
    }

    /**
     * @throws dev.migrator.core.error.ProblemException if evidence was changed or cannot be read: nothing is judged by the
     *     rest of it
     * @throws dev.migrator.kit.objects.ObjectStoreUnavailable if the bucket does not answer
     */
    @Override
    public TrackRecord of(Digest bundle, Optional<LabelSelector> selector) {
        return new TrackRecord(
                successes.of(bundle, selector).succeededIn(),
                evidence.of(bundle).stream().map(Evidence::seen).toList());
    }
}
