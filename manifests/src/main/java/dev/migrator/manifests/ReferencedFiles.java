package dev.migrator.manifests;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Finding;
import dev.migrator.core.error.Problem;
import dev.migrator.core.model.Placeholders;
import dev.migrator.manifests.yaml.YamlDocument;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Puts the text of a file in the place of {@code spec.file} of a Schema. The file may not lie outside the folder. */
final class ReferencedFiles {
    static final int MAX_BYTES = 1 << 20;

    /** @param document the manifest with {@code content} instead of {@code file}; as it was when there are findings */
    record Inlined(Value.Obj document, List<Finding> findings) {}

    private final Path root;

    ReferencedFiles(Path root) {
        this.root = root;
    }

    Inlined inline(Value.Obj manifest, Path manifestFile, YamlDocument source, String shownAs) {
        if (!(manifest.get("spec") instanceof Value.Obj spec) || !(spec.get("file") instanceof Value.Text(var named))) {
            return new Inlined(manifest, List.of());
        }
        try {
            var fields = new TreeMap<>(spec.fields());
            fields.remove("file");
            // what stands in a file is what it says: ${ in it is no variable
            fields.put("content", Placeholders.escaped(Value.of(text(manifestFile, named))));
            var whole = new TreeMap<>(manifest.fields());
            whole.put("spec", Value.object(fields));
            return new Inlined(Value.object(whole), List.of());
        } catch (Unusable e) {
            var problem = e.problem.about("spec.file").found(e.problem.found());
            return new Inlined(
                    manifest,
                    List.of(Finding.error(problem).at(shownAs, source.lines().lineOf("/spec/file"))));
        }
    }

    private String text(Path manifestFile, String named) throws Unusable {
        var file = locate(manifestFile, named);
        try (var in = Files.newInputStream(file)) {
            var bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new Unusable("at most " + MAX_BYTES + " bytes", named + ", which is larger");
            }
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            // git writes other line ends on some machines, and one commit has one bundle
            return text.replace("\r\n", "\n");
        } catch (CharacterCodingException _) {
            throw new Unusable("a file in UTF-8", named + ", which is not");
        } catch (IOException e) {
            throw new Unusable("a readable file", named + ": " + e.getClass().getSimpleName());
        }
    }

    private Path locate(Path manifestFile, String named) throws Unusable {
        var inside = "a file inside the folder of the manifests";
        try {
            var folder = Optional.ofNullable(manifestFile.toAbsolutePath().getParent())
                    .orElseThrow();
            var file = folder.resolve(named).normalize();
            if (Path.of(named).isAbsolute()
                    || !file.startsWith(root.toAbsolutePath().normalize())) {
                throw new Unusable(inside, named);
            }
            if (!Files.isRegularFile(file)) {
                throw new Unusable("a file", named + ", which is not there");
            }
            // a link may lead out although the path does not
            if (!file.toRealPath().startsWith(root.toRealPath())) {
                throw new Unusable(inside, named + ", a link that leads out");
            }
            return file;
        } catch (InvalidPathException _) {
            throw new Unusable("the path of a file", named);
        } catch (IOException e) {
            throw new Unusable("a readable file", named + ": " + e.getClass().getSimpleName());
        }
    }

    private static final class Unusable extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient Problem problem;

        Unusable(String expected, String found) {
            super(expected, null, false, false);
            this.problem = Problem.of("MAN-FILE", "the file that a manifest names cannot be used")
                    .expected(expected)
                    .found(found)
                    .todo("write the path relative to the manifest");
        }
    }
}
