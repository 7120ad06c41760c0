package dev.migrator.core.canonical;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.core.error.ProblemException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalJsonTest {
    @Test
    void namesAreSortedAndWhiteSpaceIsGone() {
        var written = CanonicalJson.text(CanonicalJson.parse(" { \"b\" : [ 1 , true , null ] ,\n \"a\" : \"x\" } "));

        assertThat(written).isEqualTo("{\"a\":\"x\",\"b\":[1,true,null]}");
    }

    @ParameterizedTest
    @CsvSource({"1.0,1", "1e2,100", "-0,0", "0.0,0", "1E-2,0.01", "10,10", "-1.50,-1.5", "0e99,0"})
    void oneNumberHasOneForm(String read, String written) {
        assertThat(CanonicalJson.text(CanonicalJson.parse(read))).isEqualTo(written);
    }

    @Test
    void onlyTheEscapesThatJsonDemandsAreWritten() {
        var text = CanonicalJson.parse("\"\\u0041\\/\\u00e9\\u0001\\n\\\"\\\\\"");

        assertThat(CanonicalJson.text(text)).isEqualTo("\"A/é\\u0001\\n\\\"\\\\\"");
    }

    @Test
    void halfASurrogatePairSurvivesBeingWritten() {
        var lone = Value.of("a\ud800b\udc00\ud83d\ude00");

        assertThat(CanonicalJson.parse(CanonicalJson.bytes(lone))).isEqualTo(lone);
        assertThat(CanonicalJson.text(lone)).contains("\\ud800", "\\udc00", "\ud83d\ude00");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "[",
                "[1,]",
                "[1 2]",
                "{\"a\":1,}",
                "{a:1}",
                "{\"a\" 1}",
                "{\"a\":1 \"b\":2}",
                "01",
                "+1",
                "1.",
                ".5",
                "1e",
                "--1",
                "NaN",
                "Infinity",
                "tru",
                "nul",
                "'a'",
                "\"a",
                "\"\\x\"",
                "\"\\u12\"",
                "\"\t\"",
                "1 2",
                "{} x",
                "\u00a01",
                "// 1",
                "\ufeff1"
            })
    void whatIsNotJsonIsRefusedWithItsPlace(String text) {
        assertThatThrownBy(() -> CanonicalJson.parse(text)).isInstanceOfSatisfying(ProblemException.class, e -> {
            assertThat(e.problem().code()).isEqualTo("JSN-SYNTAX");
            assertThat(e.problem().thing()).startsWith("character ");
            assertThat(e.problem().expected()).isNotEmpty();
            assertThat(e.problem().found()).isNotEmpty();
        });
    }

    @Test
    void aNameThatIsThereTwiceIsRefused() {
        refused("{\"a\":1,\"a\":1}", "JSN-SYNTAX");
        refused("{\"a\":{\"b\":1,\"c\":2,\"\\u0062\":3}}", "JSN-SYNTAX");
    }

    @Test
    void nestingIsBoundedBeforeTheStackIs() {
        refused("[".repeat(100_000), "JSN-LIMIT");
        refused("{\"a\":".repeat(100_000), "JSN-LIMIT");
        var deepest = "[".repeat(64) + "]".repeat(64);
        assertThat(CanonicalJson.text(CanonicalJson.parse(deepest))).isEqualTo(deepest);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e99", "-1e64", "1e-63", "1e999999999", "1e-999999999"})
    void aNumberWhoseWrittenFormCouldNotBeReadAgainIsRefused(String number) {
        assertThatThrownBy(() -> CanonicalJson.parse(number)).isInstanceOf(ProblemException.class);
    }

    @Test
    void aNumberOfManyDigitsIsRefused() {
        refused("1".repeat(65), "JSN-LIMIT");
        refused("1".repeat(1_000_000), "JSN-LIMIT");
        assertThat(CanonicalJson.text(CanonicalJson.parse("9".repeat(64)))).hasSize(64);
    }

    @Test
    void noNumberCanBeMadeThatTakesAllMemoryToWrite() {
        assertThatThrownBy(() -> new Value.Num(new BigDecimal("1e1000000000")))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo("JSN-LIMIT"));
        assertThat(new Value.Num(new BigDecimal("0e1000000000"))).isEqualTo(Value.of(0));
    }

    @Test
    void bytesThatAreNotUtf8AreRefused() {
        for (var bytes : List.of(
                new byte[] {'"', (byte) 0xff, '"'},
                new byte[] {'"', (byte) 0xc0, (byte) 0x80, '"'},
                new byte[] {'"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"'},
                new byte[] {'"', (byte) 0xe2, (byte) 0x82, '"'})) {
            assertThatThrownBy(() -> CanonicalJson.parse(bytes))
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            e -> assertThat(e.problem().code()).isEqualTo("JSN-SYNTAX"));
        }
    }

    @Test
    void theDigestIsThatOfTheCanonicalBytes() {
        var value = CanonicalJson.parse("{\"b\":1.0,\"a\":2}");

        assertThat(Digest.of(value)).isEqualTo(Digest.of("{\"a\":2,\"b\":1}".getBytes(StandardCharsets.UTF_8)));
        // echo -n abc | sha256sum
        assertThat(Digest.ofText("abc").toString())
                .isEqualTo("sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "sha256:", "abc", "sha256:ABC", "md5:ba7816bf8f01cfea414140de5dae2223"})
    void whatIsNoDigestIsNotReadAsOne(String text) {
        assertThatThrownBy(() -> Digest.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aDigestIsReadInBothItsForms() {
        var digest = Digest.ofText("x");

        assertThat(Digest.parse(digest.toString())).isEqualTo(digest);
        assertThat(Digest.parse(digest.hex())).isEqualTo(digest);
    }

    private static void refused(String text, String code) {
        assertThatThrownBy(() -> CanonicalJson.parse(text))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo(code));
    }
}
