package dev.migrator.core.plan;

import dev.migrator.core.error.Finding;
import dev.migrator.core.model.EntryKey;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What has to be read before planning.
 *
 * @param keys ascending
 * @param findings what stands in the way already, ascending; reading is pointless when one of them stops
 * @param wholeKinds entry kinds by logical target name, of which all entries are to be listed and read as well
 */
public record KeysToRead(SortedSet<EntryKey> keys, List<Finding> findings, Map<String, Set<String>> wholeKinds) {
    public KeysToRead {
        keys = Collections.unmodifiableSortedSet(new TreeSet<>(keys));
        findings = List.copyOf(findings);
        wholeKinds = Collections.unmodifiableMap(new TreeMap<>(wholeKinds));
    }

    /** The keys by logical target name. */
    public SortedMap<String, SortedSet<EntryKey>> byTarget() {
        var byTarget = new TreeMap<String, SortedSet<EntryKey>>();
        keys.forEach(key ->
                byTarget.computeIfAbsent(key.target(), _ -> new TreeSet<>()).add(key));
        return byTarget;
    }

    /** Whether planning will be refused whatever the targets hold. */
    public boolean stops() {
        return findings.stream().anyMatch(Finding::stops);
    }
}
