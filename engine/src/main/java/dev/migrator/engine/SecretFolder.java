package dev.migrator.engine;

import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One file a secret, as Kubernetes mounts them: its name is the secret's, a slash in it a folder. Read each time, so that
 * a changed one is used at once. A single line end behind the value is not part of it.
 */
public final class SecretFolder implements Secrets {
    private static final Pattern PART = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*");
    private static final int LONGEST = 64 * 1024;

    private final Path folder;

    public SecretFolder(Path folder) {
        this.folder = folder;
    }

    @Override
    public Optional<String> find(String name) {
        var file = folder;
        for (var part : name.split("/", -1)) {
            // neither up nor out of the folder, and nothing of the mount's own machinery
            if (!PART.matcher(part).matches()) {
                return Optional.empty();
            }
            file = file.resolve(part);
        }
        try {
            if (!Files.isRegularFile(file)) {
                return Optional.empty();
            }
            if (Files.size(file) > LONGEST) {
                throw unreadable(name, "more than that");
            }
            var text = Files.readString(file);
            return Optional.of(text.endsWith("\n") ? text.substring(0, text.length() - 1) : text)
                    .filter(value -> !value.isEmpty());
        } catch (NoSuchFileException _) {
            // gone since it was looked at, as when a mount is swapped
            return Optional.empty();
        } catch (IOException e) {
            // neither its path nor anything of its content
            throw unreadable(name, e.getClass().getSimpleName());
        }
    }

    private static ProblemException unreadable(String name, String found) {
        return new ProblemException(Problem.of(
                        "SEC-UNREADABLE", "there is a secret of this name, and it cannot be read")
                .about(name)
                .expected("a file of text in UTF-8 that this user may read, of at most " + LONGEST + " bytes")
                .found(found)
                .todo("look at the rights of the file and of its folder (MIGRATOR_SECRETS_DIR), and at what is in it"));
    }
}
