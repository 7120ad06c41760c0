package dev.migrator.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import dev.migrator.manifests.format.Formatted;
import dev.migrator.manifests.format.Formatter;
import dev.migrator.manifests.yaml.YamlReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class ManifestWriterTest {
    @Test
    void fieldsComeInTheOrderPeopleExpectAndFreeNamesInThatOfTheAlphabet() {
        var manifest = (Value.Obj) CanonicalJson.parse("""
                {"spec":{"config":{"retention.ms":"604800000","cleanup.policy":"delete"},"replicationFactor":1,"partitions":3},
                 "metadata":{"labels":{"tier":"canary","project":"x"},"project":"shop","name":"orders"},
                 "kind":"Topic","apiVersion":"migrator.dev/v1"}""");

        assertThat(ManifestWriter.write(manifest)).isEqualTo("""
                        apiVersion: migrator.dev/v1
                        kind: Topic
                        metadata:
                          name: orders
                          project: shop
                          labels:
                            project: x
                            tier: canary
                        spec:
                          partitions: 3
                          replicationFactor: 1
                          config:
                            cleanup.policy: delete
                            retention.ms: "604800000"
                        """);
    }

    @Test
    void listsOfWordsStandOnOneLineOtherListsBelowEachOther() {
        var manifest = (Value.Obj) CanonicalJson.parse("""
                {"kind":"Schema","spec":{"operations":["READ","DESCRIBE"],"references":[{"version":"2","schema":"Money","name":"shop.Money"}],
                 "content":"{\\n  \\"type\\": \\"string\\"\\n}\\n"}}""");

        assertThat(ManifestWriter.write(manifest)).isEqualTo("""
                        kind: Schema
                        spec:
                          references:
                            - name: shop.Money
                              schema: Money
                              version: "2"
                          content: |
                            {
                              "type": "string"
                            }
                          operations: [READ, DESCRIBE]
                        """);
    }

    @Test
    void severalManifestsAreDocumentsOfOneFile() {
        var topic = Value.object("kind", Value.of("Topic"));
        var written = ManifestWriter.write(List.of(topic, topic));

        assertThat(written).isEqualTo("kind: Topic\n---\nkind: Topic\n");
    }

    @Test
    void aTextOfAMegabyteInOneLineReadsBackToo() {
        var manifest = Value.object("content", Value.of("a b:".repeat(250_000)));

        var read = YamlReader.standard()
                .read(ManifestWriter.write(manifest).getBytes(StandardCharsets.UTF_8), "written.yaml");

        assertThat(read.documents().getFirst().value()).isEqualTo(manifest);
    }

    @Property(tries = 2_000)
    void whatWasWrittenReadsBackToTheSameValueAndIsCanonical(@ForAll("values") Value value) {
        var manifest = Value.object("kind", Value.of("Topic"), "spec", value, "other", Value.of("text"));
        var yaml = ManifestWriter.write(manifest);

        var read = YamlReader.standard().read(yaml.getBytes(StandardCharsets.UTF_8), "written.yaml");

        assertThat(read.findings()).as(yaml).isEmpty();
        assertThat(read.documents()).as(yaml).hasSize(1);
        assertThat(read.documents().getFirst().value()).as(yaml).isEqualTo(manifest);
        assertThat(Formatter.format(yaml.getBytes(StandardCharsets.UTF_8), "written.yaml"))
                .isEqualTo(new Formatted.Canonical(yaml));
    }

    @Provide
    Arbitrary<Value> values() {
        var special = Arbitraries.of(
                "",
                " ",
                "~",
                "null",
                "yes",
                "true",
                "1",
                "1e3",
                ".5",
                "0x1F",
                "-",
                "- a",
                "a: b",
                "a #b",
                "#",
                "a:",
                "'",
                "\"",
                "\\",
                "|",
                ">",
                "&a",
                "*a",
                "!t",
                "%d",
                "@x",
                "`",
                "[",
                "]",
                "{}",
                ",",
                "?",
                "? a",
                "---",
                "...",
                "a\nb",
                "a\nb\n",
                "a\n\nb\n",
                "\na",
                "a\n\n",
                " a\nb",
                "a\n b\n",
                "a \nb",
                "\t",
                "a\tb\nc\td\n",
                "\r\n",
                "a\r",
                "\u0085",
                "\u2028x",
                "\uFEFF",
                "\u00a0",
                "\u007f",
                "ä€𝄞",
                "\u0000",
                "\uD800",
                "<<",
                "=",
                "2001-12-14",
                "User:refund",
                "http://a/b?c=d",
                "a\n---\nb\n",
                "a\n...\nb",
                "# x\ny\n",
                "x\n\t\ny");
        var letters = Arbitraries.strings()
                .withChars(" abz09:#-?,[]{}&*!|>'\"%@`\n\t\\~=./_")
                .ofMaxLength(20);
        var text = Arbitraries.oneOf(special, letters, Arbitraries.strings().ofMaxLength(8));
        var scalars = Arbitraries.oneOf(
                text.map(Value::of),
                Arbitraries.integers().map(Value::of),
                Arbitraries.bigDecimals()
                        .ofScale(4)
                        .between(new BigDecimal("-1e9"), new BigDecimal("1e9"))
                        .map(Value.Num::new),
                Arbitraries.of(Value.NULL, Value.of(true), Value.of(false)));
        return Arbitraries.recursive(
                () -> scalars,
                inner -> Arbitraries.oneOf(
                        inner.list().ofMaxSize(4).map(Value::array),
                        Arbitraries.maps(text, inner).ofMaxSize(4).map(Value::object)),
                0,
                3);
    }
}
