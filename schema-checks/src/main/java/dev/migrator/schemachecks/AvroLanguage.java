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
    /** Pairs of union branches that are compared, at most: half a second of work. */
    private static final long MAX_BRANCHES = 1_000_000;

    @Override
    public String type() {
        return "AVRO";
    }

    @Override
    public List<Finding> check(SchemaText schema) {
        try {
            parse(schema, false);
        } catch (RuntimeException | StackOverflowError e) {
            // the library throws whatever its JSON reader and its own code come across, and calls itself for each level
            return List.of(
                    Found.invalid("an Avro schema whose names are all defined, in it or in a reference", said(e)));
        }
        try {
            parse(schema, true);
        } catch (AvroTypeException e) {
            return List.of(Finding.error(Problem.of("SCH-DEFAULT", "a default does not fit the type of its field")
                    .expected("a default of the field's type; for a union, of its first branch or one that matches")
                    .found(Found.brief(e.getMessage()))
                    .todo("correct the default; suppress it for a version that the registry holds already")));
        } catch (RuntimeException | StackOverflowError e) {
            return List.of(Found.invalid("an Avro schema", said(e)));
        }
        return List.of();
    }

    @Override
    public Compatibility compare(SchemaText reader, SchemaText writer) {
        try {
            return compared(reader, writer);
        } catch (StackOverflowError _) {
            return new Compatibility.Unknown("compatibility of Avro schemas that are nested very deeply");
        }
    }

    private static Compatibility compared(SchemaText reader, SchemaText writer) {
        var readers = parse(reader, false);
        var writers = parse(writer, false);
        if (Branches.of(readers).comparisonsWith(Branches.of(writers)) > MAX_BRANCHES) {
            return new Compatibility.Unknown("compatibility of Avro schemas with unions of very many branches");
        }
        var result = SchemaCompatibility.checkReaderWriterCompatibility(readers, writers)
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

    private static String said(Throwable e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
