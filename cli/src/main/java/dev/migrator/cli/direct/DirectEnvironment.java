package dev.migrator.cli.direct;

import dev.migrator.core.environment.Environment;
import dev.migrator.core.environment.TargetConfig;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.manifests.EnvironmentsFile;
import dev.migrator.manifests.TargetsFile;
import dev.migrator.target.TargetException;
import dev.migrator.target.TargetProvider;
import dev.migrator.target.TargetReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * An environment whose targets are read without any service, through clients that have no write methods.
 *
 * @param shownAs as the person named it, e.g. {@code target:production.yaml}
 * @param credentials where a target's read credential is; empty for a target without one
 * @param callTimeout bound of every single call
 */
public record DirectEnvironment(
        String shownAs, Environment environment, Credentials credentials, Duration callTimeout) {
    private static final Duration LOOK = Duration.ofSeconds(3);

    /** Finds the file of a target's read credential. */
    @FunctionalInterface
    public interface Credentials {
        Optional<CredentialFile> of(TargetConfig target);
    }

    /** The one environment of a targets file. @throws ProblemException the first thing that is wrong with it */
    public static DirectEnvironment ofTargetsFile(Path file, Duration callTimeout) {
        var loaded = TargetsFile.load(file);
        var environment =
                loaded.environment().orElseThrow(() -> first(loaded.findings().getFirst()));
        return new DirectEnvironment(
                "target:" + file,
                environment,
                target -> target.readCredential().map(path -> new CredentialFile(target.name(), Path.of(path))),
                callTimeout);
    }

    /** Options win over the variables of the process, those over the local stack's files below {@code home}. */
    public static DirectEnvironment declared(
            String name,
            Path environmentsFile,
            Path credentialsFolder,
            Map<String, String> variables,
            Path home,
            Duration callTimeout) {
        var stack = home.resolve(".local-stack/config");
        var file = chosen(
                environmentsFile, variables.get("MIGRATOR_ENVIRONMENTS_FILE"), stack.resolve("environments.yaml"));
        var folder = chosen(
                credentialsFolder,
                variables.get("MIGRATOR_CREDENTIALS_DIR"),
                stack.resolve("credentials/planner-service"));
        if (!Files.isReadable(file)) {
            throw new ProblemException(Problem.of("CLI-NO-ENVIRONMENTS", "no environments are known")
                    .expected("--target, --environments, MIGRATOR_ENVIRONMENTS_FILE, or a local stack that is up")
                    .found(file + " cannot be read"));
        }
        var loaded = EnvironmentsFile.load(file);
        var environments =
                loaded.environments().orElseThrow(() -> first(loaded.findings().getFirst()));
        var environment = environments
                .find(name)
                .orElseThrow(() -> new ProblemException(Problem.of("ENV-UNKNOWN", "there is no such environment")
                        .expected("one of " + environments.names())
                        .found(name)));
        return new DirectEnvironment(
                "env:" + name,
                environment,
                target -> target.readCredential()
                        .map(credential ->
                                new CredentialFile(target.name(), folder.resolve(credential + ".properties"))),
                callTimeout);
    }

    public String name() {
        return environment.name();
    }

    /**
     * Opens a target for reading; the caller closes it.
     *
     * @throws TargetException with the reason seen from outside where the client tells only that there was no answer
     */
    public TargetReader open(TargetConfig target) throws TargetException {
        var settings = credentials.of(target).map(CredentialFile::read).orElse(Map.of());
        var provider = provider(target);
        try {
            return provider.openReader(target, settings, callTimeout);
        } catch (TargetException.Unavailable e) {
            var seen = provider.unreachable(target, settings, callTimeout.compareTo(LOOK) < 0 ? callTimeout : LOOK);
            if (seen.isEmpty()) {
                throw e;
            }
            throw new TargetException.Unavailable(seen.getFirst(), e);
        }
    }

    public TargetProvider provider(TargetConfig target) {
        return ServiceLoader.load(TargetProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.type().equals(target.type()))
                .findFirst()
                .orElseThrow(
                        () -> new ProblemException(Problem.of("TGT-TYPE", "nothing here can open a target of this type")
                                .about(target.name())
                                .found(target.type())));
    }

    private static ProblemException first(dev.migrator.core.error.Finding finding) {
        var place = finding.file() + (finding.line() > 0 ? ":" + finding.line() : "");
        var problem = finding.problem();
        return new ProblemException(
                problem.about(problem.thing().isEmpty() ? place : problem.thing() + " at " + place));
    }

    private static Path chosen(Path given, String variable, Path otherwise) {
        return given != null ? given : variable != null && !variable.isBlank() ? Path.of(variable) : otherwise;
    }
}
