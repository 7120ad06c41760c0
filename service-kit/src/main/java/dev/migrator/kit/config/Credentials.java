package dev.migrator.kit.config;

import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;

/**
 * Credentials by name, each a {@code <name>.properties} in a folder. Read again on every use, so that they can be
 * changed under a running service. Values are never logged and never part of a problem.
 */
public final class Credentials {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    private final Optional<Path> folder;

    public Credentials(Optional<Path> folder) {
        this.folder = folder;
    }

    /**
     * @return the credential's properties; none for no name
     * @throws ProblemException {@code CRD-MISSING} if this service does not hold it, {@code CRD-NAME} for a name that
     *     cannot be, {@code CRD-FILE} if the file cannot be read
     */
    public Map<String, String> load(Optional<String> name) {
        return name.map(this::load).orElse(Map.of());
    }

    private Map<String, String> load(String name) {
        if (!NAME.matcher(name).matches()) {
            throw problem("CRD-NAME", "a credential's name has another shape", name, "letters, digits, . _ -", "");
        }
        Path file = folder.map(f -> f.resolve(name + ".properties"))
                .filter(Files::isRegularFile)
                .orElseThrow(() -> problem(
                        "CRD-MISSING",
                        "this service does not hold a credential",
                        name,
                        name + ".properties in the folder of credentials",
                        folder.isPresent() ? "no such file" : "no folder of credentials"));
        var properties = new Properties();
        try (var reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw problem(
                    "CRD-FILE",
                    "a credential's file cannot be read",
                    name,
                    "a readable .properties file",
                    e.getClass().getSimpleName());
        }
        Map<String, String> values = new HashMap<>();
        properties.stringPropertyNames().forEach(key -> values.put(key, properties.getProperty(key)));
        return Map.copyOf(values);
    }

    private static ProblemException problem(String code, String message, String name, String expected, String found) {
        return new ProblemException(
                Problem.of(code, message)
                        .about("credential " + name)
                        .expected(expected)
                        .found(found)
                        .todo(
                                "put the file into the folder that MIGRATOR_CREDENTIALS_DIR names, or correct environments.yaml"));
    }
}
