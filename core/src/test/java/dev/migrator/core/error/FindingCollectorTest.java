package dev.migrator.core.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class FindingCollectorTest {
    @Test
    void errorsAreKeptBeforeWarningsAndTheOthersAreCountedByCode() {
        var collector = new FindingCollector(2);
        collector.add(warning("TOP-A", 1));
        collector.add(error("TOP-B", 9));
        collector.add(warning("TOP-C", 2));
        collector.add(error("TOP-B", 8));

        assertThat(collector.kept()).containsExactly(error("TOP-B", 8), error("TOP-B", 9));
        assertThat(collector.summaryOfLeft()).isEqualTo("2 more: 1 TOP-A, 1 TOP-C");
        assertThat(collector.stops()).isTrue();
    }

    @Test
    void theSameFindingCountsOnce() {
        var collector = new FindingCollector(5);
        collector.add(error("TOP-A", 1));
        collector.add(error("TOP-A", 1));

        assertThat(collector.kept()).hasSize(1);
        assertThat(collector.summaryOfLeft()).isEmpty();
    }

    @Property(tries = 100)
    void theOrderInWhichFindingsComeMakesNoDifference(
            @ForAll @IntRange(min = 0, max = 60) int count,
            @ForAll @IntRange(min = 1, max = 20) int most,
            @ForAll long seed) {
        List<Finding> findings = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            findings.add(i % 3 == 0 ? warning("TOP-" + (i % 4), i) : error("TOP-" + (i % 5), i));
        }
        var straight = collected(findings, most);
        Collections.shuffle(findings, new Random(seed));
        var shuffled = collected(findings, most);

        assertThat(shuffled.kept()).isEqualTo(straight.kept()).hasSize(Math.min(count, most));
        assertThat(shuffled.left()).isEqualTo(straight.left());
        assertThat(shuffled.countLeft()).isEqualTo(Math.max(0, count - most));
    }

    private static FindingCollector collected(List<Finding> findings, int most) {
        var collector = new FindingCollector(most);
        collector.addAll(findings);
        return collector;
    }

    private static Finding error(String code, int line) {
        return Finding.error(Problem.of(code, "something")).at("a.yaml", line);
    }

    private static Finding warning(String code, int line) {
        return Finding.warning(Problem.of(code, "something")).at("a.yaml", line);
    }
}
