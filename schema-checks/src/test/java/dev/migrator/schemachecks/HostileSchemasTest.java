package dev.migrator.schemachecks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.migrator.core.contents.SchemaText;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever stands in a schema, the answer is findings, soon. */
class HostileSchemasTest {
    /** Far above what any of these needs, far below what the square of their length takes. */
    private static final Duration TOO_LONG_ON_ANY_MACHINE = Duration.ofSeconds(60);

    static Stream<Arguments> hostile() {
        var deepMessages = "syntax = \"proto3\"; " + "message M { ".repeat(50_000);
        var manyFields = "{\"type\":\"record\",\"name\":\"R\",\"fields\":["
                + IntStream.range(0, 15_000)
                        .mapToObj(i -> "{\"name\":\"f" + i + "\",\"type\":[\"null\",\"string\"],\"default\":null}")
                        .collect(Collectors.joining(","))
                + "]}";
        var manyRules = "{\"properties\":{"
                + IntStream.range(0, 5_000)
                        .mapToObj(i -> "\"p" + i + "\":{\"type\":\"string\",\"maxLength\":-1}")
                        .collect(Collectors.joining(","))
                + "}}";
        return Stream.of(
                arguments("PROTOBUF", deepMessages),
                arguments("PROTOBUF", "/*".repeat(100_000)),
                arguments("PROTOBUF", "syntax = \"proto3\"; message M {" + "repeated ".repeat(50_000)),
                arguments("PROTOBUF", "option (a) = " + "{ b: ".repeat(50_000)),
                arguments("AVRO", "[".repeat(500_000)),
                arguments("AVRO", "{\"type\":".repeat(100_000)),
                arguments("AVRO", manyFields),
                arguments("JSON", "{\"not\":".repeat(100_000)),
                arguments("JSON", "x".repeat(1_000_000)),
                arguments("JSON", manyRules));
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void isAnsweredSoon(String type, String text) {
        var language = SchemaChecks.standard().find(type).orElseThrow();

        assertTimeoutPreemptively(TOO_LONG_ON_ANY_MACHINE, () -> {
            var findings = language.check(new SchemaText(text, List.of()));
            assertThat(findings)
                    .hasSizeLessThan(50)
                    .allSatisfy(finding -> assertThat(finding.toString()).hasSizeLessThan(2_000));
        });
    }

    static Stream<Arguments> hostilePairs() {
        var union = IntStream.range(0, 5_000)
                .mapToObj(i -> "{\"type\":\"enum\",\"name\":\"E" + i + "\",\"symbols\":[\"A\"]}")
                .collect(Collectors.joining(",", "[", "]"));
        var deep = "{\"type\":\"array\",\"items\":".repeat(900) + "\"int\"" + "}".repeat(900);
        var links = IntStream.range(0, 100)
                .mapToObj(i -> new SchemaText.Named(
                        "L" + i,
                        "{\"type\":\"record\",\"name\":\"L" + i
                                + "\",\"fields\":[{\"name\":\"n\",\"type\":[\"null\","
                                + (i == 0 ? "\"int\"" : "\"L" + (i - 1) + "\"") + "]}]}"))
                .toList();
        var chain = new SchemaText("{\"type\":\"array\",\"items\":\"L99\"}", links);
        return Stream.of(
                arguments(new SchemaText(union, List.of()), new SchemaText(union + " ", List.of())),
                arguments(new SchemaText(deep, List.of()), new SchemaText(deep.replace("int", "long"), List.of())),
                arguments(chain, chain));
    }

    @ParameterizedTest
    @MethodSource("hostilePairs")
    void isComparedSoon(SchemaText reader, SchemaText writer) {
        var avro = SchemaChecks.standard().find("AVRO").orElseThrow();

        assertTimeoutPreemptively(TOO_LONG_ON_ANY_MACHINE, () -> {
            assertThat(avro.check(reader)).hasSizeLessThan(50);
            avro.compare(reader, writer);
        });
    }

    @Property(tries = 500)
    void anyTextIsAnsweredWithoutAnException(@ForAll("types") String type, @ForAll("texts") String text) {
        SchemaChecks.standard().find(type).orElseThrow().check(new SchemaText(text, List.of()));
    }

    @Provide
    Arbitrary<String> types() {
        return Arbitraries.of("AVRO", "JSON", "PROTOBUF");
    }

    /** Pieces of all languages in any order, and anything between them. */
    @Provide
    Arbitrary<String> texts() {
        var pieces = Arbitraries.of(
                "{",
                "}",
                "[",
                "]",
                ":",
                ",",
                "\"",
                "\"type\"",
                "\"record\"",
                "\"name\"",
                "\"fields\"",
                "\"default\"",
                "null",
                "1e9",
                "\"$schema\"",
                "\"$ref\"",
                "\"#\"",
                "syntax = \"proto3\";",
                "message M {",
                "enum E {",
                "= 1;",
                "oneof o {",
                "import \"x\";",
                "reserved 1 to max;",
                "//",
                "/*",
                "option",
                "map<string,",
                ">",
                "extensions",
                "group",
                "\\u0000");
        return Arbitraries.oneOf(pieces, Arbitraries.strings().ofMaxLength(5))
                .list()
                .ofMaxSize(20)
                .map(list -> String.join("", list));
    }
}
