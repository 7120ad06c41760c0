package dev.migrator.core.settings;

import dev.migrator.core.canonical.Value;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is different in one environment.
 *
 * @param variables values by name; may name other variables
 * @param patches in the order in which they are applied
 * @param document where it is written
 */
record Overlay(
        String name, String environment, SortedMap<String, Value> variables, List<Patch> patches, Document document) {
    Overlay {
        variables = Collections.unmodifiableSortedMap(new TreeMap<>(variables));
        patches = List.copyOf(patches);
    }
}
