package dev.migrator.schemachecks;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.PathType;
import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.contents.Compatibility;
import dev.migrator.core.contents.SchemaLanguage;
import dev.migrator.core.contents.SchemaText;
import dev.migrator.core.error.Finding;
import dev.migrator.core.error.ProblemException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** JSON Schema, drafts 4 to 2020-12: valid against the meta-schema that it names. Follows no reference anywhere. */
final class JsonSchemaLanguage implements SchemaLanguage {
    /** Above that, a schema is left to the registry: validating costs time in proportion to rules times values. */
    private static final int MAX_CHARS = 256 * 1024;

    private static final int MAX_ERRORS = 20;

    /** Made when the first schema asks for it: that takes longer than starting. */
    private final Map<SpecificationVersion, Schema> metaSchemas = new ConcurrentHashMap<>();

    private static Schema metaSchema(SpecificationVersion version) {
        var registry = SchemaRegistry.withDefaultDialect(
                version,
                builder -> builder.schemaRegistryConfig(SchemaRegistryConfig.builder()
                        .pathType(PathType.JSON_POINTER)
                        .locale(Locale.ROOT)
                        .build()));
        return registry.getSchema(SchemaLocation.of(version.getDialectId()));
    }

    @Override
    public String type() {
        return "JSON";
    }

    @Override
    public int longest() {
        return MAX_CHARS;
    }

    @Override
    public List<Finding> check(SchemaText schema) {
        if (schema.content().length() > longest()) {
            return List.of();
        }
        try {
            return switch (CanonicalJson.parse(schema.content())) {
                case Value.Bool _ -> List.of();
                case Value.Obj object -> check(object, schema.content());
                case Value.Nil _, Value.Num _, Value.Text _, Value.Arr _ ->
                    List.of(Found.invalid("an object, true or false", schema.content()));
            };
        } catch (ProblemException e) {
            return List.of(Found.invalid(
                    e.problem().expected(),
                    e.problem().found() + " at " + e.problem().thing()));
        }
    }

    private List<Finding> check(Value.Obj schema, String text) {
        var version = version(schema);
        if (version.isEmpty()) {
            return List.of(Found.invalid(
                    "under $schema one of "
                            + Arrays.stream(SpecificationVersion.values())
                                    .map(SpecificationVersion::getDialectId)
                                    .collect(Collectors.joining(", ")),
                    CanonicalJson.text(schema.get("$schema"))));
        }
        return metaSchemas
                .computeIfAbsent(version.get(), JsonSchemaLanguage::metaSchema)
                .validate(text, InputFormat.JSON)
                .stream()
                .limit(MAX_ERRORS)
                .map(error -> Found.invalid(
                        "a schema of " + version.get().getDialectId(),
                        error.getInstanceLocation() + ": " + error.getMessage()))
                .distinct()
                .sorted()
                .toList();
    }

    /** Without a word about it, the newest one. */
    private static Optional<SpecificationVersion> version(Value.Obj schema) {
        return switch (schema.get("$schema")) {
            case Value.Text(var named) -> SpecificationVersion.fromDialectId(named);
            case Value.Nil _ -> Optional.of(SpecificationVersion.DRAFT_2020_12);
            default -> Optional.empty();
        };
    }

    @Override
    public Compatibility compare(SchemaText reader, SchemaText writer) {
        return new Compatibility.Unknown("compatibility of JSON schemas, which the registry alone judges");
    }
}
