package dev.migrator.core.kinds;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.model.Resource;
import java.util.List;
import java.util.Set;

/** A schema manifest's spec, read. */
record SchemaSpec(Resource resource) {
    private static final Set<String> JSON_TYPES = Set.of("AVRO", "JSON");

    /** One reference: {@code name} as it stands in the content, {@code schema} the logical name in the bundle. */
    record Reference(String name, String schema, String version) {}

    ArtifactName artifact() {
        return ArtifactName.artifact(
                Specs.text(resource.spec(), "group").orElse("default"),
                Specs.text(resource.spec(), "artifactId").orElse(resource.name()));
    }

    ArtifactName named() {
        var artifact = artifact();
        return ArtifactName.version(
                artifact.group(),
                artifact.artifactId(),
                Specs.text(resource.spec(), "version").orElseThrow());
    }

    String type() {
        return Specs.text(resource.spec(), "type").orElseThrow();
    }

    boolean isJson() {
        return JSON_TYPES.contains(type());
    }

    /** Canonical JSON text for the types that are JSON, else as written. */
    String content() throws ProblemException {
        var written = resource.spec().get("content");
        if (written instanceof Value.Text(var text)) {
            return isJson() ? CanonicalJson.text(CanonicalJson.parse(text)) : text;
        }
        return CanonicalJson.text(written);
    }

    List<Reference> references() {
        return Specs.items(resource.spec(), "references").stream()
                .map(Value.Obj.class::cast)
                .map(reference -> new Reference(
                        Specs.text(reference, "name").orElseThrow(),
                        Specs.text(reference, "schema").orElseThrow(),
                        Specs.text(reference, "version").orElseThrow()))
                .toList();
    }
}
