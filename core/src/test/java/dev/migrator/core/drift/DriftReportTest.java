package dev.migrator.core.drift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.error.Problem;
import dev.migrator.core.model.EntryKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DriftReportTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final Problem AWAY = Problem.of("TGT-AWAY", "away");

    @Test
    void aReportCountsForItsTimeAndALookThatFailsDoesNotMakeItLast() {
        var report = report(List.of(), 1, 1);

        assertThat(report.isFresh(NOW.plusSeconds(60))).isTrue();
        assertThat(report.isFresh(NOW.plusSeconds(61))).isFalse();
        var later = report.interrupted(NOW.plusSeconds(50), AWAY, "r-1");
        assertThat(later.isFresh(NOW.plusSeconds(61))).isFalse();
        assertThat(later.findings()).isEqualTo(report.findings());
        assertThat(later.drifted()).isEqualTo(1);
        assertThat(DriftReport.unknown("test", NOW, AWAY, "").isFresh(NOW.plusMillis(1)))
                .isFalse();
    }

    @Test
    void itIsAsOldAsTheTargetThatWasReadTheLongestTimeAgo() {
        var read = new DriftReport.Target("kafka", 1, Optional.of(NOW), Optional.empty());
        var old = new DriftReport.Target("registry", 1, Optional.of(NOW.minusSeconds(9)), Optional.of(AWAY));
        var never = new DriftReport.Target("zoo", 1, Optional.empty(), Optional.of(AWAY));

        assertThat(report(List.of(read, old), 0, 0).checkedAt()).contains(NOW.minusSeconds(9));
        assertThat(report(List.of(read, old), 0, 0).isComplete()).isFalse();
        assertThat(report(List.of(read, never), 0, 0).checkedAt()).isEmpty();
        assertThat(report(List.of(), 0, 0).checkedAt()).as("nothing is managed").contains(NOW);
        assertThat(report(List.of(read), 0, 0).isComplete()).isTrue();
    }

    @Test
    void itIsBoundedAndSaysHowManyThereAre() {
        assertThat(report(List.of(), 1_500, 1).findings()).hasSize(DriftReport.MAX_FINDINGS);
        assertThat(report(List.of(), 1_500, 1).drifted()).isEqualTo(1_500);
        assertThat(report(List.of(), 1_000, 20).findings()).hasSize(DriftReport.MAX_FIELDS / 20);
    }

    private static DriftReport report(List<DriftReport.Target> targets, int findings, int fields) {
        var all = IntStream.range(0, findings)
                .mapToObj(i -> new DriftFinding(
                        "u-" + i,
                        "default",
                        new EntryKey("kafka", "topic", "t" + i),
                        Collections.nCopies(fields, new DriftFinding.Field("f", "v")),
                        fields,
                        Digest.ofText("found"),
                        "m-1",
                        NOW))
                .toList();
        return DriftReport.of("test", NOW, Duration.ofSeconds(60), targets, all, "");
    }
}
