package dev.migrator.planner.work;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.model.LabelSelector;
import dev.migrator.policy.TrackRecord;
import java.util.Optional;

/** What is known of a bundle from before: where it succeeded, and what evidence was added to it. */
@FunctionalInterface
public interface BundleHistory {
    /** Nothing is known of any bundle. */
    BundleHistory NONE = (_, _) -> TrackRecord.NONE;

    /**
     * Of exactly this digest; {@link TrackRecord#NONE} when nothing is known.
     *
     * @param selector the part that is asked about, empty for all of it: a part has succeeded where it did or all of the
     *     bundle did, and all of it only where all of it did
     */
    TrackRecord of(Digest bundle, Optional<LabelSelector> selector);
}
