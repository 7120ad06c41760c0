package dev.migrator.kit.config;

import dev.migrator.core.environment.Environments;
import dev.migrator.core.error.Finding;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.manifests.EnvironmentsFile;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Reads {@code environments.yaml} for a service that is started. */
public final class EnvironmentsLoader {
    private static final Logger LOG = Logger.getLogger(EnvironmentsLoader.class);

    private EnvironmentsLoader() {}

    /** @throws ProblemException {@code CFG-ENVIRONMENTS} with all findings: the service must not start */
    public static Environments load(Path file) {
        var loaded = EnvironmentsFile.load(file);
        loaded.findings().forEach(finding -> LOG.warnf("Finding in the environments file: %s", shown(finding)));
        return loaded.environments()
                .orElseThrow(
                        () -> new ProblemException(Problem.of("CFG-ENVIRONMENTS", "the environments file is not valid")
                                .about(file.toString())
                                .expected("a file without errors")
                                .found(loaded.findings().stream()
                                        .map(EnvironmentsLoader::shown)
                                        .collect(Collectors.joining("; ")))
                                .todo("correct the file that MIGRATOR_ENVIRONMENTS_FILE names")));
    }

    private static String shown(Finding finding) {
        return "line " + finding.line() + ": " + finding.problem();
    }
}
