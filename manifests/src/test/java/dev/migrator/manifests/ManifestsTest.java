package dev.migrator.manifests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.error.Finding;
import dev.migrator.core.model.Resource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManifestsTest {
    private static final String TOPIC = """
            apiVersion: migrator.dev/v1
            kind: Topic
            metadata: {name: orders, labels: {tier: canary}}
            spec:
              partitions: 3
              replicationFactor: 1
              config: {retention.ms: 1000}
            """;
    private static final String ACL = """
            apiVersion: migrator.dev/v1
            kind: Acl
            metadata: {name: reads-orders}
            spec:
              principal: User:refund
              host: 10.0.0.1
              operations: [READ, DESCRIBE]
              resource:
                type: topic
                name: orders
                pattern: literal
            """;
    private static final String SCHEMA = """
            apiVersion: migrator.dev/v1
            kind: Schema
            metadata: {name: Money}
            spec:
              type: AVRO
              version: "1"
              content: '{"type": "string"}'
              rules: {COMPATIBILITY: BACKWARD}
            """;
    private static final String CHECK = """
            apiVersion: migrator.dev/v1
            kind: SmokeCheck
            metadata: {name: check}
            spec:
              type: topic-round-trip
              topic: orders
            """;

    @TempDir
    Path folder;

    @Test
    void filesAndDocumentsInAnyOrderGiveTheSameBundle() throws IOException {
        write("b/topics.yaml", TOPIC + "---\n" + CHECK);
        write("a.yml", ACL);
        write("z/y/x.yaml", SCHEMA);
        var one = load();

        var other = folder.resolve("other");
        write("other/all.yaml", SCHEMA + "---\n---\n# nothing\n---\n" + ACL + "---\n" + CHECK + "---\n" + TOPIC);
        var another = Manifests.load(other);

        assertThat(one.findings()).isEmpty();
        assertThat(one.resources())
                .extracting(Resource::title)
                .containsExactly("Acl/reads-orders", "Schema/Money", "SmokeCheck/check", "Topic/orders");
        assertThat(one.bundle().orElseThrow().digest())
                .isEqualTo(another.bundle().orElseThrow().digest());
    }

    @Test
    void aResourceKnowsFileAndLine() throws IOException {
        write("all.yaml", TOPIC + "---\n" + ACL);

        assertThat(load().resources())
                .extracting(Resource::source)
                .containsExactly(source("all.yaml", 9), source("all.yaml", 1));
    }

    @Test
    void hiddenFilesAndOtherFilesAreNotRead() throws IOException {
        write("topic.yaml", TOPIC);
        write(".git/config.yaml", "{{{{");
        write(".hidden.yaml", "{{{{");
        write("notes.md", "{{{{");

        assertThat(load().findings()).isEmpty();
    }

    @Test
    void oneFileCanBeNamed() throws IOException {
        write("topic.yaml", TOPIC);
        write("broken.yaml", "{{{{");

        assertThat(Manifests.load(folder.resolve("topic.yaml")).bundle()).isPresent();
    }

    @ParameterizedTest(name = "{1} -> {2} gives {3} in line {4}")
    @CsvSource(delimiter = '|', textBlock = """
            Topic | kind: Topic         | kind: Topics         | MAN-UNKNOWN-KIND   | 2 | did you mean Topic?
            Topic | partitions: 3       | partition: 3         | MAN-UNKNOWN-FIELD  | 5 | did you mean partitions?
            Topic | partitions: 3       | partitions: three    | MAN-WRONG-TYPE     | 5 |
            Topic | partitions: 3       | partitions: 0        | MAN-VALUE          | 5 |
            Topic | partitions: 3       | partitions: 2.5      | MAN-VALUE          | 5 |
            Topic | name: orders        | name: or ders        | MAN-VALUE          | 3 |
            Topic | migrator.dev/v1     | migrator.dev/v9      | MAN-VALUE          | 1 |
            Topic | retention.ms: 1000  | retention.ms: [1]    | MAN-WRONG-TYPE     | 7 |
            Topic | retention.ms: 1000  | retention.ms: soon   | TOP-CONFIG-VALUE   | 7 |
            Acl   | host: 10.0.0.1      | permission: PERMIT   | MAN-VALUE          | 6 |
            Acl   | [READ, DESCRIBE]    | [READ, DESCRIPE]     | MAN-VALUE          | 7 | did you mean DESCRIBE?
            Acl   | [READ, DESCRIBE]    | []                   | MAN-VALUE          | 7 |
            Acl   | [READ, DESCRIBE]    | READ                 | MAN-WRONG-TYPE     | 7 |
            Acl   | [READ, DESCRIBE]    | [READ, READ]         | ACL-REPEATED       | 7 |
            Acl   | pattern: literal    | patern: literal      | MAN-UNKNOWN-FIELD  | 11 | did you mean pattern?
            Acl   | principal: User:refund | principal: refund | MAN-VALUE          | 5 |
            Schema | version: "1"       | version: 1           | MAN-WRONG-TYPE     | 6 | put it in quotes
            Schema | type: AVRO         | type: AVROO          | MAN-VALUE          | 5 | did you mean AVRO?
            Schema | type: AVRO         | typ: AVRO            | MAN-UNKNOWN-FIELD  | 5 | did you mean type?
            Schema | '{"type": "string"}' | '{"type": '        | SCH-CONTENT        | 7 |
            Schema | COMPATIBILITY: BACKWARD | COMPATIBILITY: BACKWARDS | MAN-VALUE | 8 | did you mean BACKWARD?
            SmokeCheck | topic: orders  | url: http://x/       | MAN-UNKNOWN-FIELD  | 6 |
            SmokeCheck | topic-round-trip | topic-roundtrip    | MAN-VALUE          | 5 | did you mean topic-round-trip?
            """)
    void whatIsWrongIsNamedWithCodeLineAndCure(
            String kind, String right, String wrong, String code, int line, String cure) throws IOException {
        var manifest = switch (kind) {
            case "Topic" -> TOPIC;
            case "Acl" -> ACL;
            case "Schema" -> SCHEMA;
            default -> CHECK;
        };
        write("good.yaml", manifest);
        assertThat(load().findings()).as("before").isEmpty();

        write("good.yaml", manifest.replace(right, wrong));
        var loaded = load();

        assertThat(loaded.bundle()).isEmpty();
        assertThat(loaded.findings()).anySatisfy(finding -> {
            assertThat(finding.problem().code()).isEqualTo(code);
            assertThat(finding.line()).isEqualTo(line);
            assertThat(finding.file()).isEqualTo(folder.resolve("good.yaml").toString());
            assertThat(finding.problem().expected()).isNotEmpty();
            if (cure != null) {
                assertThat(finding.problem().todo()).isEqualTo(cure);
            }
        });
    }

    @Test
    void allThatIsWrongInAllFilesIsSaidAtOnceAndNothingComesOut() throws IOException {
        write("a.yaml", TOPIC.replace("partitions: 3", "partition: 3"));
        write("b.yaml", "kind: [\n");
        write(
                "c.yaml",
                SCHEMA + "---\n"
                        + SCHEMA.replace("Money", "Order")
                                .replace("spec:", "spec:\n  references: [{name: x, schema: Mony, version: \"1\"}]"));
        write("d.yaml", "- a list\n");
        write("e.yaml", ACL + "spec: {}\n");
        write("f.yaml", TOPIC.replace("orders", "payments") + "---\n" + TOPIC.replace("orders", "payments"));

        var loaded = load();

        assertThat(loaded.bundle()).isEmpty();
        assertThat(loaded.findings())
                .extracting(
                        f -> f.file().replace(folder + "/", ""),
                        Finding::line,
                        f -> f.problem().code())
                .contains(
                        tuple("a.yaml", 5, "MAN-UNKNOWN-FIELD"),
                        tuple("a.yaml", 4, "MAN-MISSING-FIELD"),
                        tuple("b.yaml", 2, "YML-SYNTAX"),
                        tuple("d.yaml", 1, "MAN-WRONG-TYPE"),
                        tuple("e.yaml", 12, "YML-DUPLICATE-KEY"),
                        tuple("f.yaml", 11, "BND-DUPLICATE-UID"));
        assertThat(loaded.findings()).isSorted();
    }

    @Test
    void aReferenceToNothingIsFoundWithTheNearestName() throws IOException {
        write(
                "a.yaml",
                SCHEMA + "---\n"
                        + SCHEMA.replace("Money", "Order")
                                .replace("spec:", "spec:\n  references: [{name: x, schema: Mony, version: \"1\"}]"));

        assertThat(load().findings()).singleElement().satisfies(finding -> {
            assertThat(finding.problem().code()).isEqualTo("BND-DANGLING-REFERENCE");
            assertThat(finding.problem().todo()).contains("Money");
            assertThat(finding.line()).isEqualTo(14);
        });
    }

    @Test
    void aReferenceToWhatStandsInABrokenFileIsNotCalledDangling() throws IOException {
        write(
                "a.yaml",
                SCHEMA.replace("Money", "Order")
                        .replace("spec:", "spec:\n  references: [{name: x, schema: Money, version: \"1\"}]"));
        write("b.yaml", "a: [\n---\n" + SCHEMA);

        assertThat(load().findings()).extracting(f -> f.problem().code()).containsExactly("YML-SYNTAX");
    }

    @Test
    void aMisspeltFieldIsSaidOnceWithTheNameOfItsResource() throws IOException {
        write("a.yaml", TOPIC.replace("config: {retention.ms: 1000}", "confg: {retention.ms: 1000}"));

        assertThat(load().findings()).singleElement().satisfies(finding -> {
            assertThat(finding.problem().thing()).isEqualTo("Topic/orders, spec.confg");
            assertThat(finding.problem().found()).contains("confg");
            assertThat(finding.problem().todo()).contains("config");
        });
    }

    @Test
    void aFolderWithoutManifestsAndOneThatIsNotThereAreFindings() {
        assertThat(load().findings()).extracting(f -> f.problem().code()).containsExactly("MAN-NONE");
        assertThat(Manifests.load(folder.resolve("nowhere")).findings())
                .extracting(f -> f.problem().code())
                .containsExactly("YML-FILE");
    }

    @Test
    void whatIsToBeGoneNeedsNoMoreThanItsName() throws IOException {
        write("gone.yaml", """
                apiVersion: migrator.dev/v1
                kind: Topic
                metadata: {name: orders}
                state: absent
                ---
                apiVersion: migrator.dev/v1
                kind: Schema
                metadata: {name: Money}
                state: absent
                spec: {version: "1"}
                """);

        assertThat(load().findings()).isEmpty();
        assertThat(load().resources()).allMatch(Resource::absent);
    }

    @Test
    void theBundleIsCanonicalJson() throws IOException {
        write("topic.yaml", TOPIC);

        var bytes = load().bundle().orElseThrow().bytes();

        assertThat(CanonicalJson.bytes(CanonicalJson.parse(bytes))).isEqualTo(bytes);
    }

    private Loaded load() {
        return Manifests.load(folder);
    }

    private Resource.Source source(String file, int line) {
        return new Resource.Source(folder.resolve(file).toString(), line);
    }

    private void write(String path, String text) throws IOException {
        var file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
