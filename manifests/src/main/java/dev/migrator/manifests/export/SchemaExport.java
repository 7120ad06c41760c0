package dev.migrator.manifests.export;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.kinds.ArtifactName;
import dev.migrator.core.kinds.SchemaKind;
import dev.migrator.core.kinds.VersionOrder;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** One manifest for each version; the newest of an artifact has the artifact's name, and references use that one. */
final class SchemaExport {
    private static final String DEFAULT_GROUP = "default";

    private record Version(ArtifactName name, EntryKey key, EntryState.Present state) {
        String version() {
            return name.version().orElseThrow();
        }
    }

    private SchemaExport() {}

    static List<Draft> drafts(SortedMap<EntryKey, EntryState.Present> present, Exporter.LeftOut leftOut) {
        var byArtifact = new TreeMap<EntryKey, List<Version>>();
        present.forEach((key, state) -> {
            if (key.kind().equals(SchemaKind.VERSION)) {
                parsed(key, leftOut)
                        .ifPresent(name -> byArtifact
                                .computeIfAbsent(artifactKey(key.target(), name), _ -> new ArrayList<>())
                                .add(new Version(name, key, state)));
            }
        });
        var drafts = new ArrayList<Draft>();
        present.forEach((key, artifact) -> {
            if (key.kind().equals(SchemaKind.ARTIFACT)) {
                var versions = byArtifact.getOrDefault(key, List.of());
                if (versions.isEmpty()) {
                    leftOut.add(key.toString(), "it has no version in use", "at least one version");
                }
                drafts.addAll(drafts(key, artifact, versions));
            }
        });
        return drafts;
    }

    private static List<Draft> drafts(EntryKey artifact, EntryState.Present state, List<Version> versions) {
        var newest = versions.stream()
                .map(Version::version)
                .max(VersionOrder.INSTANCE)
                .orElse("");
        return versions.stream()
                .sorted(Comparator.comparing(Version::version, VersionOrder.INSTANCE))
                .map(version -> {
                    boolean isNewest = version.version().equals(newest);
                    var id = version.name().artifactId();
                    return new Draft(
                            SchemaKind.KIND,
                            isNewest ? id : id + "-v" + version.version(),
                            isNewest ? artifact.address() : version.key().address(),
                            spec(version, state),
                            version.key().toString());
                })
                .toList();
    }

    private static Value.Obj spec(Version version, EntryState.Present artifact) {
        var spec = new TreeMap<String, Value>();
        if (!version.name().group().equals(DEFAULT_GROUP)) {
            spec.put("group", Value.of(version.name().group()));
        }
        spec.put("artifactId", Value.of(version.name().artifactId()));
        spec.put("type", artifact.content().get(SchemaKind.TYPE));
        spec.put("version", Value.of(version.version()));
        spec.put("content", readable(version.state().content().get(SchemaKind.CONTENT)));
        RegistryExport.addRules(artifact.content(), spec);
        var ofArtifact = new TreeMap<String, Value>();
        RegistryExport.addWords(artifact.content(), ofArtifact);
        if (!ofArtifact.isEmpty()) {
            spec.put("artifact", Value.object(ofArtifact));
        }
        RegistryExport.addWords(version.state().content(), spec);
        if (version.state().content().get(SchemaKind.STATE).equals(Value.of("DEPRECATED"))) {
            spec.put("state", Value.of("DEPRECATED"));
        }
        if (version.state().content().get(SchemaKind.REFERENCES) instanceof Value.Arr(var references)
                && !references.isEmpty()) {
            spec.put("references", Value.array(references));
        }
        return Value.object(spec);
    }

    /** References by the logical names that the artifacts they point to have got, instead of by address. */
    static Value.Obj linked(Value.Obj spec, Map<String, String> names) {
        if (!(spec.get("references") instanceof Value.Arr(var references))) {
            return spec;
        }
        var linked = new ArrayList<Value>();
        for (Value reference : references) {
            var to = (Value.Obj) reference;
            var address = ArtifactName.artifact(text(to, "group"), text(to, "artifactId"))
                    .address();
            // a name that nobody has: the core finds it dangling, and the schema is left out
            linked.add(Value.object(
                    "name", to.get("name"),
                    "schema", Value.of(names.getOrDefault(address, "not-exported." + text(to, "artifactId"))),
                    "version", to.get("version")));
        }
        var fields = new TreeMap<>(spec.fields());
        fields.put("references", Value.array(linked));
        return Value.object(fields);
    }

    /** JSON over several lines, so that a later change shows as a change of lines. */
    static Value readable(Value content) {
        if (!(content instanceof Value.Text(var text)) || !(text.startsWith("{") || text.startsWith("["))) {
            return content;
        }
        try {
            return Value.of(JsonText.indented(CanonicalJson.parse(text)));
        } catch (ProblemException _) {
            return content; // no JSON: stays as it is
        }
    }

    private static Optional<ArtifactName> parsed(EntryKey key, Exporter.LeftOut leftOut) {
        try {
            return Optional.of(ArtifactName.parse(key.address()))
                    .filter(name -> name.version().isPresent());
        } catch (ProblemException e) {
            leftOut.add(key.toString(), e.problem().message(), e.problem().expected());
            return Optional.empty();
        }
    }

    private static EntryKey artifactKey(String target, ArtifactName name) {
        return new EntryKey(target, SchemaKind.ARTIFACT, name.withoutVersion().address());
    }

    private static String text(Value.Obj object, String name) {
        return object.get(name) instanceof Value.Text(var text) ? text : "";
    }
}
