package dev.migrator.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Finding;
import dev.migrator.core.kinds.KindRules;
import dev.migrator.core.kinds.Kinds;
import dev.migrator.core.kinds.Shape;
import dev.migrator.manifests.schema.SchemaCheck;
import dev.migrator.manifests.yaml.YamlReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The published schemas by themselves: what an editor says has to be what the product says. */
class PublishedSchemasTest {
    static Collection<KindRules> kinds() {
        return Kinds.standard().all();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
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
                "metadata.schema.json",
                "plan.schema.json",
                "environments.schema.json",
                "targets.schema.json",
                "policies.schema.json"
            })
    void eachIsASchemaOfItsDraftAndSaysWhatItIs(String file) {
        var published = SchemaCheck.published(file);
        var draft = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));

        assertThat(draft.validate(CanonicalJson.text(published), InputFormat.JSON))
                .isEmpty();
        assertThat(published.get("$id")).isEqualTo(Value.of("https://migrator.dev/schemas/v1/" + file));
        assertThat(published.get("description")).isNotEqualTo(Value.NULL);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void eachKindHasOneWithTheFieldsThatTheCoreKnows(KindRules kind) {
        var published = SchemaCheck.published(ManifestSchemas.FILES.get(kind.kind()));
        var spec = (Value.Obj) ((Value.Obj) published.get("properties")).get("spec");

        assertThat(properties(spec)).isEqualTo(fields(kind));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"shop/meta", "shop/change-refunds", "shop/production-now", "shop/unmanaged", "actions/meta"})
    void everyExampleFits(String example) throws IOException {
        var findings = new ArrayList<Finding>();
        for (Path file : ManifestFiles.below(Path.of("..", "examples", example)).files()) {
            findings.addAll(check(Files.readString(file)));
        }

        assertThat(findings).isEmpty();
    }

    @ParameterizedTest(name = "{0}: {1} -> {2} gives {3}")
    @CsvSource(delimiter = '|', textBlock = """
            topic | partitions: 3         | partition: 3          | MAN-UNKNOWN-FIELD | did you mean 'partitions'?
            topic | partitions: 3         | x: 3                  | MAN-MISSING-FIELD | add partitions
            topic | partitions: 3         | partitions: "3"       | MAN-WRONG-TYPE    |
            topic | partitions: 3         | partitions: 0         | MAN-VALUE         |
            topic | name: orders          | name: or ders         | MAN-VALUE         |
            topic | name: orders          | names: orders         | MAN-MISSING-FIELD | add name
            topic | retention.ms: 1       | retention.ms: {a: 1}  | MAN-WRONG-TYPE    |
            topic | retention.ms: 1       | "retention ms": 1     | MAN-VALUE         |
            topic | name: orders          | name: orders\\n  suppress: [{rule: TOP-UNCLEAN}] | MAN-MISSING-FIELD | add reason
            topic | name: orders          | name: orders\\n  suppress: [{rule: x, reason: it was decided}] | MAN-VALUE |
            topic | name: orders          | name: orders\\n  suppress: [{rule: A-B, reason: ok}] | MAN-VALUE |
            topic | name: orders          | name: orders\\n  suppress: [{rule: A-B, reason: it was decided, till: x}] | MAN-UNKNOWN-FIELD |
            topic | name: orders          | name: orders\\n  suppress: [{rule: A-B, reason: it was decided, until: 2027-13-01}] | MAN-VALUE |
            topic | spec:                 | specs:                | MAN-UNKNOWN-FIELD | did you mean 'spec'?
            topic | spec:                 | state: absnt\\nspec:  | MAN-VALUE         |
            acl   | principal: User:a     | principal: a          | MAN-VALUE         |
            acl   | [READ]                | [REED]                | MAN-VALUE         | did you mean 'READ'?
            acl   | [READ]                | [READ, READ]          | MAN-VALUE         |
            acl   | [READ]                | []                    | MAN-VALUE         |
            acl   | type: topic           | type: cluster         | MAN-VALUE         |
            acl   | type: topic           | typ: topic            | MAN-UNKNOWN-FIELD | did you mean 'type'?
            schema | version: "1"         | version: 1            | MAN-WRONG-TYPE    | put it in quotes
            schema | content: "{}"        | file: a.avsc\\n  content: x | MAN-UNKNOWN-FIELD | remove it
            schema | content: "{}"        | group: g              | MAN-MISSING-FIELD | add content
            schema | type: AVRO           | type: Avro            | MAN-VALUE         | did you mean 'AVRO'?
            schema | BACKWARD             | BACKWARDS             | MAN-VALUE         | did you mean 'BACKWARD'?
            check | topic: orders         | url: http://x         | MAN-UNKNOWN-FIELD | remove it
            check | topic: orders         | "#": none             | MAN-MISSING-FIELD | add topic
            check | recordBytes: 10       | recordBytes: 2000000  | MAN-VALUE         |
            check | topic-round-trip      | round-trip            | MAN-VALUE         |
            """)
    void whatDoesNotFitIsNamedWithItsCure(String example, String right, String wrong, String code, String cure) {
        var good = good(example);
        assertThat(check(good)).isEmpty();
        assertThat(good).contains(right);

        var findings = check(good.replace(right, wrong.replace("\\n", "\n")));

        assertThat(findings).anySatisfy(finding -> {
            assertThat(finding.problem().code()).isEqualTo(code);
            assertThat(finding.line()).isPositive();
            assertThat(finding.problem().expected()).isNotEmpty();
            assertThat(finding.problem().found()).isNotEmpty();
            if (cure != null) {
                assertThat(finding.problem().todo()).isEqualTo(cure);
            }
        });
    }

    @Test
    void theExampleOfActionsIsABundle() {
        var loaded = Manifests.load(Path.of("..", "examples", "actions", "meta"));

        assertThat(loaded.findings()).isEmpty();
        assertThat(loaded.bundle()).isPresent();
    }

    @Test
    void whatIsToBeGoneNeedsLess() {
        assertThat(check("apiVersion: migrator.dev/v1\nkind: Topic\nmetadata: {name: a}\nstate: absent\n"))
                .isEmpty();
    }

    private static String good(String example) {
        return switch (example) {
            case "topic" -> """
                apiVersion: migrator.dev/v1
                kind: Topic
                metadata:
                  name: orders
                spec:
                  partitions: 3
                  replicationFactor: 1
                  config:
                    retention.ms: 1
                """;
            case "acl" -> """
                apiVersion: migrator.dev/v1
                kind: Acl
                metadata:
                  name: reads
                spec:
                  principal: User:a
                  operations: [READ]
                  resource:
                    type: topic
                    name: orders
                """;
            case "schema" -> """
                apiVersion: migrator.dev/v1
                kind: Schema
                metadata:
                  name: Money
                spec:
                  type: AVRO
                  version: "1"
                  rules: {COMPATIBILITY: BACKWARD}
                  content: "{}"
                """;
            default -> """
                apiVersion: migrator.dev/v1
                kind: SmokeCheck
                metadata:
                  name: check
                spec:
                  type: topic-round-trip
                  topic: orders
                  recordBytes: 10
                """;
        };
    }

    private static List<Finding> check(String yaml) {
        var content = YamlReader.standard().read(yaml.getBytes(StandardCharsets.UTF_8), "f.yaml");
        assertThat(content.findings()).isEmpty();
        return content.documents().stream()
                .flatMap(document ->
                        ManifestSchemas.check((Value.Obj) document.value(), document.lines(), "f.yaml").stream())
                .toList();
    }

    private static Set<String> properties(Value.Obj schema) {
        return new TreeSet<>(((Value.Obj) schema.get("properties")).fields().keySet());
    }

    private static Set<String> fields(KindRules kind) {
        var names = new TreeSet<String>();
        switch (kind.spec()) {
            case Shape.Fields fields -> names.addAll(fields.fields().keySet());
            case Shape.Choice choice -> {
                names.add(choice.field());
                choice.byWord()
                        .values()
                        .forEach(fields -> names.addAll(fields.fields().keySet()));
            }
            default -> throw new IllegalArgumentException("no fields in " + kind.spec());
        }
        if (kind.kind().equals("Schema")) {
            names.add("file"); // in files only: a bundle has the text itself
        }
        return names;
    }
}
