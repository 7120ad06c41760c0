package dev.migrator.schemachecks;

import com.squareup.wire.schema.Location;
import com.squareup.wire.schema.internal.parser.ProtoFileElement;
import com.squareup.wire.schema.internal.parser.ProtoParser;
import dev.migrator.core.contents.Compatibility;
import dev.migrator.core.contents.SchemaLanguage;
import dev.migrator.core.contents.SchemaText;
import dev.migrator.core.error.Finding;
import dev.migrator.core.error.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Protocol Buffers, read by the parser that Apicurio Registry uses as well (Square Wire). */
final class ProtobufLanguage implements SchemaLanguage {
    /** Definitions that every compiler brings along. */
    private static final String WELL_KNOWN = "google/";

    @Override
    public String type() {
        return "PROTOBUF";
    }

    @Override
    public List<Finding> check(SchemaText schema) {
        if (Nesting.of(schema.content()) > Nesting.MOST) {
            return List.of(Found.invalid("at most " + Nesting.MOST + " levels of braces", "more"));
        }
        ProtoFileElement file;
        try {
            file = ProtoParser.Companion.parse(Location.get("schema.proto"), schema.content());
        } catch (RuntimeException e) {
            return List.of(Found.invalid("Protocol Buffers, proto2 or proto3", String.valueOf(e.getMessage())));
        }
        var findings = new ArrayList<Finding>();
        findings.addAll(FieldNumbers.check(file));
        findings.addAll(imports(file, schema));
        return findings.stream().sorted().toList();
    }

    private static List<Finding> imports(ProtoFileElement file, SchemaText schema) {
        var declared = schema.references().stream().map(SchemaText.Named::name).collect(Collectors.toSet());
        return Stream.concat(file.getImports().stream(), file.getPublicImports().stream())
                .filter(path -> !path.startsWith(WELL_KNOWN) && !declared.contains(path))
                .distinct()
                .map(path -> Finding.warning(Problem.of("SCH-IMPORT", "a schema imports what it does not declare")
                        .expected("each import as the name of one under spec.references")
                        .found(Found.brief(path))
                        .todo("add the reference, so that clients of the registry find what is imported")))
                .toList();
    }

    @Override
    public Compatibility compare(SchemaText reader, SchemaText writer) {
        return new Compatibility.Unknown("compatibility of Protobuf schemas, which the registry alone judges");
    }
}
