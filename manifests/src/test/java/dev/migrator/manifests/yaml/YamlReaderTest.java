package dev.migrator.manifests.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlReaderTest {
    private final YamlReader reader = YamlReader.standard();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            yes          | "yes"
            on           | "on"
            'true'       | true
            True         | true
            null         | null
            ~            | null
            604800000    | 604800000
            +12          | 12
            0o17         | 15
            0xFF         | 255
            1.50         | 1.5
            .5           | 0.5
            1e3          | 1000
            1_000        | "1_000"
            0b11         | "0b11"
            2001-12-14   | "2001-12-14"
            12:30:45     | "12:30:45"
            "12"         | "12"
            !!str 12     | "12"
            -            | [null]
            """)
    void plainScalarsMeanWhatTheCoreSchemaSays(String yaml, String json) {
        assertThat(CanonicalJson.text(only(yaml))).isEqualTo(json);
    }

    @Test
    void eachDocumentKeepsTheLinesOfItsParts() {
        var content = read("""
                kind: Topic
                metadata:
                  name: orders
                ---
                kind: Acl
                spec:
                  operations:
                    - READ
                    - WRITE
                  resource: {type: topic,
                    name: orders}
                """);

        assertThat(content.findings()).isEmpty();
        assertThat(content.documents()).hasSize(2).allMatch(YamlDocument::sound);
        var lines = content.documents().get(1).lines();
        assertThat(lines.lineOf("")).isEqualTo(5);
        assertThat(lines.lineOf("/spec")).isEqualTo(6);
        assertThat(lines.lineOf("/spec/operations/1")).isEqualTo(9);
        assertThat(lines.lineOf("/spec/resource/name")).isEqualTo(11);
        assertThat(lines.lineOf("/spec/resource/pattern"))
                .as("the nearest part around it")
                .isEqualTo(10);
    }

    @Test
    void aKeyWithSlashAndTildeIsFoundByItsPointer() {
        var document = read("a/b:\n  c~d: 1\n").documents().getFirst();
        assertThat(document.lines().lineOf("/a~1b/c~0d")).isEqualTo(2);
    }

    @Test
    void anAliasStandsForItsValueAndForTheLineItIsUsedIn() {
        var document = read("base: &b {x: 1}\nuse: *b\n").documents().getFirst();
        assertThat(CanonicalJson.text(document.value())).isEqualTo("{\"base\":{\"x\":1},\"use\":{\"x\":1}}");
        assertThat(document.lines().lineOf("/use/x")).isEqualTo(2);
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheText() {
        assertThat(read("\uFEFFkind: Topic\n").documents().getFirst().value())
                .isEqualTo(Value.object("kind", Value.of("Topic")));
    }

    @Test
    void anEmptyFileHasNoDocuments() {
        assertThat(read("").documents()).isEmpty();
        assertThat(read("# nothing here\n").documents()).isEmpty();
        assertThat(read("").findings()).isEmpty();
    }

    @Test
    void everyDuplicateKeyIsFoundAndTheRestIsStillRead() {
        var content = read("a: 1\nb: 2\na: 3\nb: 4\n---\nc: 1\n");

        assertThat(content.findings())
                .extracting(
                        f -> f.problem().code(),
                        f -> f.line(),
                        f -> f.file(),
                        f -> f.problem().found())
                .containsExactly(
                        tuple("YML-DUPLICATE-KEY", 3, "f.yaml", "'a' in line 1 and again here"),
                        tuple("YML-DUPLICATE-KEY", 4, "f.yaml", "'b' in line 2 and again here"));
        assertThat(content.documents()).extracting(YamlDocument::sound).containsExactly(false, true);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a: [1, 2          | YML-SYNTAX
            'a: "never closed' | YML-SYNTAX
            a: b: c           | YML-SYNTAX
            a: *nowhere       | YML-SYNTAX
            a: &a [*a]        | YML-SYNTAX
            a: @at            | YML-SYNTAX
            a: !!binary AAAA  | YML-TAG
            a: !!java.net.URL [x] | YML-TAG
            a: !local {b: 1}  | YML-TAG
            {a: 1}: 2         | YML-KEY
            [a]: 2            | YML-KEY
            ~ : 2             | YML-KEY
            a: .inf           | YML-NUMBER
            a: .nan           | YML-NUMBER
            a: 1e999999999    | YML-NUMBER
            a: 1e-999999999   | YML-NUMBER
            """)
    void whatIsNoPlainYamlIsFoundWithItsLine(String yaml, String code) {
        var content = read("# first line\n" + yaml + "\n");

        assertThat(content.findings()).isNotEmpty();
        var finding = content.findings().getFirst();
        assertThat(finding.problem().code()).isEqualTo(code);
        assertThat(finding.problem().expected()).isNotEmpty();
        assertThat(finding.file()).isEqualTo("f.yaml");
        assertThat(finding.line()).isBetween(2, 3);
        assertThat(content.documents()).noneMatch(YamlDocument::sound);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\x", "\\u", "\\U", "\\x4", "\\U00110000", "\\UFFFFFFFF", "\\UFFFFFFFF\""})
    void anEscapeThatStandsForNoCharacterIsFoundWithItsLine(String escape) {
        var content = read("a: 1\nb: \"" + escape);

        assertThat(content.findings()).isNotEmpty();
        assertThat(content.findings().getFirst().problem().code()).isEqualTo("YML-SYNTAX");
        assertThat(content.findings().getFirst().line()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {0xC3, 0xFF, 0x80})
    void bytesThatAreNotUtf8AreFoundWithTheirLine(int wrong) {
        var bytes = "kind: Topic\nmetadata: {name: x?}\n".getBytes(StandardCharsets.US_ASCII);
        bytes[30] = (byte) wrong;

        var finding = reader.read(bytes, "f.yaml").findings().getFirst();

        assertThat(finding.problem().code()).isEqualTo("YML-ENCODING");
        assertThat(finding.problem().found()).contains("offset 30");
        assertThat(finding.line()).isEqualTo(2);
    }

    @Test
    void aControlCharacterIsFoundWithItsLine() {
        var finding = read("a: 1\nb: \u0007\n").findings().getFirst();
        assertThat(finding.problem().code()).isEqualTo("YML-SYNTAX");
        assertThat(finding.problem().found()).contains("U+0007");
        assertThat(finding.line()).isEqualTo(2);
    }

    private YamlContent read(String yaml) {
        return reader.read(yaml.getBytes(StandardCharsets.UTF_8), "f.yaml");
    }

    private Value only(String yaml) {
        var content = read(yaml);
        assertThat(content.findings()).isEmpty();
        assertThat(content.documents()).hasSize(1);
        return content.documents().getFirst().value();
    }
}
