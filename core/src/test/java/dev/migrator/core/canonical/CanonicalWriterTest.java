package dev.migrator.core.canonical;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Pieces come out as the whole does, and nothing that is not canonical comes out at all. */
class CanonicalWriterTest {
    private static final Value WHOLE = Value.object(
            "empty", Value.array(List.of()),
            "items", Value.array(List.of(Value.of(1), Value.object("é\u0001\ud83d\ude00\ud800", Value.of(true)))),
            "none", Value.object(),
            "text", Value.of("\"quoted\"\\\n"));

    private static void pieces(CanonicalWriter out) {
        out.beginObject();
        out.name("empty").beginArray().end();
        out.name("items").beginArray();
        out.value(Value.of(1));
        out.beginObject()
                .name("é\u0001\ud83d\ude00\ud800")
                .value(Value.of(true))
                .end();
        out.end();
        out.name("none").beginObject().end();
        out.name("text").value("\"quoted\"\\\n");
        out.end();
    }

    @Test
    void piecesAreTheBytesOfTheWhole() {
        assertThat(new String(CanonicalWriter.bytes(CanonicalWriterTest::pieces), StandardCharsets.UTF_8))
                .isEqualTo(CanonicalJson.text(WHOLE))
                .isEqualTo("{\"empty\":[],\"items\":[1,{\"é\\u0001\ud83d\ude00\\ud800\":true}],\"none\":{},"
                        + "\"text\":\"\\\"quoted\\\"\\\\\\n\"}");
        assertThat(CanonicalWriter.digest(CanonicalWriterTest::pieces))
                .isEqualTo(Digest.of(CanonicalJson.bytes(WHOLE)));
    }

    @Test
    void textsLongerThanABufferComeOutWhole() {
        var text = "é€\ud83d\ude00x".repeat(5_000);
        assertThat(CanonicalJson.text(Value.of(text))).isEqualTo('"' + text + '"');
    }

    @Test
    void onlyTheSameBytesMatch() {
        var bytes = CanonicalJson.bytes(WHOLE);
        assertThat(CanonicalWriter.matches(bytes, CanonicalWriterTest::pieces)).isTrue();
        for (int i = 0; i < bytes.length; i++) {
            var changed = bytes.clone();
            changed[i] ^= 1;
            assertThat(CanonicalWriter.matches(changed, CanonicalWriterTest::pieces))
                    .isFalse();
        }
        assertThat(CanonicalWriter.matches(
                        java.util.Arrays.copyOf(bytes, bytes.length - 1), CanonicalWriterTest::pieces))
                .isFalse();
        assertThat(CanonicalWriter.matches(
                        java.util.Arrays.copyOf(bytes, bytes.length + 1), CanonicalWriterTest::pieces))
                .isFalse();
    }

    @Test
    void whatIsNotCanonicalIsRefused() {
        assertRefused(out -> out.beginObject().name("b").value("").name("a"));
        assertRefused(out -> out.beginObject().name("a").value("").name("a"));
        assertRefused(out -> out.beginObject().name("a").name("b"));
        assertRefused(out -> out.beginObject().value("without a name"));
        assertRefused(out -> out.beginArray().name("a"));
        assertRefused(out -> out.beginObject().name("a").end());
        assertRefused(CanonicalWriter::beginArray);
    }

    private static void assertRefused(java.util.function.Consumer<CanonicalWriter> written) {
        assertThatThrownBy(() -> CanonicalWriter.bytes(written)).isInstanceOf(IllegalStateException.class);
    }
}
