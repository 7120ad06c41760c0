package dev.migrator.manifests;

import dev.migrator.core.bundle.BundleReader;
import dev.migrator.core.bundle.SourcedManifest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.contents.SchemaLanguages;
import dev.migrator.core.error.Finding;
import dev.migrator.core.error.Problem;
import dev.migrator.core.settings.SettingsKind;
import dev.migrator.manifests.yaml.YamlContent;
import dev.migrator.manifests.yaml.YamlDocument;
import dev.migrator.manifests.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads manifests from YAML files into a validated bundle, or says everything that is wrong with them at once: as YAML,
 * against the JSON Schema of each kind, and in what they mean together.
 */
public final class Manifests {
    /** Bytes of all manifests of a folder together. */
    static final long MAX_FOLDER_BYTES = 64L << 20;

    /** A manifest's own fields end here; deeper is the content of a schema. */
    private static final int DEPTH_OF_FIELDS = 6;

    /** A patch in an overlay stands four levels deeper. */
    private static final int DEPTH_OF_SETTINGS = 12;

    /** Findings that say that something is missing: it may stand in a file that could not be read to its end. */
    private static final Set<String> MISSING = Set.of(
            "BND-DANGLING-REFERENCE",
            "BND-DEPENDS-ON",
            "VAR-UNDECLARED",
            "VAR-NO-VALUE",
            "OVL-SELECTS-NOTHING",
            "ROL-SELECTS-NOTHING",
            "PRJ-OUTSIDE");

    private final List<SourcedManifest> manifests = new ArrayList<>();
    private final List<Finding> reading = new ArrayList<>();
    private final List<Finding> shapes = new ArrayList<>();
    private final ReferencedFiles referenced;
    private boolean complete = true;

    private Manifests(Path root) {
        this.referenced = new ReferencedFiles(root);
    }

    /** As {@link #load(Path, SchemaLanguages)}, without a look into the contents of schemas. */
    public static Loaded load(Path folder) {
        return load(folder, SchemaLanguages.NONE);
    }

    /**
     * @param folder folder whose {@code .yaml} and {@code .yml} files are read in the order of their paths, or one file
     * @param languages those that contents of schemas are judged in
     * @return never throws for what is in the files, whatever that is
     */
    public static Loaded load(Path folder, SchemaLanguages languages) {
        var files = ManifestFiles.below(folder);
        var manifests = new Manifests(files.root());
        manifests.reading.addAll(files.findings());
        manifests.readAll(files.files());
        return manifests.judge(folder, languages);
    }

    private void readAll(List<Path> files) {
        var yaml = YamlReader.standard();
        long bytes = 0;
        for (Path file : files) {
            bytes += size(file);
            if (bytes > MAX_FOLDER_BYTES) {
                complete = false;
                reading.add(Finding.error(Problem.of("YML-LIMIT", "the folder goes past a limit")
                                .about("size of all manifests together")
                                .expected("at most " + MAX_FOLDER_BYTES + " bytes")
                                .found("more")
                                .todo("split the folder into several bundles"))
                        .at(file.toString(), 0));
                return;
            }
            collect(file, yaml.read(file, file.toString()));
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException _) {
            return 0; // reading it will say what is wrong
        }
    }

    private void collect(Path file, YamlContent content) {
        reading.addAll(content.findings());
        complete &= content.whole();
        for (YamlDocument document : content.documents()) {
            switch (document.value()) {
                case Value.Nil _ -> {
                    // an empty document says nothing
                }
                case Value.Obj manifest -> collect(file, document, manifest);
                default ->
                    shapes.add(Finding.error(Problem.of("MAN-WRONG-TYPE", "a manifest has the wrong type")
                                    .about("the document")
                                    .expected("a mapping with apiVersion, kind, metadata and spec")
                                    .found("something else"))
                            .at(file.toString(), document.lines().line()));
            }
        }
    }

    private void collect(Path file, YamlDocument document, Value.Obj manifest) {
        var shownAs = file.toString();
        shapes.addAll(ManifestSchemas.check(manifest, document.lines(), shownAs));
        var inlined = referenced.inline(manifest, file, document, shownAs);
        reading.addAll(inlined.findings());
        manifests.add(new SourcedManifest(
                inlined.document(), shownAs, document.lines().line(), lines(document, manifest)));
    }

    /** The text of a file stands where the file is named. */
    private static Map<String, Integer> lines(YamlDocument document, Value.Obj manifest) {
        var lines = document.lines().byPointer(isSettings(manifest) ? DEPTH_OF_SETTINGS : DEPTH_OF_FIELDS);
        var file = lines.get("/spec/file");
        if (file == null || lines.containsKey("/spec/content")) {
            return lines;
        }
        var more = new HashMap<>(lines);
        more.put("/spec/content", file);
        return more;
    }

    private static boolean isSettings(Value.Obj manifest) {
        return manifest.get("kind") instanceof Value.Text(var kind)
                && SettingsKind.find(kind).isPresent();
    }

    private Loaded judge(Path folder, SchemaLanguages languages) {
        if (manifests.isEmpty() && reading.isEmpty() && shapes.isEmpty()) {
            reading.add(Finding.error(Problem.of("MAN-NONE", "there are no manifests")
                            .about(folder.toString())
                            .expected("at least one manifest in a .yaml or .yml file")
                            .found("none"))
                    .at(folder.toString(), 0));
        }
        var meaning = BundleReader.read(manifests, languages);
        var findings = new ArrayList<>(reading);
        var said = places(findings);
        meaning.findings().stream()
                .filter(finding -> !said.contains(Place.of(finding)) && !comesFromWhatWasNotRead(finding))
                .forEach(findings::add);
        // the core says the same with the resource's name; what only the published schema refuses is refused, too
        var saidWithMeaning = places(findings);
        shapes.stream()
                .filter(finding -> !saidWithMeaning.contains(Place.of(finding)))
                .forEach(findings::add);
        return new Loaded(
                findings.stream().anyMatch(Finding::stops) ? Optional.empty() : meaning.bundle(),
                meaning.resources(),
                findings,
                meaning.suppressed(),
                meaning.unchecked());
    }

    /** Where something already stops: what follows from an error in the same line helps nobody. */
    private static Set<Place> places(List<Finding> findings) {
        return findings.stream()
                .filter(finding -> finding.stops() && finding.line() > 0)
                .map(Place::of)
                .collect(Collectors.toSet());
    }

    private record Place(String file, int line) {
        static Place of(Finding finding) {
            return new Place(finding.file(), finding.line());
        }
    }

    /** Something may seem to be missing only because its file could not be read to the end. */
    private boolean comesFromWhatWasNotRead(Finding finding) {
        return !complete && MISSING.contains(finding.problem().code());
    }
}
