package dev.migrator.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AsOfTest {
    private static final ZonedDateTime NOW = ZonedDateTime.parse("2026-01-02T14:30:10.5+01:00[Europe/Berlin]");

    @ParameterizedTest
    @CsvSource({
        "14:05, 2026-01-02T13:05:00Z",
        "14:05:30, 2026-01-02T13:05:30Z",
        "14:30:10, 2026-01-02T13:30:10Z",
        "14:30:11, 2026-01-01T13:30:11Z",
        "23:59, 2026-01-01T22:59:00Z",
        "2025-12-24T18:00, 2025-12-24T17:00:00Z",
        "2025-12-24 18:00:05, 2025-12-24T17:00:05Z",
        "2025-07-01T18:00, 2025-07-01T16:00:00Z",
        "2025-12-24T18:00:00Z, 2025-12-24T18:00:00Z",
        "2025-12-24T18:00:00+05:30, 2025-12-24T12:30:00Z"
    })
    void aTimeIsTheLastOneThatHasPassedAndMeantWhereThePersonIs(String text, Instant meant) {
        assertThat(AsOf.instant(text, NOW)).isEqualTo(meant);
    }

    @Test
    void anHourThatTheClockSkippedIsTheOneAfterIt() {
        var spring = ZonedDateTime.parse("2026-03-29T12:00:00+02:00[Europe/Berlin]");

        assertThat(AsOf.instant("02:30", spring)).isEqualTo(Instant.parse("2026-03-29T01:30:00Z"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-01-02T14:31", "2027-01-01T00:00:00Z", "2026-01-02", "25:00", "yesterday", ""})
    void whatIsNoTimeOrOneToComeIsRefused(String text) {
        assertThatThrownBy(() -> AsOf.instant(text, NOW)).hasMessageContaining("CLI-TIME");
    }
}
