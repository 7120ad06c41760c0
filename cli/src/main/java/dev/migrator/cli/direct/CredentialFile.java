package dev.migrator.cli.direct;

import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;

/** Properties of a credential in a file. What is in it is shown nowhere. */
public record CredentialFile(String target, Path path) {
    private static final int MOST_BYTES = 1 << 20;

    /** @throws ProblemException {@code CRD-MISSING} if it cannot be read */
    public Map<String, String> read() {
        var properties = new Properties();
        try {
            if (Files.size(path) > MOST_BYTES) {
                throw new IOException("a file of properties is smaller than a megabyte");
            }
            try (var in = Files.newBufferedReader(path)) {
                properties.load(in);
            }
        } catch (IOException | IllegalArgumentException e) {
            // the error's text may repeat a line of the file, so only its kind is told
            throw new ProblemException(Problem.of("CRD-MISSING", "a credential cannot be read")
                    .about("target " + target)
                    .expected(path.toString())
                    .found(e.getClass().getSimpleName())
                    .todo("name its folder with --credentials, or its file in the targets file"));
        }
        var settings = new TreeMap<String, String>();
        properties.stringPropertyNames().forEach(name -> settings.put(name, properties.getProperty(name)));
        return settings;
    }

    /** Who besides the owner may read it, where the file system can tell. */
    public Optional<String> readableByOthers() {
        try {
            var permissions = Files.getPosixFilePermissions(path);
            var others = Set.of(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ);
            return permissions.stream().anyMatch(others::contains)
                    ? Optional.of(java.nio.file.attribute.PosixFilePermissions.toString(permissions))
                    : Optional.empty();
        } catch (IOException | UnsupportedOperationException e) {
            return Optional.empty();
        }
    }
}
