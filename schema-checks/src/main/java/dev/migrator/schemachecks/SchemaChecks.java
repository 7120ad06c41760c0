package dev.migrator.schemachecks;

import dev.migrator.core.contents.SchemaLanguages;
import java.util.List;

/** The languages that can be read here. */
public final class SchemaChecks {
    private static final SchemaLanguages STANDARD =
            new SchemaLanguages(List.of(new AvroLanguage(), new JsonSchemaLanguage(), new ProtobufLanguage()));

    private SchemaChecks() {}

    /** Avro with compatibility; JSON Schema and Protobuf without, which the registry alone judges. */
    public static SchemaLanguages standard() {
        return STANDARD;
    }
}
