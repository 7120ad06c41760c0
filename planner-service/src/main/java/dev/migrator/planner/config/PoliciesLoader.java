package dev.migrator.planner.config;

import dev.migrator.core.environment.Environments;
import dev.migrator.core.error.Finding;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.policy.DefaultPolicies;
import dev.migrator.policy.Policies;
import dev.migrator.policy.PoliciesFile;
import java.nio.file.Path;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Reads the policies of a planner that is started. */
final class PoliciesLoader {
    private PoliciesLoader() {}

    /**
     * @param file empty for the default policies alone
     * @throws ProblemException {@code CFG-POLICIES} with all findings: the service must not start, as it would plan what
     *     was meant to be refused
     */
    static Policies load(Optional<Path> file, Environments environments) {
        if (file.isEmpty()) {
            return DefaultPolicies.get();
        }
        var loaded = PoliciesFile.load(file.get());
        var policies = loaded.policies()
                .orElseThrow(() -> invalid(
                        file.get(),
                        loaded.findings().stream().map(PoliciesLoader::shown).collect(Collectors.joining("; "))));
        // misspelt, a policy would be in force nowhere, and nobody would notice
        var unknown = new TreeSet<>(policies.environments());
        environments.names().forEach(unknown::remove);
        if (!unknown.isEmpty()) {
            throw invalid(file.get(), "policies for environments that are not declared: " + String.join(", ", unknown));
        }
        return policies;
    }

    private static ProblemException invalid(Path file, String found) {
        return new ProblemException(Problem.of("CFG-POLICIES", "the policies file is not valid")
                .about(file.toString())
                .expected("a file without errors")
                .found(found)
                .todo("migrator policy test " + file + "    says more; correct the file that MIGRATOR_POLICIES_FILE"
                        + " names"));
    }

    private static String shown(Finding finding) {
        return "line " + finding.line() + ": " + finding.problem();
    }
}
