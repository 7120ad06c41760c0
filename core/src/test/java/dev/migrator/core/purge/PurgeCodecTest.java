package dev.migrator.core.purge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.model.EntrySelection;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PurgeCodecTest {
    private static final Purge ALL = new Purge("test", Instant.parse("2026-12-24T18:00:00.123Z"), EntrySelection.ALL);

    @Test
    void whatIsWrittenIsRead() {
        var one = new Purge(
                "production",
                ALL.retiredBy(),
                new EntrySelection(Optional.of("kafka"), Optional.of("topic"), Optional.of("a|b \"c\"")));

        assertThat(PurgeCodec.read(CanonicalJson.parse(PurgeCodec.bytes(one)))).isEqualTo(one);
        assertThat(PurgeCodec.read(CanonicalJson.parse(PurgeCodec.bytes(ALL)))).isEqualTo(ALL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{}",
                "{\"kind\":\"Purge\"}",
                "{\"apiVersion\":\"migrator.dev/v1\",\"kind\":\"Restore\",\"environment\":\"test\",\"retiredBy\":\"2026-12-24T18:00:00Z\",\"selection\":{}}",
                "{\"apiVersion\":\"migrator.dev/v1\",\"kind\":\"Purge\",\"environment\":\"test\",\"retiredBy\":\"yesterday\",\"selection\":{}}",
                "{\"apiVersion\":\"migrator.dev/v1\",\"kind\":\"Purge\",\"environment\":7,\"retiredBy\":\"2026-12-24T18:00:00Z\",\"selection\":{}}",
                "{\"apiVersion\":\"migrator.dev/v1\",\"kind\":\"Purge\",\"environment\":\"test\",\"retiredBy\":\"2026-12-24T18:00:00Z\"}"
            })
    void anythingElseIsRefusedWithACode(String text) {
        var document = CanonicalJson.parse(text.getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> PurgeCodec.read(document))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo("PRG-FORMAT"));
    }
}
