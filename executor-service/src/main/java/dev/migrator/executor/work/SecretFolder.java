package dev.migrator.executor.work;

import dev.migrator.engine.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One file a secret, as Kubernetes mounts them: its name is the secret's, a slash in it a folder. Read each time, so that
 * a changed one is used at once. A single line end behind the value is not part of it.
 */
final class SecretFolder implements Secrets {
    private static final Pattern PART = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*");
    private static final int LONGEST = 64 * 1024;

    private final Path folder;

    SecretFolder(Path folder) {
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
            if (!Files.isRegularFile(file) || Files.size(file) > LONGEST) {
                return Optional.empty();
            }
            var text = Files.readString(file);
            return Optional.of(text.endsWith("\n") ? text.substring(0, text.length() - 1) : text)
                    .filter(value -> !value.isEmpty());
        } catch (IOException _) {
            // unknown counts as missing: whatever needs it says so, by its name
            return Optional.empty();
        }
    }
}
