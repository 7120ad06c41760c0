package dev.migrator.planner.work;

import dev.migrator.core.canonical.Digest;
import dev.migrator.policy.TrackRecord;

/** What is known of a bundle from before: where it succeeded, and what evidence was added to it. */
@FunctionalInterface
public interface BundleHistory {
    /** Nothing is known of any bundle. */
    BundleHistory NONE = _ -> TrackRecord.NONE;

    /** Of exactly this digest; {@link TrackRecord#NONE} when nothing is known. */
    TrackRecord of(Digest bundle);
}
