package dev.migrator.manifests.export;

import dev.migrator.core.error.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Manifests made from what a target holds.
 *
 * @param files text of each file by its path below the folder, {@code /} between names
 * @param leftOut warnings about entries that no manifest can describe; they stay as they are in the target
 */
public record Exported(SortedMap<String, String> files, List<Finding> leftOut) {
    public Exported {
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
        leftOut = List.copyOf(leftOut);
    }

    /**
     * Writes the files below a folder; files of other names are left alone, those of the same name are replaced.
     *
     * @throws IOException if the folder cannot be written
     */
    public void writeTo(Path folder) throws IOException {
        for (var file : files.entrySet()) {
            var path = folder.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
    }
}
