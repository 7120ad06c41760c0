package dev.migrator.manifests;

import dev.migrator.core.bundle.Bundle;
import dev.migrator.core.bundle.Suppressed;
import dev.migrator.core.error.Finding;
import dev.migrator.core.model.Resource;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What became of a folder of manifests.
 *
 * @param bundle there only when nothing stops: never a part of it
 * @param resources those that are right by themselves, also without a bundle
 * @param findings all of them, ascending by file and line; warnings may stand beside a bundle
 * @param suppressed what manifests do not want to hear of; until when is judged by {@link #on} alone
 * @param unchecked what nobody here can judge, with how many schemas that is so for
 */
public record Loaded(
        Optional<Bundle> bundle,
        List<Resource> resources,
        List<Finding> findings,
        List<Suppressed> suppressed,
        SortedMap<String, Integer> unchecked) {
    public Loaded {
        unchecked = Collections.unmodifiableSortedMap(new TreeMap<>(unchecked));
        resources = List.copyOf(resources);
        suppressed = List.copyOf(suppressed);
        findings = findings.stream().distinct().sorted().toList();
        if (bundle.isPresent() && findings.stream().anyMatch(Finding::stops)) {
            throw new IllegalArgumentException("a bundle with an error is no bundle: " + findings);
        }
    }

    /** The same as seen on a day, in UTC: what is suppressed until an earlier one is back, and stops if it is an error. */
    public Loaded on(LocalDate day) {
        var judged = Suppressed.on(day, findings, suppressed);
        return new Loaded(
                judged.findings().stream().anyMatch(Finding::stops) ? Optional.empty() : bundle,
                resources,
                judged.findings(),
                judged.suppressed(),
                unchecked);
    }
}
