package dev.migrator.manifests.imports;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.error.Finding;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.manifests.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads the files of a path within bounds: YAML with lines, JSON (large, as Terraform's) without. */
final class Sources {
    private static final int MOST_FILES = 10_000;
    private static final int DEEPEST = 32;
    private static final long MOST_BYTES = 64L << 20;

    private final List<Node> documents = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();
    private long bytes;

    private Sources() {}

    /** @param suffixes of files below a folder; one that is named itself is read whatever it is called */
    static Sources of(Path path, List<String> suffixes) {
        var sources = new Sources();
        for (Path file : sources.files(path, suffixes)) {
            if (!sources.read(file)) {
                break;
            }
        }
        return sources;
    }

    List<Node> documents() {
        return documents;
    }

    List<Finding> findings() {
        return findings;
    }

    private List<Path> files(Path path, List<String> suffixes) {
        if (!Files.isDirectory(path)) {
            return List.of(path);
        }
        try (var found = Files.walk(path, DEEPEST)) {
            var files = found.filter(file -> suffixes.stream()
                            .anyMatch(suffix -> file.getFileName().toString().endsWith(suffix)))
                    .filter(file -> !hidden(path.relativize(file)))
                    .filter(Files::isRegularFile)
                    .limit(MOST_FILES + 1L)
                    .sorted()
                    .toList();
            if (files.size() > MOST_FILES) {
                findings.add(Finding.error(limit("files of a folder", "at most " + MOST_FILES))
                        .at(path.toString(), 0));
                return List.of();
            }
            return files;
        } catch (IOException | java.io.UncheckedIOException e) {
            findings.add(Finding.error(unreadable(path, e)).at(path.toString(), 0));
            return List.of();
        }
    }

    private static boolean hidden(Path relative) {
        for (Path part : relative) {
            if (part.toString().startsWith(".")) {
                return true;
            }
        }
        return false;
    }

    /** False when a bound was reached. */
    private boolean read(Path file) {
        try {
            bytes += Files.size(file);
            if (bytes > MOST_BYTES) {
                findings.add(Finding.error(limit("size of all files together", "at most " + MOST_BYTES + " bytes"))
                        .at(file.toString(), 0));
                return false;
            }
            if (file.toString().endsWith(".json")) {
                json(file, Files.readAllBytes(file));
            } else {
                yaml(file);
            }
        } catch (IOException e) {
            findings.add(Finding.error(unreadable(file, e)).at(file.toString(), 0));
        }
        return true;
    }

    private void yaml(Path file) {
        var content = YamlReader.standard().read(file, file.toString());
        findings.addAll(content.findings());
        content.documents().stream()
                .filter(document -> !document.value().isNull())
                .forEach(document ->
                        documents.add(Node.root(document.value(), file.toString(), document.lines()::lineOf)));
    }

    private void json(Path file, byte[] text) {
        try {
            documents.add(Node.root(CanonicalJson.parse(text), file.toString(), _ -> 0));
        } catch (ProblemException e) {
            findings.add(Finding.error(e.problem()).at(file.toString(), 0));
        }
    }

    private static Problem limit(String what, String expected) {
        return Problem.of("YML-LIMIT", "what is imported goes past a limit")
                .about(what)
                .expected(expected)
                .found("more")
                .todo("import it in parts");
    }

    private static Problem unreadable(Path path, Exception e) {
        return Problem.of("YML-FILE", "the file or folder cannot be read")
                .about(path.toString())
                .expected("a readable file or folder")
                .found(e.getClass().getSimpleName());
    }
}
