package dev.migrator.core.kinds;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.model.Resource;
import java.util.List;
import java.util.Set;

/** A schema manifest's spec, read. */
record SchemaSpec(Resource resource) {
    private static final int MAX_REFERENCES = 200;
    private static final Shape.Text VERSION = Shape.text("[A-Za-z0-9._+-]{1,256}", "a version in quotes, e.g. \"2\"");

    static final Shape.Fields SHAPE = Shape.fields()
            .optional("group", Shape.anyText(512))
            .optional("artifactId", Shape.anyText(512))
            .required(SchemaKind.TYPE, Shape.word("AVRO", "JSON", "PROTOBUF"))
            .required("version", VERSION)
            .required(SchemaKind.CONTENT, new Shape.Document())
            .optional(SchemaKind.REFERENCES, new Shape.Items(reference(), 0, MAX_REFERENCES))
            .optional("rules", rules());

    static final Shape.Fields SHAPE_WHEN_ABSENT = SHAPE.allOptional().required("version", VERSION);

    private static final Set<String> JSON_TYPES = Set.of("AVRO", "JSON");

    /** One reference: {@code name} as it stands in the content, {@code schema} the logical name in the bundle. */
    record Reference(String name, String schema, String version) {}

    private static Shape.Fields reference() {
        return Shape.fields()
                .required("name", Shape.anyText(512))
                .required("schema", Shape.anyText(249))
                .required("version", VERSION);
    }

    /** Settings of Apicurio Registry's rules; null takes the rule away. */
    private static Shape.Fields rules() {
        return Shape.fields()
                .optional(
                        "COMPATIBILITY",
                        new Shape.OrNull(Shape.word(
                                "NONE",
                                "BACKWARD",
                                "BACKWARD_TRANSITIVE",
                                "FORWARD",
                                "FORWARD_TRANSITIVE",
                                "FULL",
                                "FULL_TRANSITIVE")))
                .optional("VALIDITY", new Shape.OrNull(Shape.word("NONE", "SYNTAX_ONLY", "FULL")))
                .optional(
                        "INTEGRITY",
                        new Shape.OrNull(Shape.word("NONE", "REFS_EXIST", "ALL_REFS_MAPPED", "NO_DUPLICATES", "FULL")));
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
