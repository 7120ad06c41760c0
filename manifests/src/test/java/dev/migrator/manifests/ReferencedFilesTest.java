package dev.migrator.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.canonical.Value;
import dev.migrator.schemachecks.SchemaChecks;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReferencedFilesTest {
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

    @TempDir
    Path folder;

    @Test
    void theTextOfAReferencedFileStandsInItsPlace() throws IOException {
        write(
                "schemas/money.yaml",
                SCHEMA.replace("content: '{\"type\": \"string\"}'", "file: avro/../avro/money.avsc"));
        write("schemas/avro/money.avsc", "{\"type\":\n  \"string\"}\n");

        var loaded = Manifests.load(folder);

        assertThat(loaded.findings()).isEmpty();
        var spec = loaded.resources().getFirst().spec();
        assertThat(spec.get("content")).isEqualTo(Value.of("{\"type\":\n  \"string\"}\n"));
        assertThat(spec.fields()).doesNotContainKey("file");
        assertThat(new String(loaded.bundle().orElseThrow().bytes(), StandardCharsets.UTF_8))
                .doesNotContain("avsc");
    }

    @Test
    void whatIsWrongInAFileIsFoundWhereTheFileIsNamed() throws IOException {
        var manifest = SCHEMA.replace("content: '{\"type\": \"string\"}'", "file: money.avsc");
        write("schemas/money.yaml", manifest);
        write("schemas/money.avsc", "{\"type\": \"strnig\"}");

        var loaded = Manifests.load(folder, SchemaChecks.standard());

        assertThat(loaded.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.problem().code()).isEqualTo("SCH-INVALID");
            assertThat(manifest.lines().toList().get(finding.line() - 1)).contains("file: money.avsc");
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ../outside.avsc          | inside the folder
            /etc/hostname            | inside the folder
            a/../../../outside.avsc  | inside the folder
            link.avsc                | inside the folder
            linked/outside.avsc      | inside the folder
            missing.avsc             | a file
            folder                   | a file
            latin.avsc               | UTF-8
            large.avsc               | bytes
            "a\\0b"                  | path
            """)
    void aReferencedFileLiesInTheFolderAndIsText(String named, String expected) throws IOException {
        var root = folder.resolve("manifests");
        write("outside.avsc", "{}");
        write("manifests/schema.yaml", SCHEMA.replace("content: '{\"type\": \"string\"}'", "file: " + named));
        Files.createDirectories(root.resolve("folder"));
        Files.createSymbolicLink(root.resolve("link.avsc"), folder.resolve("outside.avsc"));
        Files.createSymbolicLink(root.resolve("linked"), folder);
        Files.write(root.resolve("latin.avsc"), new byte[] {'"', (byte) 0xE4, '"'});
        Files.write(root.resolve("large.avsc"), new byte[ReferencedFiles.MAX_BYTES + 1]);

        var loaded = Manifests.load(root);

        assertThat(loaded.bundle()).isEmpty();
        assertThat(loaded.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.problem().code()).isEqualTo("MAN-FILE");
            assertThat(finding.problem().expected()).contains(expected);
            assertThat(finding.line()).isEqualTo(7);
            assertThat(finding.file()).endsWith("schema.yaml");
        });
    }

    private void write(String path, String text) throws IOException {
        var file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
