package dev.migrator.policy;

import dev.migrator.core.error.Finding;
import dev.migrator.core.error.Finding.Severity;
import java.util.List;
import java.util.Optional;

/**
 * What became of a policies file.
 *
 * @param policies empty when there is an error
 * @param tests of the file alone, in its order; empty when there is an error
 * @param findings all of them, ascending by line
 */
public record LoadedPolicies(Optional<Policies> policies, List<PolicyTest> tests, List<Finding> findings) {
    public LoadedPolicies {
        tests = List.copyOf(tests);
        findings = findings.stream().sorted().toList();
        if (policies.isPresent() && findings.stream().anyMatch(f -> f.severity() == Severity.ERROR)) {
            throw new IllegalArgumentException("policies with an error are not loaded: " + findings);
        }
    }
}
