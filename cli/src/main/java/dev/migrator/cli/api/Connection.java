package dev.migrator.cli.api;

import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

/**
 * Where the console service is and who calls it. Options win over MIGRATOR_SERVER and MIGRATOR_TOKEN, those over {@code
 * .local-stack/config/cli.properties} of the checkout, which {@code migrator up} writes.
 */
public record Connection(URI server, String token) {
    private static final String STACK_FILE = ".local-stack/config/cli.properties";

    /**
     * @param server address as given, null when not
     * @param user a name of the local stack's users, null for its default one
     * @throws ProblemException with code {@code CLI-NO-SERVER} or {@code CLI-NO-TOKEN}
     */
    public static Connection find(String server, String user, Map<String, String> environment, Path home) {
        var stack = read(home.resolve(STACK_FILE));
        var address = first(server, environment.get("MIGRATOR_SERVER"), stack.getProperty("server"));
        if (address == null) {
            throw new ProblemException(Problem.of("CLI-NO-SERVER", "no console service is known")
                    .expected("--server, MIGRATOR_SERVER, or a local stack that is up")
                    .todo("migrator up    starts a local stack"));
        }
        var stackToken = stack.getProperty("token." + first(user, stack.getProperty("user"), ""));
        var token = user != null ? stackToken : first(environment.get("MIGRATOR_TOKEN"), stackToken);
        if (token == null) {
            throw new ProblemException(Problem.of("CLI-NO-TOKEN", "no token for this call")
                    .about(user == null ? "" : "user " + user)
                    .expected("MIGRATOR_TOKEN, or --as with a user of the local stack")
                    .found("users of the local stack: " + users(stack)));
        }
        return new Connection(URI.create(address.endsWith("/") ? address : address + "/"), token);
    }

    private static String users(Properties stack) {
        var names = stack.stringPropertyNames().stream()
                .filter(name -> name.startsWith("token."))
                .map(name -> name.substring("token.".length()))
                .sorted()
                .toList();
        return names.isEmpty() ? "none, it is not up" : String.join(", ", names);
    }

    private static Properties read(Path file) {
        var properties = new Properties();
        if (Files.isReadable(file)) {
            try (var in = Files.newBufferedReader(file)) {
                properties.load(in);
            } catch (IOException e) {
                throw new ProblemException(
                        Problem.of("CLI-CONFIG", "the settings of the local stack cannot be read")
                                .about(file.toString())
                                .found(e.toString()),
                        e);
            }
        }
        return properties;
    }

    private static String first(String... candidates) {
        for (String candidate : candidates) {
            if (candidate != null && !candidate.isBlank()) {
                return candidate;
            }
        }
        return null;
    }
}
