package dev.migrator.manifests.format;

import dev.migrator.core.error.Finding;
import dev.migrator.core.error.Problem;
import dev.migrator.manifests.ManifestFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A manifest file whose canonical text is another one than it has.
 *
 * @param before its bytes as they were read
 * @param after its text in canonical layout
 */
public record FormattedFile(Path path, byte[] before, String after) {
    /**
     * @param changed files that are not canonical yet, ascending by path
     * @param findings about files that stay as they are
     */
    public record Result(List<FormattedFile> changed, List<Finding> findings) {}

    /**
     * Looks at all manifest files below a folder and changes none; those of other things are passed over.
     *
     * @param start a folder or one file
     */
    public static Result below(Path start) {
        var files = ManifestFiles.below(start);
        var findings = new ArrayList<>(files.findings());
        var changed = new ArrayList<FormattedFile>();
        for (Path file : files.files()) {
            try {
                var before = Files.readAllBytes(file);
                switch (Formatter.format(before, file.toString())) {
                    case Formatted.Canonical(var text) -> {
                        if (!Arrays.equals(before, text.getBytes(StandardCharsets.UTF_8))) {
                            changed.add(new FormattedFile(file, before, text));
                        }
                    }
                    case Formatted.Refused(var why) -> findings.addAll(why);
                    case Formatted.NoManifests _ -> {
                        // workflows, settings of other tools
                    }
                }
            } catch (IOException e) {
                findings.add(unreadable(file, e));
            }
        }
        return new Result(List.copyOf(changed), List.copyOf(findings));
    }

    private static Finding unreadable(Path file, IOException e) {
        return Finding.error(Problem.of("YML-FILE", "the file cannot be read")
                        .about(file.toString())
                        .expected("a readable file")
                        .found(e.getClass().getSimpleName()))
                .at(file.toString(), 0);
    }

    /**
     * Puts the new text in the place of the old one at once: nobody sees a half of it, and a crash leaves one or the other.
     *
     * @throws IOException if the folder cannot be written; the file is as it was
     */
    public void write() throws IOException {
        // a link stays a link
        var file = path.toRealPath();
        var beside = Files.createTempFile(file.getParent(), "." + file.getFileName(), ".tmp");
        try {
            Files.writeString(beside, after);
            if (Files.getFileAttributeView(file, PosixFileAttributeView.class) != null) {
                Files.setPosixFilePermissions(beside, Files.getPosixFilePermissions(file));
            }
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(beside);
        }
    }
}
