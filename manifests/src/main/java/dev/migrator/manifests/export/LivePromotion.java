package dev.migrator.manifests.export;

import dev.migrator.core.bundle.BundleReader;
import dev.migrator.core.bundle.Resolved;
import dev.migrator.core.bundle.SourcedManifest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.contents.SchemaLanguages;
import dev.migrator.core.error.Finding;
import dev.migrator.core.error.Problem;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.model.Placeholders;
import dev.migrator.core.model.Resource;
import dev.migrator.manifests.ManifestFiles;
import dev.migrator.manifests.ManifestWriter;
import dev.migrator.manifests.yaml.YamlDocument;
import dev.migrator.manifests.yaml.YamlReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Manifests for one environment out of what another one holds: its entries, under the names and with the settings that the
 * Mapping documents give them there. Only what is set on an entry itself is written: what it inherits from its server's defaults
 * is not, as the other environment has defaults of its own.
 */
public final class LivePromotion {
    private static final String MAPPING = "Mapping";

    /** Lines of findings are those of a field of a rule. */
    private static final int DEPTH = 6;

    private LivePromotion() {}

    /**
     * @param states what the environment holds that is read
     * @param project owner of all that is written
     * @param settings folder or file with the Mapping documents; all other documents in it are passed over
     * @param to environment that the manifests are for
     * @param languages as of {@link Exporter#export}
     * @return no files when a finding stops
     */
    public static Exported of(
            Map<EntryKey, EntryState> states, String project, Path settings, String to, SchemaLanguages languages) {
        var exported = Exporter.export(states, project, languages);
        var findings = new ArrayList<>(exported.leftOut());
        var manifests = new ArrayList<>(parsed(exported.files()));
        var paths = exported.files().keySet().stream().toList();
        var mappings = mappings(settings, findings);
        if (mappings.stream().noneMatch(mapping -> isFor(to, mapping.manifest()))) {
            findings.add(noMapping(settings, to));
        }
        manifests.addAll(mappings);
        var read = BundleReader.read(manifests, languages);
        findings.addAll(read.findings());
        if (stops(findings)) {
            return new Exported(new TreeMap<>(), findings);
        }
        var resolved = read.bundle().orElseThrow().resolve(to);
        findings.addAll(resolved.findings());
        return new Exported(
                stops(findings) ? new TreeMap<>() : files(resolved, paths),
                findings.stream().distinct().toList());
    }

    private static boolean stops(List<Finding> findings) {
        return findings.stream().anyMatch(Finding::stops);
    }

    private static List<SourcedManifest> parsed(SortedMap<String, String> files) {
        var all = new ArrayList<SourcedManifest>();
        files.forEach((path, text) -> all.add(new SourcedManifest(
                (Value.Obj) YamlReader.standard()
                        .read(text.getBytes(StandardCharsets.UTF_8), path)
                        .documents()
                        .getFirst()
                        .value(),
                path,
                1,
                Map.of())));
        return all;
    }

    private static List<SourcedManifest> mappings(Path settings, List<Finding> findings) {
        var files = ManifestFiles.below(settings);
        findings.addAll(files.findings());
        var found = new ArrayList<SourcedManifest>();
        for (Path file : files.files()) {
            var content = YamlReader.standard().read(file, file.toString());
            findings.addAll(content.findings());
            for (YamlDocument document : content.documents()) {
                if (document.value() instanceof Value.Obj manifest
                        && manifest.get("kind").equals(Value.of(MAPPING))) {
                    found.add(new SourcedManifest(
                            manifest,
                            file.toString(),
                            document.lines().line(),
                            document.lines().byPointer(DEPTH)));
                }
            }
        }
        return found;
    }

    private static boolean isFor(String environment, Value.Obj mapping) {
        return mapping.get("spec") instanceof Value.Obj spec
                && spec.get("environment").equals(Value.of(environment));
    }

    private static Finding noMapping(Path settings, String to) {
        return new Finding(
                Finding.Severity.WARNING,
                Problem.of(
                                "EXP-NO-MAPPING",
                                "no mapping is for this environment: names and settings are those that were read")
                        .about(settings.toString())
                        .expected("a Mapping with environment: " + to)
                        .found("none")
                        .todo("migrator new Mapping " + to + " --env " + to),
                "",
                0);
    }

    private static SortedMap<String, String> files(Resolved resolved, List<String> paths) {
        var files = new TreeMap<String, String>();
        for (Resource resource : resolved.resources()) {
            files.put(resource.source().file(), ManifestWriter.write(manifest(resource)));
        }
        if (!paths.containsAll(files.keySet())) {
            throw new IllegalStateException("a resource that was not read: " + files.keySet());
        }
        return files;
    }

    private static Value.Obj manifest(Resource resource) {
        var metadata = new TreeMap<String, Value>();
        metadata.put("name", Value.of(resource.name()));
        if (!resource.project().equals("default")) {
            metadata.put("project", Value.of(resource.project()));
        }
        if (!resource.suppressions().isEmpty()) {
            metadata.put(
                    "suppress",
                    Value.array(resource.suppressions().stream()
                            .map(Suppressing::written)
                            .toList()));
        }
        return Value.object(
                "apiVersion", Value.of("migrator.dev/v1"),
                "kind", Value.of(resource.kind()),
                "metadata", Value.object(metadata),
                "spec", Placeholders.escaped(resource.spec()));
    }
}
