package dev.migrator.core.settings;

import dev.migrator.core.error.Finding;
import dev.migrator.core.error.Problem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which patches of an environment change which manifests.
 *
 * @param byManifest patches in their order, by the manifest's place in the list
 */
record Patching(SortedMap<Integer, List<Patch>> byManifest, List<Finding> findings) {
    /** Manifests that all patches together look at. */
    static final long MAX_LOOKS = 20_000_000;

    /** Manifests that all patches together change, each counted as often as it is changed. */
    static final long MAX_CHANGES = 1_000_000;

    /** Characters of all changes together, each counted as often as it is made. */
    static final long MAX_CHARS = 64L << 20;

    Patching {
        byManifest = Collections.unmodifiableSortedMap(byManifest);
        findings = List.copyOf(findings);
    }

    /** @param overlays of one environment, in the order of their names */
    static Patching of(List<Manifest> manifests, List<Overlay> overlays) {
        var index = new SelectionIndex(manifests);
        var byManifest = new TreeMap<Integer, List<Patch>>();
        var findings = new ArrayList<Finding>();
        long changes = 0;
        long chars = 0;
        for (var overlay : overlays) {
            for (var patch : overlay.patches()) {
                var selected = index.find(patch.select());
                changes += selected.size();
                chars += (long) selected.size() * patch.size();
                if (index.looks() > MAX_LOOKS || changes > MAX_CHANGES || chars > MAX_CHARS) {
                    findings.add(overlay.document().error(patch.pointer(), tooBroad()));
                    return new Patching(new TreeMap<>(), findings);
                }
                if (selected.isEmpty()) {
                    findings.add(overlay.document().error(patch.pointer() + "/select", nothing(patch.select())));
                }
                selected.forEach(place -> byManifest
                        .computeIfAbsent(place, _ -> new ArrayList<>())
                        .add(patch));
            }
        }
        return new Patching(byManifest, findings);
    }

    private static Problem nothing(Selection select) {
        return Problem.of("OVL-SELECTS-NOTHING", "a patch selects no resource")
                .expected("at least one resource of the bundle")
                .found("none with " + select)
                .todo("correct what it selects, or remove the patch");
    }

    private static Problem tooBroad() {
        return Problem.of("OVL-TOO-BROAD", "the patches of an environment change too much")
                .expected("at most " + MAX_CHANGES + " changes of " + MAX_CHARS + " characters in all, with at most "
                        + MAX_LOOKS + " resources looked at")
                .found("more")
                .todo("name the resources exactly, or use a variable");
    }
}
