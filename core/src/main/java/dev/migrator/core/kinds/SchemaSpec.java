package dev.migrator.core.kinds;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.model.Resource;
import java.util.List;

/** A schema manifest's spec, read. */
record SchemaSpec(Resource resource) {
    private static final int MAX_REFERENCES = 200;
    private static final Shape.Text VERSION = Shape.text("[A-Za-z0-9._+-]{1,256}", "a version in quotes, e.g. \"2\"");

    static final Shape.Fields SHAPE = Shape.fields()
            .optional("group", Shape.anyText(512))
            .optional("artifactId", Shape.anyText(512))
            .required(SchemaKind.TYPE, Shape.word(ArtifactType.names()))
            .required("version", VERSION)
            .required(SchemaKind.CONTENT, new Shape.Document())
            .optional(SchemaKind.REFERENCES, new Shape.Items(reference(), 0, MAX_REFERENCES))
            .optional("rules", RegistryFields.rules())
            .optional(SchemaKind.OF_ARTIFACT, artifactFields())
            .optional(RegistryFields.NAME, RegistryFields.name())
            .optional(RegistryFields.DESCRIPTION, RegistryFields.description())
            .optional("labels", RegistryFields.labels())
            .optional(SchemaKind.STATE, Shape.word("ENABLED", "DEPRECATED"));

    static final Shape.Fields SHAPE_WHEN_ABSENT = SHAPE.allOptional().required("version", VERSION);

    /** One reference: {@code name} as it stands in the content, {@code schema} the logical name in the bundle. */
    record Reference(String name, String schema, String version) {}

    private static Shape.Fields artifactFields() {
        return Shape.fields()
                .optional(RegistryFields.NAME, RegistryFields.name())
                .optional(RegistryFields.DESCRIPTION, RegistryFields.description())
                .optional("labels", RegistryFields.labels());
    }

    private static Shape.Fields reference() {
        return Shape.fields()
                .required("name", Shape.anyText(512))
                .required("schema", Shape.anyText(249))
                .required("version", VERSION);
    }

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

    ArtifactType.Form form() {
        return ArtifactType.valueOf(type()).form();
    }

    boolean isJson() {
        return form() == ArtifactType.Form.JSON;
    }

    /** Whether the content may be written as an object instead of as text. */
    boolean mayBeObject() {
        return isJson() || form() == ArtifactType.Form.JSON_OR_YAML;
    }

    /** Canonical JSON text for the types that are JSON and for objects, else as written. */
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
