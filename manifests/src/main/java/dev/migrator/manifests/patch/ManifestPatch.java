package dev.migrator.manifests.patch;

import dev.migrator.core.error.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What has to change in manifest files so that they say what is true.
 *
 * @param files that change, ascending by path
 * @param byHand what no single value says and so stays as it is, with what it should be
 */
public record ManifestPatch(List<PatchedFile> files, List<Finding> byHand) {
    public ManifestPatch {
        files = List.copyOf(files);
        byHand = List.copyOf(byHand);
    }

    /** @param after empty for a file that says nothing any more */
    public record PatchedFile(Path path, String before, String after) {
        /** @throws IOException if the file cannot be written */
        public void write() throws IOException {
            if (after.isEmpty()) {
                Files.delete(path);
            } else {
                Files.writeString(path, after);
            }
        }
    }
}
