package dev.migrator.cli.direct;

import dev.migrator.core.environment.Environments;
import dev.migrator.core.environment.TargetConfig;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.manifests.EnvironmentsFile;
import dev.migrator.target.TargetException;
import dev.migrator.target.TargetProvider;
import dev.migrator.target.TargetReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.TreeSet;

/** Targets read without any service, through clients that have no write methods. */
public final class DirectTargets {
    private static final int READ_AT_ONCE = 1_000;

    private final Environments environments;
    private final Path credentials;

    private DirectTargets(Environments environments, Path credentials) {
        this.environments = environments;
        this.credentials = credentials;
    }

    /** Options win over the environment's variables, those over the local stack's files below {@code home}. */
    public static DirectTargets find(Path environments, Path credentials, Map<String, String> variables, Path home) {
        var stack = home.resolve(".local-stack/config");
        var file = first(environments, variables.get("MIGRATOR_ENVIRONMENTS_FILE"), stack.resolve("environments.yaml"));
        var folder = first(
                credentials, variables.get("MIGRATOR_CREDENTIALS_DIR"), stack.resolve("credentials/planner-service"));
        if (!Files.isReadable(file)) {
            throw new ProblemException(Problem.of("CLI-NO-ENVIRONMENTS", "no environments are known")
                    .expected("--environments, MIGRATOR_ENVIRONMENTS_FILE, or a local stack that is up")
                    .found(file + " cannot be read"));
        }
        var loaded = EnvironmentsFile.load(file);
        return new DirectTargets(
                loaded.environments()
                        .orElseThrow(() -> new ProblemException(
                                loaded.findings().getFirst().problem())),
                folder);
    }

    /** Everything that all targets of an environment hold, without internal and retired entries. */
    public Map<EntryKey, EntryState> readAll(String environment, Duration callTimeout) throws TargetException {
        var found = environments
                .find(environment)
                .orElseThrow(() -> new ProblemException(Problem.of("ENV-UNKNOWN", "there is no such environment")
                        .expected("one of " + environments.names())
                        .found(environment)));
        var states = new TreeMap<EntryKey, EntryState>();
        for (TargetConfig target : found.targets()) {
            var provider = provider(target);
            try (TargetReader reader = provider.openReader(target, credential(target), callTimeout)) {
                for (String kind : provider.kinds()) {
                    states.putAll(readAll(reader, kind));
                }
            }
        }
        return states;
    }

    private static Map<EntryKey, EntryState> readAll(TargetReader reader, String kind) throws TargetException {
        var states = new TreeMap<EntryKey, EntryState>();
        try (var keys = reader.list(kind)) {
            var some = new TreeSet<EntryKey>();
            for (var each = keys.iterator(); each.hasNext(); ) {
                some.add(each.next());
                if (some.size() == READ_AT_ONCE || !each.hasNext()) {
                    states.putAll(reader.readAll(some));
                    some.clear();
                }
            }
        }
        return states;
    }

    private static TargetProvider provider(TargetConfig target) {
        return ServiceLoader.load(TargetProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.type().equals(target.type()))
                .findFirst()
                .orElseThrow(
                        () -> new ProblemException(Problem.of("TGT-TYPE", "nothing here can open a target of this type")
                                .about(target.name())
                                .found(target.type())));
    }

    private Map<String, String> credential(TargetConfig target) {
        if (target.readCredential().isEmpty()) {
            return Map.of();
        }
        var file = credentials.resolve(target.readCredential().get() + ".properties");
        var properties = new Properties();
        try (var in = Files.newBufferedReader(file)) {
            properties.load(in);
        } catch (IOException e) {
            throw new ProblemException(
                    Problem.of("CRD-MISSING", "a read credential cannot be read")
                            .about("target " + target.name())
                            .expected(file.toString())
                            .found(e.getClass().getSimpleName())
                            .todo("name the folder with --credentials"),
                    e);
        }
        var settings = new HashMap<String, String>();
        properties.stringPropertyNames().forEach(name -> settings.put(name, properties.getProperty(name)));
        return settings;
    }

    private static Path first(Path given, String variable, Path otherwise) {
        return given != null ? given : variable != null && !variable.isBlank() ? Path.of(variable) : otherwise;
    }
}
