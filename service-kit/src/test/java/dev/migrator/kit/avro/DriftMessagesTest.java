package dev.migrator.kit.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.drift.Acknowledgement;
import dev.migrator.core.drift.DriftFinding;
import dev.migrator.core.drift.DriftReport;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.model.EntryKey;
import dev.migrator.events.v1.DriftAcknowledged;
import dev.migrator.events.v1.DriftReported;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DriftMessagesTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final Problem AWAY = new Problem("TGT-AWAY", "away", "kafka", "an answer", "none", "wait");

    @TempDir
    Path folder;

    @Test
    void aReportComesBackAsItWas() {
        var finding = finding(2);
        var read = new DriftReport.Target("kafka", 7, Optional.of(NOW), Optional.empty());
        var unread = new DriftReport.Target("registry", 1, Optional.empty(), Optional.of(AWAY));
        var full = new DriftReport(
                "test", NOW, NOW.plusSeconds(9), List.of(read, unread), 12, List.of(finding), Optional.of(AWAY), "r-1");

        assertThat(throughBytes(full)).isEqualTo(full);
        var empty = DriftReport.unknown("test", NOW, AWAY, "");
        assertThat(throughBytes(empty)).isEqualTo(empty);
    }

    @Test
    void anAcknowledgementComesBackAsItWas() {
        var acknowledged = new Acknowledgement(
                "test", "u-1", "topic", Digest.ofText("found"), "alice", "known", NOW, NOW.plusSeconds(9));
        var wire = new Wire(new FakeSchemas(), folder);

        var decoded = (Decoded.Message) wire.decode(wire.encode(DriftMessages.of(acknowledged)));

        assertThat(DriftMessages.acknowledgement((DriftAcknowledged) decoded.value()))
                .isEqualTo(acknowledged);
    }

    @Test
    void theLargestReportFitsIntoARecord() {
        var findings = Collections.nCopies(DriftReport.MAX_FIELDS / 20, finding(20));
        var report = new DriftReport("test", NOW, NOW, List.of(), 1_000_000, findings, Optional.empty(), "r-1");

        assertThat(new Wire(new FakeSchemas(), folder).encode(DriftMessages.of(report)).length)
                .isLessThan(4 << 20);
    }

    @Test
    void aDigestThatIsNoneIsRefused() {
        var event = DriftMessages.of(
                new DriftReport("test", NOW, NOW, List.of(), 1, List.of(finding(1)), Optional.empty(), ""));
        event.getFindings().getFirst().put("found", "sha256:no");

        assertThatThrownBy(() -> DriftMessages.report(event)).isInstanceOf(ProblemException.class);
    }

    /** As long as names and values get. */
    private static DriftFinding finding(int fields) {
        return new DriftFinding(
                "u-" + "1".repeat(200),
                "orders",
                new EntryKey("kafka", "topic", "t".repeat(249)),
                Collections.nCopies(fields, new DriftFinding.Field("c".repeat(250), "€".repeat(96))),
                fields,
                Digest.ofText("found"),
                "m-1",
                NOW);
    }

    private DriftReport throughBytes(DriftReport report) {
        var wire = new Wire(new FakeSchemas(), folder);
        var decoded = (Decoded.Message) wire.decode(wire.encode(DriftMessages.of(report)));
        return DriftMessages.report((DriftReported) decoded.value());
    }
}
