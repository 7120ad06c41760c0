package dev.migrator.schemachecks;

import dev.migrator.core.contents.Compatibility;
import dev.migrator.core.contents.SchemaLanguage;
import dev.migrator.core.contents.SchemaText;
import dev.migrator.core.error.Finding;
import dev.migrator.core.error.Problem;
import java.util.List;
import org.apache.avro.AvroTypeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;

/** Avro (Apache Avro 1.12 specification), read by its own library. */
final class AvroLanguage implements SchemaLanguage {
    @Override
    public String type() {
        return "AVRO";
    }

    @Override
    public List<Finding> check(SchemaText schema) {
        try {
            parse(schema, false);
        } catch (RuntimeException e) {
            // the library throws whatever its JSON reader and its own code come across
            return List.of(
                    Found.invalid("an Avro schema whose names are all defined, in it or in a reference", said(e)));
        }
        try {
            parse(schema, true);
        } catch (AvroTypeException e) {
            return List.of(Finding.error(Problem.of("SCH-DEFAULT", "a default does not fit the type of its field")
                    .expected("a default of the field's type; for a union, of its first branch or one that matches")
                    .found(Found.brief(e.getMessage()))
                    .todo("correct the default")));
        } catch (RuntimeException e) {
            return List.of(Found.invalid("an Avro schema", said(e)));
        }
        return List.of();
    }

    @Override
    public Compatibility compare(SchemaText reader, SchemaText writer) {
        var result = SchemaCompatibility.checkReaderWriterCompatibility(parse(reader, false), parse(writer, false))
                .getResult();
        if (result.getCompatibility() == SchemaCompatibilityType.COMPATIBLE) {
            return new Compatibility.Compatible();
        }
        return new Compatibility.Incompatible(result.getIncompatibilities().stream()
                .map(difference -> difference
                                .getType()
                                .name()
                                .toLowerCase(java.util.Locale.ROOT)
                                .replace('_', ' ') + " at " + difference.getLocation() + ": "
                        + Found.brief(difference.getMessage()))
                .sorted()
                .toList());
    }

    private static Schema parse(SchemaText schema, boolean validateDefaults) {
        var parser = new Schema.Parser().setValidateDefaults(validateDefaults);
        schema.references().forEach(reference -> parser.parse(reference.content()));
        return parser.parse(schema.content());
    }

    private static String said(RuntimeException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
