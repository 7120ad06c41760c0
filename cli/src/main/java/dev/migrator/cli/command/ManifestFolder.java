package dev.migrator.cli.command;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.manifests.export.Exported;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;

/** Where manifests go that a command makes: into a new folder, never over others, or onto the screen. */
final class ManifestFolder {
    private ManifestFolder() {}

    /** @param folder null to print them */
    static void write(Exported exported, Path folder, Terminal terminal) throws IOException {
        if (folder == null) {
            print(exported, terminal);
            return;
        }
        requireEmpty(folder);
        exported.writeTo(folder);
        if (terminal.json()) {
            terminal.print(Value.object(
                    "folder", Value.of(folder.toString()),
                    "manifests", Value.of(exported.files().size())));
        } else {
            terminal.print(exported.files().size() + " manifests in " + folder);
        }
    }

    private static void requireEmpty(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            try (var inside = Files.list(folder)) {
                if (inside.findAny().isPresent()) {
                    throw new ProblemException(Problem.of("CLI-FOLDER", "the folder is not empty; nothing was written")
                            .about(folder.toString())
                            .expected("an empty or new folder")
                            .todo("choose another folder"));
                }
            }
        }
    }

    private static void print(Exported exported, Terminal terminal) {
        if (terminal.json()) {
            var files = new TreeMap<String, Value>();
            exported.files().forEach((path, text) -> files.put(path, Value.of(text)));
            terminal.print(Value.object("files", Value.object(files)));
        } else {
            terminal.out().print(String.join("---\n", exported.files().values()));
            terminal.out().flush();
        }
    }
}
