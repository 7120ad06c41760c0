package dev.migrator.manifests;

import dev.migrator.core.error.Finding;
import dev.migrator.core.error.Problem;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The manifests below a folder: files ending in {@code .yaml} or {@code .yml}, ascending by path with {@code /} between
 * names. Hidden files and folders (starting with a dot) are left out; links to folders are not followed.
 *
 * @param root the folder, or the folder of the one file that was named
 */
public record ManifestFiles(Path root, List<Path> files, List<Finding> findings) {
    static final int MAX_FILES = 20_000;
    static final int MAX_DEPTH = 32;

    public static ManifestFiles below(Path start) {
        if (Files.isRegularFile(start)) {
            var parent = start.toAbsolutePath().getParent();
            return new ManifestFiles(parent, List.of(start), List.of());
        }
        if (!Files.isDirectory(start)) {
            return failed(start, "a folder with manifests, or one file", "nothing there");
        }
        try {
            var visitor = new Visitor(start);
            Files.walkFileTree(start, java.util.Set.of(), MAX_DEPTH, visitor);
            return visitor.result();
        } catch (IOException e) {
            return failed(start, "a readable folder", e.getClass().getSimpleName());
        }
    }

    private static ManifestFiles failed(Path start, String expected, String found) {
        return new ManifestFiles(
                start, List.of(), List.of(finding(start, "the folder cannot be read", expected, found)));
    }

    private static Finding finding(Path path, String message, String expected, String found) {
        return Finding.error(Problem.of("YML-FILE", message)
                        .about(path.toString())
                        .expected(expected)
                        .found(found))
                .at(path.toString(), 0);
    }

    private static final class Visitor extends SimpleFileVisitor<Path> {
        private final Path root;
        private final List<Path> files = new ArrayList<>();
        private final List<Finding> findings = new ArrayList<>();

        Visitor(Path root) {
            this.root = root;
        }

        ManifestFiles result() {
            files.sort(Comparator.comparing(
                    file -> root.relativize(file).toString().replace('\\', '/')));
            return new ManifestFiles(root, List.copyOf(files), List.copyOf(findings));
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return !folder.equals(root) && isHidden(folder) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            var name = file.getFileName().toString();
            if (attributes.isDirectory()) {
                findings.add(finding(
                        file, "a folder lies too deep", "at most " + MAX_DEPTH + " folders inside each other", "more"));
            } else if (!isHidden(file) && (name.endsWith(".yaml") || name.endsWith(".yml"))) {
                files.add(file);
            }
            if (files.size() > MAX_FILES) {
                findings.add(finding(root, "the folder has too many files", "at most " + MAX_FILES, "more"));
                files.clear();
                return FileVisitResult.TERMINATE;
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) {
            findings.add(finding(
                    file,
                    "a file cannot be read",
                    "a readable file",
                    e.getClass().getSimpleName()));
            return FileVisitResult.CONTINUE;
        }

        private static boolean isHidden(Path path) {
            return path.getFileName().toString().startsWith(".");
        }
    }
}
