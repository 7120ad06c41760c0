package dev.migrator.policy;

import dev.migrator.core.canonical.Value;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What is known of a bundle from before, by exactly its digest.
 *
 * @param succeededIn names of the environments in which a migration of it succeeded
 * @param evidence what was added to it, e.g. runs of tests, in the order in which it was added
 */
public record TrackRecord(SortedSet<String> succeededIn, List<Value.Obj> evidence) {
    public static final TrackRecord NONE = new TrackRecord(Collections.emptySortedSet(), List.of());

    public TrackRecord {
        succeededIn = Collections.unmodifiableSortedSet(new TreeSet<>(succeededIn));
        evidence = List.copyOf(evidence);
    }
}
