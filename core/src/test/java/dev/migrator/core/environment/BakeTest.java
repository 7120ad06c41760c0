package dev.migrator.core.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BakeTest {
    @ParameterizedTest
    @CsvSource({"90s,PT90S", "10m,PT10M", "1440m,PT24H", "24h,PT24H", "1d,PT24H", "9999s,PT9999S"})
    void isWrittenInWholeUnitsAsPeopleWriteThem(String text, Duration duration) {
        assertThat(Bake.parse(text).duration()).isEqualTo(duration);
        assertThat(Bake.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"25h", "1441m", "2d", "", "10", "m", "-1m", "010m", "10 m", "10M", "1w", "99999s"})
    void isAtMostADayAndOfNoOtherForm(String text) {
        assertThatThrownBy(() -> Bake.parse(text)).isInstanceOf(IllegalArgumentException.class);
        assertThat(text).doesNotMatch(Bake.FORM);
    }

    /** What a schema accepts can be read, and nothing else. */
    static Stream<String> everyTime() {
        return IntStream.rangeClosed(0, 10_000)
                .boxed()
                .flatMap(number -> Stream.of("s", "m", "h", "d").map(unit -> number + unit));
    }

    @Test
    void theFormOfTheSchemasIsExactlyWhatCanBeRead() {
        assertThat(everyTime().filter(text -> text.matches(Bake.FORM)).toList())
                .isEqualTo(everyTime().filter(BakeTest::canBeRead).toList())
                .hasSize(10_000 + 1_441 + 25 + 2);
    }

    private static boolean canBeRead(String text) {
        try {
            Bake.parse(text);
            return true;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    @Test
    void noTimeAtAllIsOneThingInAnyUnit() {
        assertThat(Bake.parse("0h")).isEqualTo(Bake.NONE).isEqualTo(Bake.parse("0s"));
        assertThat(Bake.NONE.isNone()).isTrue();
    }

    @Test
    void theLongerOfTwoCounts() {
        assertThat(Bake.parse("90s").orLonger(Bake.parse("1m"))).hasToString("90s");
        assertThat(Bake.parse("90s").orLonger(Bake.parse("2m"))).hasToString("2m");
        assertThat(Bake.parse("60m").orLonger(Bake.parse("1h"))).hasToString("60m");
        assertThat(Bake.NONE.orLonger(Bake.parse("1s"))).hasToString("1s");
    }

    @Test
    void endsSoLongAfterTheVerdict() {
        assertThat(Bake.parse("10m").after(Instant.parse("2026-12-01T12:00:00Z")))
                .isEqualTo("2026-12-01T12:10:00Z");
    }
}
