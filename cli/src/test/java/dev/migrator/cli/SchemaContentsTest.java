package dev.migrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.canonical.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The contents of schemas are judged before anything is packaged or sent. */
class SchemaContentsTest {
    @TempDir
    Path home;

    private Path manifests;

    @BeforeEach
    void makeFolder() throws IOException {
        manifests = Files.createDirectory(home.resolve("meta"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                AVRO     | {"type": "strnig"}
                JSON     | {"type": "objekt"}
                PROTOBUF | messag Order {}
                """)
    void whatNoClientCouldReadIsRefusedByEveryCommandWithFileAndLine(String type, String content) throws IOException {
        write("order", "1", type, content);
        var bundle = home.resolve("b.json");

        for (String[] command : new String[][] {
            {"validate", manifests.toString()},
            {"package", manifests.toString(), "--commit", "c1", "-f", bundle.toString()},
            {"plan", manifests.toString(), "--env", "production"}
        }) {
            var result = Shell.run(home, command);
            assertThat(result.code()).as(command[0]).isEqualTo(ExitCode.REFUSED);
            assertThat(result.err()).contains("error SCH-INVALID", "order.yaml:10");
        }
        assertThat(bundle).doesNotExist();
    }

    @Test
    void aBundleThatSomebodyElsePackagedIsJudgedAsWell() throws IOException {
        var bundle = home.resolve("b.json");
        Files.writeString(bundle, """
                {"apiVersion":"migrator.dev/v1","kind":"Bundle","resources":[{"apiVersion":"migrator.dev/v1",\
                "kind":"Schema","metadata":{"name":"a"},"spec":{"content":"5","type":"AVRO","version":"1"}}]}""");

        var result = Shell.run(home, "plan", bundle.toString(), "--env", "production");

        assertThat(result.code()).isEqualTo(ExitCode.REFUSED);
        assertThat(result.err()).contains("error SCH-INVALID");
    }

    @Test
    void whatNobodyHereCanJudgeIsSaid() throws IOException {
        write("order-1", "1", "JSON", "{}");
        write("order-2", "2", "JSON", "{}");

        assertThat(Shell.run(home, "validate", manifests.toString()).out())
                .contains("not checked: compatibility of JSON schemas, which the registry alone judges (2)");
        var json = (Value.Obj) Shell.run(home, "validate", manifests.toString(), "-o", "json")
                .json()
                .getFirst();
        assertThat(((Value.Obj) json.get("unchecked")).fields()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlays", "shop/meta", "shop/change-refunds", "shop/production-now", "shop/unmanaged"})
    void examplesAreRight(String example) {
        var folder = Path.of("..", "examples").resolve(example);

        var result = Shell.run(home, "validate", folder.toString());

        assertThat(result.code()).as(result.err()).isEqualTo(ExitCode.OK);
        assertThat(result.err()).doesNotContain("SCH-");
    }

    @Test
    void aNewSchemaIsRight() {
        var file = manifests.resolve("s.yaml");
        assertThat(Shell.run(home, "new", "Schema", "orders", "-f", file.toString())
                        .code())
                .isEqualTo(ExitCode.OK);

        assertThat(Shell.run(home, "validate", manifests.toString()).err()).isEmpty();
    }

    private void write(String name, String version, String type, String content) throws IOException {
        Files.writeString(manifests.resolve(name + ".yaml"), """
                apiVersion: migrator.dev/v1
                kind: Schema
                metadata:
                  name: %s
                spec:
                  artifactId: order
                  version: "%s"
                  type: %s
                  rules: {COMPATIBILITY: FULL}
                  content: '%s'
                """.formatted(name, version, type, content));
    }
}
