package dev.migrator.target;

import dev.migrator.core.error.Problem;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a target runs on: versions, features, limits and defaults, for comparing two environments.
 *
 * @param values text by name, e.g. {@code default.replication.factor}; holds {@value #VERSION}, and nothing that only
 *     tells one system from another, as its identity or its addresses do; at most {@value #MAX_VALUES}, each of at most
 *     {@value #MAX_LENGTH} characters
 * @param rights what the credential may do with the system as a whole; empty where the system does not tell
 * @param unread what the credential was not allowed to see: those facts are unknown, not absent
 */
public record SystemFacts(SortedMap<String, String> values, Optional<Rights> rights, List<Problem> unread) {
    /** Name of the fact that every target has. */
    public static final String VERSION = "version";

    public static final int MAX_VALUES = 1_000;
    public static final int MAX_LENGTH = 1_000;

    public SystemFacts {
        var kept = new TreeMap<String, String>();
        values.entrySet().stream()
                .limit(MAX_VALUES)
                .forEach(fact -> kept.put(
                        fact.getKey(),
                        fact.getValue().length() <= MAX_LENGTH
                                ? fact.getValue()
                                : fact.getValue().substring(0, MAX_LENGTH - 1) + "…"));
        values = Collections.unmodifiableSortedMap(kept);
        unread = List.copyOf(unread);
    }

    /**
     * Rights in the system's own words.
     *
     * @param reading those that change nothing
     * @param writing all others
     */
    public record Rights(SortedSet<String> reading, SortedSet<String> writing) {
        public Rights {
            reading = Collections.unmodifiableSortedSet(new TreeSet<>(reading));
            writing = Collections.unmodifiableSortedSet(new TreeSet<>(writing));
        }
    }
}
