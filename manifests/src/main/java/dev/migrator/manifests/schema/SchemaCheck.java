package dev.migrator.manifests.schema;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.PathType;
import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Finding;
import dev.migrator.manifests.yaml.Lines;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Checks documents against one of the published JSON Schemas and says in the reader's words what does not fit. */
public final class SchemaCheck {
    private static final String BASE = "https://migrator.dev/schemas/v1/";
    private static final List<String> FILES = List.of(
            "metadata.schema.json",
            "plan.schema.json",
            "topic.schema.json",
            "acl.schema.json",
            "quota.schema.json",
            "kafka-user.schema.json",
            "schema.schema.json",
            "table-rows.schema.json",
            "connector.schema.json",
            "external.schema.json",
            "action.schema.json",
            "role.schema.json",
            "role-member.schema.json",
            "grant.schema.json",
            "registry-rules.schema.json",
            "schema-group.schema.json",
            "subject.schema.json",
            "smoke-check.schema.json",
            "variables.schema.json",
            "overlay.schema.json",
            "mapping.schema.json",
            "project.schema.json",
            "rollout.schema.json",
            "environments.schema.json",
            "targets.schema.json",
            "policies.schema.json");
    private static final Map<String, String> TEXTS = texts();
    private static final SchemaRegistry REGISTRY = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            builder -> builder.schemas(TEXTS)
                    .schemaRegistryConfig(SchemaRegistryConfig.builder()
                            .pathType(PathType.JSON_POINTER)
                            .locale(Locale.ROOT)
                            .build()));

    private final Schema schema;
    private final Translator translator;

    /**
     * @param file name of a schema under {@code schemas/}, e.g. {@code topic.schema.json}
     * @param showTexts whether findings may show the texts that do not fit; not where these can be secrets
     */
    public SchemaCheck(String file, Codes codes, boolean showTexts) {
        this.schema = REGISTRY.getSchema(SchemaLocation.of(BASE + file));
        this.schema.initializeValidators();
        this.translator = new Translator(codes, showTexts, new KnownFields(TEXTS));
    }

    /** All that does not fit, ascending by line, each once. */
    public List<Finding> check(Value value, Lines lines, String file) {
        return schema.validate(JsonNodes.of(value)).stream()
                .map(error -> translator.translate(error, value, lines, file))
                .distinct()
                .sorted()
                .toList();
    }

    /** The published schema as it stands, for people and editors. */
    public static Value.Obj published(String file) {
        return (Value.Obj) CanonicalJson.parse(TEXTS.get(BASE + file));
    }

    private static Map<String, String> texts() {
        var texts = new LinkedHashMap<String, String>();
        for (String file : FILES) {
            try (var in = SchemaCheck.class.getResourceAsStream("/schemas/" + file)) {
                texts.put(BASE + file, new String(in.readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return texts;
    }
}
