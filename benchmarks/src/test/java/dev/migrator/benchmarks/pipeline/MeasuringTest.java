package dev.migrator.benchmarks.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.core.canonical.Value;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The small parts that figures are made with. */
class MeasuringTest {
    @Test
    void aHopGoesFromTheFirstQuestionToTheLastAnswer() {
        var timeline = new Timeline(List.of(
                new Mark("migration.results", "BatchAnswered APPLY_BATCH", 40),
                new Mark("migration.batches", "ApplyBatch", 10),
                new Mark("migration.batches", "ApplyBatch", 50),
                new Mark("migration.results", "BatchAnswered APPLY_BATCH", 90)));

        assertThat(timeline.between("ApplyBatch", "BatchAnswered APPLY_BATCH")).hasValue(80);
        assertThat(timeline.between("ApplyBatch", "SUCCEEDED")).isEmpty();
        assertThat(timeline.total()).isEqualTo(80);
    }

    @Test
    void aPercentileIsAValueThatWasMeasured() {
        assertThat(OneOperation.percentile(List.of(5L, 1L, 4L, 2L, 3L), 50)).isEqualTo(3);
        assertThat(OneOperation.percentile(List.of(5L, 1L, 4L, 2L, 3L), 99)).isEqualTo(5);
        assertThat(OneOperation.percentile(List.of(), 50)).isZero();
    }

    @Test
    void metricsAreReadFromThePageOfAService() {
        var values = Metrics.parse("""
                # HELP migrator_target_convergence_seconds
                # TYPE migrator_target_convergence_seconds summary
                migrator_target_convergence_seconds_count{command="close"} 3
                migrator_target_convergence_seconds_sum{command="close"} 0.25
                migrator_target_convergence_seconds_sum{command="apply-batch"} 1.5E-1
                jvm_threads_live_threads 30.0
                """);

        assertThat(Metrics.sum(values, "migrator_target_convergence_seconds_sum", "command=\"close\""))
                .isEqualTo(0.25);
        assertThat(Metrics.sum(values, "migrator_target_convergence_seconds_sum", ""))
                .isEqualTo(0.4);
        assertThat(Metrics.sum(values, "jvm_threads_live_threads", "")).isEqualTo(30);
    }

    @Test
    void aLoadHoldsAPairForEachOfItsSizeAndOneThatStays() {
        var load = new Load("load.", 3);

        assertThat(resources(load.bundle(Load.FIRST))).hasSize(8);
        assertThat(resources(load.failingBundle(Load.FIRST))).hasSize(9);
        assertThat(resources(load.absentBundle(Load.FIRST)).stream()
                        .filter(manifest -> ((Value.Obj) manifest).get("state").equals(Value.of("absent"))))
                .hasSize(6);
    }

    private static List<Value> resources(Value.Obj bundle) {
        return ((Value.Arr) bundle.get("resources")).items();
    }

    @Test
    void argumentsAreReadAndMistakesAreNamed() {
        var asked = Arguments.parse(List.of("--sizes", "20,30", "--one-operation", "0", "--folder", "/tmp/there"));

        assertThat(asked.sizes()).containsExactly(20, 30);
        assertThat(asked.oneOperation()).isZero();
        assertThat(asked.folder()).isEqualTo(Path.of("/tmp/there"));
        assertThatThrownBy(() -> Arguments.parse(List.of("--sizes", "many"))).hasMessageContaining("many");
        assertThatThrownBy(() -> Arguments.parse(List.of("--size", "1"))).hasMessageContaining("--size");
    }
}
