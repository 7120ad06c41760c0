package dev.migrator.manifests;

import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.manifests.schema.Nearest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/** First manifests of each kind, with comments that say what goes where; each validates as it is. */
public final class Starters {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,200}");
    private static final Pattern ENVIRONMENT = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]{0,62}[A-Za-z0-9])?");

    private Starters() {}

    /** The kind that somebody wrote, in whatever case. */
    public static String kind(String written) {
        return ManifestSchemas.kinds().stream()
                .filter(kind -> kind.equalsIgnoreCase(written.replace("-", "")))
                .findFirst()
                .orElseThrow(() -> new ProblemException(Problem.of("CLI-KIND", "there is no such kind of manifest")
                        .about(written)
                        .expected("one of " + String.join(", ", ManifestSchemas.kinds()))
                        .found(written)
                        .todo(Optional.of(written)
                                .flatMap(name -> Nearest.to(name, ManifestSchemas.kinds()))
                                .map(near -> "migrator new " + near)
                                .orElse("choose one of the kinds"))));
    }

    /**
     * @param kind as {@link #kind} gives it
     * @param name {@code metadata.name}, 1 to 200 characters
     * @param environment for settings that are about one
     * @throws ProblemException with code {@code CLI-NAME} for names that no manifest can have
     */
    public static String of(String kind, String name, String environment) {
        require(NAME, name, "letters, digits, dots, dashes and underscores, at most 200");
        require(ENVIRONMENT, environment, "the name of an environment, as in environments.yaml");
        return text(kind).replace("ENVIRONMENT", environment).replace("NAME", name);
    }

    private static void require(Pattern pattern, String name, String expected) {
        if (!pattern.matcher(name).matches()) {
            throw new ProblemException(Problem.of("CLI-NAME", "no manifest can have this name")
                    .about(name)
                    .expected(expected)
                    .found(name));
        }
    }

    private static String text(String kind) {
        var file = ManifestSchemas.fileOf(kind).orElseThrow().replace(".schema.json", ".yaml");
        try (var in = Starters.class.getResourceAsStream("/starters/" + file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
