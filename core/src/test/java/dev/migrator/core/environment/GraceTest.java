package dev.migrator.core.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GraceTest {
    @ParameterizedTest
    @CsvSource({"0s,PT0S", "90s,PT1M30S", "15m,PT15M", "36h,PT36H", "7d,PT168H", "9999d,PT239976H"})
    void isReadAndWrittenAsPeopleDo(String text, Duration duration) {
        var grace = Grace.parse(text);

        assertThat(grace.duration()).isEqualTo(duration);
        assertThat(grace).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "7", "d", "-1d", "07d", "7 d", "7w", "10000s", "7D", "1.5h", "7d\n"})
    void anotherFormIsRefused(String text) {
        assertThatThrownBy(() -> Grace.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void isOverAfterItsTime() {
        assertThat(Grace.USUAL.after(Instant.parse("2026-12-01T12:00:00Z")))
                .isEqualTo(Instant.parse("2026-12-08T12:00:00Z"));
    }
}
