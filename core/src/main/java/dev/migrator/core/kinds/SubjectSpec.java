package dev.migrator.core.kinds;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.model.Resource;
import java.util.List;
import java.util.Optional;

/** A subject manifest's spec, read. */
record SubjectSpec(Resource resource) {
    private static final int MAX_REFERENCES = 200;
    private static final Shape VERSION = new Shape.Whole(1, Integer.MAX_VALUE);

    static final Shape.Fields SHAPE = Shape.fields()
            .optional("subject", Shape.anyText(512))
            .required(SubjectKind.TYPE, Shape.word("AVRO", "JSON", "PROTOBUF"))
            .required(SubjectKind.SCHEMA, new Shape.Document())
            .required("version", VERSION)
            .optional(SubjectKind.REFERENCES, new Shape.Items(reference(), 0, MAX_REFERENCES))
            .optional(SubjectKind.COMPATIBILITY, RegistryFields.ruleValues().get("COMPATIBILITY"));

    static final Shape.Fields SHAPE_WHEN_ABSENT = SHAPE.allOptional().required("version", VERSION);

    /** One reference: {@code name} as it stands in the schema, {@code subject} the logical name in the bundle. */
    record Reference(String name, String subject, int version) {}

    private static Shape.Fields reference() {
        return Shape.fields()
                .required("name", Shape.anyText(512))
                .required("subject", Shape.anyText(249))
                .required("version", VERSION);
    }

    String subject() {
        return Specs.text(resource.spec(), "subject").orElse(resource.name());
    }

    int version() {
        return number(resource.spec());
    }

    private static int number(Value.Obj object) {
        return ((Value.Num) object.get("version")).value().intValueExact();
    }

    String type() {
        return Specs.text(resource.spec(), SubjectKind.TYPE).orElseThrow();
    }

    boolean isJson() {
        return !type().equals("PROTOBUF");
    }

    Optional<String> compatibility() {
        return Specs.text(resource.spec(), SubjectKind.COMPATIBILITY);
    }

    /** In the form in which it is compared. */
    String schema() throws ProblemException {
        var written = resource.spec().get(SubjectKind.SCHEMA);
        if (written instanceof Value.Text(var text) && !isJson()) {
            return text;
        }
        var json = CanonicalJson.text(written instanceof Value.Text(var text) ? CanonicalJson.parse(text) : written);
        return type().equals("AVRO") ? AvroForm.of(json) : json;
    }

    List<Reference> references() {
        return Specs.items(resource.spec(), SubjectKind.REFERENCES).stream()
                .map(Value.Obj.class::cast)
                .map(reference -> new Reference(
                        Specs.text(reference, "name").orElseThrow(),
                        Specs.text(reference, "subject").orElseThrow(),
                        number(reference)))
                .toList();
    }
}
