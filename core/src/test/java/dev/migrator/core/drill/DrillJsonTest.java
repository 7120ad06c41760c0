package dev.migrator.core.drill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.lifecycle.MigrationId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DrillJsonTest {
    private static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");
    private static final DrillReport PASSED = new DrillReport(
            "production",
            "r-1",
            new MigrationId("m-1"),
            "stage",
            DrillFault.LOST_ANSWER,
            Optional.of("topic orders (kafka)"),
            5,
            3,
            Duration.ofMillis(1_234),
            Optional.of(Digest.ofText("before")),
            Optional.of(Digest.ofText("before")),
            Optional.empty(),
            "carol",
            AT,
            "4be21d0/m-1/drill.json",
            Optional.of(Digest.ofText("evidence")));

    @Test
    void whatIsWrittenIsReadAgain() {
        var refused = DrillReport.refused(
                "production",
                "r-2",
                new MigrationId("m-2"),
                "",
                DrillFault.CRASH,
                Problem.of(DrillReport.NOTHING, "nothing of it can be drilled").about("migration m-2"),
                "schedule",
                AT);

        for (var report : new DrillReport[] {PASSED, refused}) {
            var text = CanonicalJson.text(DrillJson.toValue(report));
            assertThat(DrillJson.fromValue(CanonicalJson.parse(text))).isEqualTo(report);
        }
        assertThat(DrillJson.toValue(PASSED).get("passed")).isEqualTo(Value.of(true));
        assertThat(DrillJson.toValue(refused).get("telling")).isEqualTo(Value.of(false));
    }

    @Test
    void theNextOneIsDueOnceTheIntervalHasPassedAndOverdueAfterAnother() {
        var interval = new DrillInterval(Duration.ofDays(7));

        assertThat(interval.due(AT)).isEqualTo("2026-01-09T03:04:05Z");
        assertThat(interval.overdue(AT)).isEqualTo("2026-01-16T03:04:05Z");
    }
}
