package dev.migrator.benchmarks.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.lifecycle.MigrationState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** That the tables and the JSON say what was measured. */
class ReportTest {
    private static final Row APPLIED =
            new Row(1_000, "create: apply", new Run.Part(2_500, 500), Optional.of(new Floor.Time(1_000, 2_000)));
    private static final Row PLANNED = new Row(1_000, "create: plan", new Run.Part(300, 0), Optional.empty());

    private final Report report = new Report(
            List.of(APPLIED, PLANNED),
            Optional.of(new OneOperation(List.of(run("one", 40)))),
            List.of(new ServiceFigures("planner-service", 180, 200, 60, 4_200)));

    @Test
    void eachStepStandsBesideItsFloorWithAndWithoutTheWait() {
        assertThat(report.text())
                .contains("| 1,000 + 1,000 | create: apply | 2.50 | 0.50 | 1.00 | 2.00 | 2.00 | 1.25 |")
                .contains("| 1,000 + 1,000 | create: plan | 0.30 | 0.00 |  |  |  |  |");
    }

    @Test
    void theHopsOfOneOperationAndTheServicesFollow() {
        assertThat(report.text())
                .contains("One operation, 1 runs: p50 100 ms, p99 100 ms; without waiting for convergence p50 60 ms")
                .contains("| ChangeRequested | PlanRequested | 30 | 30 |")
                .contains("| planner-service | 180 | 200 | 60 | 4.20 |");
    }

    @Test
    void theJsonHoldsTheSameFigures() {
        var json = (Value.Obj) CanonicalJson.parse(report.json());
        var first = (Value.Obj) ((Value.Arr) json.get("steps")).items().getFirst();

        assertThat(first.get("millis")).isEqualTo(Value.of(2_500));
        assertThat(first.get("convergingMillis")).isEqualTo(Value.of(500));
        assertThat(first.get("ratio")).isEqualTo(Value.of(2));
        assertThat(((Value.Arr) json.get("services")).items()).hasSize(1);
        assertThat(((Value.Obj) json.get("oneOperation")).get("p50WithoutConvergenceMillis"))
                .isEqualTo(Value.of(60));
    }

    @Test
    void aFloorOfNoTimeGivesNoRatio() {
        var row = new Row(20, "apply", new Run.Part(10, 0), Optional.of(new Floor.Time(0, 0)));

        assertThat(row.ratio()).isEmpty();
    }

    private static Run run(String id, long converging) {
        var timeline = new Timeline(List.of(
                new Mark("migration.changes", "ChangeRequested", 1_000),
                new Mark("migration.tasks", "PlanRequested", 1_030),
                new Mark("migration.status", "SUCCEEDED", 1_100)));
        return new Run(id, MigrationState.SUCCEEDED, timeline, Map.of("apply-batch", converging));
    }
}
