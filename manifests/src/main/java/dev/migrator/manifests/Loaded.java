package dev.migrator.manifests;

import dev.migrator.core.bundle.Bundle;
import dev.migrator.core.error.Finding;
import dev.migrator.core.model.Resource;
import java.util.List;
import java.util.Optional;

/**
 * What became of a folder of manifests.
 *
 * @param bundle there only when nothing stops: never a part of it
 * @param resources those that are right by themselves, also without a bundle
 * @param findings all of them, ascending by file and line; warnings may stand beside a bundle
 */
public record Loaded(Optional<Bundle> bundle, List<Resource> resources, List<Finding> findings) {
    public Loaded {
        resources = List.copyOf(resources);
        findings = findings.stream().distinct().sorted().toList();
        if (bundle.isPresent() && findings.stream().anyMatch(Finding::stops)) {
            throw new IllegalArgumentException("a bundle with an error is no bundle: " + findings);
        }
    }
}
