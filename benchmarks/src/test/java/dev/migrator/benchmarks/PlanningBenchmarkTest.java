package dev.migrator.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import org.junit.jupiter.api.Test;

/** That it measures what it says. No figure is asserted: machines differ. */
class PlanningBenchmarkTest {
    @Test
    void aTenthOfTheEstateChangesAndEveryColumnIsFilled() {
        var row = PlanningBenchmark.measure(200);
        assertThat(row.changes()).isEqualTo(20);

        var out = new ByteArrayOutputStream();
        PlanningBenchmark.print(List.of(row), new PrintStream(out, true, UTF_8));
        assertThat(out.toString(UTF_8))
                .contains("resources", "validate", "no change")
                .hasLineCount(2);
    }
}
