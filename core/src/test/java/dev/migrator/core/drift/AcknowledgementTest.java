package dev.migrator.core.drift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.model.EntryKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class AcknowledgementTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    @Test
    void itCoversExactlyWhatWasFoundUntilItsTime() {
        var acknowledged = acknowledging(finding("u-1", "topic", "1"));

        assertThat(acknowledged.covers(finding("u-1", "topic", "1"), NOW)).isTrue();
        assertThat(acknowledged.covers(finding("u-1", "topic", "1"), NOW.plusSeconds(60)))
                .as("its time has come")
                .isFalse();
        assertThat(acknowledged.covers(finding("u-1", "topic", "2"), NOW)).isFalse();
        assertThat(acknowledged.covers(finding("u-2", "topic", "1"), NOW)).isFalse();
        assertThat(acknowledged.covers(finding("u-1", "acl", "1"), NOW)).isFalse();
    }

    @Test
    void onlyAnEnvironmentWhoseFindingsAreAllAcknowledgedCountsAsSuch() {
        var one = finding("u-1", "topic", "1");
        var two = finding("u-2", "topic", "1");

        assertThat(state(report(2, true, one, two), _ -> Optional.of(acknowledging(one))))
                .isEqualTo("ACKNOWLEDGED");
        assertThat(state(
                        report(2, true, one, two),
                        found -> found == one ? Optional.of(acknowledging(one)) : Optional.empty()))
                .isEqualTo("DRIFTED");
        assertThat(state(report(3, true, one, two), _ -> Optional.of(acknowledging(one))))
                .as("one that does not show")
                .isEqualTo("DRIFTED");
        assertThat(state(report(2, false, one, two), _ -> Optional.of(acknowledging(one))))
                .as("not everything was read")
                .isEqualTo("UNKNOWN");
        assertThat(state(report(0, true), _ -> Optional.empty())).isEqualTo("CLEAN");
    }

    private static String state(DriftReport report, Function<DriftFinding, Optional<Acknowledgement>> acknowledged) {
        return ((Value.Text) DriftJson.toValue(report, NOW, acknowledged).get("state")).value();
    }

    private static DriftReport report(long drifted, boolean complete, DriftFinding... findings) {
        var problem = complete ? Optional.<Problem>empty() : Optional.of(Problem.of("TGT-AWAY", "away"));
        var target = new DriftReport.Target("kafka", 9, Optional.of(NOW), problem);
        var report = DriftReport.of("test", NOW, Duration.ofHours(1), List.of(target), List.of(findings), "");
        return new DriftReport(
                "test", NOW, report.freshUntil(), report.targets(), drifted, report.findings(), Optional.empty(), "");
    }

    private static Acknowledgement acknowledging(DriftFinding finding) {
        return new Acknowledgement(
                "test",
                finding.uid(),
                finding.key().kind(),
                finding.found(),
                "alice",
                "known",
                NOW,
                NOW.plusSeconds(60));
    }

    private static DriftFinding finding(String uid, String kind, String found) {
        return new DriftFinding(
                uid,
                "default",
                new EntryKey("kafka", kind, uid),
                List.of(new DriftFinding.Field("f", found)),
                1,
                Digest.ofText(found),
                "m-1",
                NOW);
    }
}
