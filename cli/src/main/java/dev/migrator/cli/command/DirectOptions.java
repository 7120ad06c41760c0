package dev.migrator.cli.command;

import dev.migrator.cli.direct.DirectEnvironment;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import java.nio.file.Path;
import java.time.Duration;
import picocli.CommandLine.Option;

/** The options of every command that reads targets itself, without any service. */
public final class DirectOptions {
    @Option(
            names = "--target",
            paramLabel = "FILE",
            description = "read the targets in this file (kind Targets) directly, without any service")
    private Path target;

    @Option(
            names = "--environments",
            paramLabel = "FILE",
            description = "environments.yaml with the environment to read directly; else MIGRATOR_ENVIRONMENTS_FILE,"
                    + " else the local stack's")
    private Path environments;

    @Option(
            names = "--credentials",
            paramLabel = "DIR",
            description = "folder with <credential>.properties for --environments; else MIGRATOR_CREDENTIALS_DIR, else"
                    + " the local stack's")
    private Path credentials;

    @Option(
            names = "--timeout",
            defaultValue = "20",
            paramLabel = "SECONDS",
            description = "bound of one call to a target (default: ${DEFAULT-VALUE})")
    private int timeoutSeconds;

    /** Whether the person asked for reading directly. */
    boolean given() {
        return target != null || environments != null;
    }

    /** @param environment as given with {@code --env}, null when not */
    DirectEnvironment source(String environment) {
        if (target != null) {
            var source = targets(target);
            if (environment != null && !environment.equals(source.name())) {
                throw new ProblemException(
                        Problem.of("CLI-OTHER-ENVIRONMENT", "the targets file is one of another environment")
                                .about(target.toString())
                                .expected("environment " + environment)
                                .found("environment " + source.name())
                                .todo("leave --env out, or name the file of that environment"));
            }
            return source;
        }
        if (environment == null) {
            throw new ProblemException(Problem.of("CLI-NO-ENVIRONMENT", "it is not said which environment")
                    .expected("--target FILE, or --env ENV")
                    .found("neither"));
        }
        return declared(environment);
    }

    DirectEnvironment targets(Path file) {
        return DirectEnvironment.ofTargetsFile(file, timeout());
    }

    DirectEnvironment declared(String environment) {
        return DirectEnvironment.declared(
                environment, environments, credentials, System.getenv(), Service.home(), timeout());
    }

    /** The same options again, for the next command that a person may want. */
    String asGiven(String environment) {
        return target != null ? " --target " + target : " --env " + environment;
    }

    private Duration timeout() {
        return Duration.ofSeconds(Math.clamp(timeoutSeconds, 1, 600));
    }
}
