package dev.migrator.manifests;

import dev.migrator.core.environment.Environments;
import dev.migrator.core.error.Finding;
import dev.migrator.core.error.Finding.Severity;
import java.util.List;
import java.util.Optional;

/**
 * What became of an environments file.
 *
 * @param environments empty when there is an error
 * @param findings all of them, ascending by line; warnings may stand beside environments
 */
public record LoadedEnvironments(Optional<Environments> environments, List<Finding> findings) {
    public LoadedEnvironments {
        findings = findings.stream().sorted().toList();
        if (environments.isPresent() && findings.stream().anyMatch(f -> f.severity() == Severity.ERROR)) {
            throw new IllegalArgumentException("environments with an error are not loaded: " + findings);
        }
    }
}
