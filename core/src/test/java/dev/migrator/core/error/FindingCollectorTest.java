package dev.migrator.core.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class FindingCollectorTest {
    private static final int MOST = 10;

    @Property
    void theOrderInWhichTheyComeMakesNoDifference(@ForAll("floods") List<Finding> findings, @ForAll long seed) {
        var shuffled = new ArrayList<>(new HashSet<>(findings));
        var one = collected(shuffled);
        Collections.shuffle(shuffled, new Random(seed));

        assertThat(collected(shuffled).bounded("TST-MORE")).isEqualTo(one.bounded("TST-MORE"));
    }

    @Property
    void asManyAsThereIsRoomForAreNamedAndTheOthersCounted(@ForAll("floods") List<Finding> findings) {
        var distinct = new TreeSet<>(findings);
        var collector = collected(findings.size() % 2 == 0 ? distinct : distinct.descendingSet());

        assertThat(collector.named()).hasSize(Math.min(MOST, distinct.size())).isSorted();
        assertThat(distinct).containsAll(collector.named());
        assertThat(collector.leftOut().values().stream()
                        .mapToInt(Integer::intValue)
                        .sum())
                .isEqualTo(distinct.size() - collector.named().size());
        assertThat(collector.stops()).isEqualTo(distinct.stream().anyMatch(Finding::stops));
    }

    @Property
    void noCodeIsHiddenByAnotherAsLongAsThereIsRoom(@ForAll("floods") List<Finding> findings) {
        var named = collected(findings).named();

        // at most 3 codes of errors and 3 of warnings: each has a place
        assertThat(named.stream().filter(Finding::stops).map(it -> it.problem().code()))
                .containsAll(findings.stream()
                        .filter(Finding::stops)
                        .map(it -> it.problem().code())
                        .toList());
        long errors = findings.stream().filter(Finding::stops).distinct().count();
        assertThat(named.stream().filter(Finding::stops).count()).isEqualTo(Math.min(MOST, errors));
    }

    @Property
    void ofOneCodeTheFirstOnesAreNamed(@ForAll("floods") List<Finding> findings) {
        var named = new HashSet<>(collected(findings).named());

        for (var finding : new HashSet<>(findings)) {
            if (!named.contains(finding)) {
                assertThat(named.stream()
                                .filter(it -> it.severity() == finding.severity()
                                        && it.problem()
                                                .code()
                                                .equals(finding.problem().code()))
                                .filter(it -> it.compareTo(finding) > 0))
                        .as("named, and after one that is not")
                        .isEmpty();
            }
        }
    }

    @Test
    void aFloodIsHeldInBoundedMemory() {
        var collector = new FindingCollector(1_000);
        for (int i = 0; i < 1_000_000; i++) {
            collector.add(finding(Finding.Severity.WARNING, "TST-A", i));
        }
        collector.add(finding(Finding.Severity.ERROR, "TST-Z", 0));

        assertThat(collector.stops()).isTrue();
        assertThat(collector.bounded("TST-MORE")).hasSize(1_001).last().satisfies(last -> {
            assertThat(last.severity()).isEqualTo(Finding.Severity.WARNING);
            assertThat(last.problem().found())
                    .endsWith("more: " + collector.leftOut().get("TST-A") + " TST-A");
        });
        assertThat(collector.leftOut().get("TST-A")).isEqualTo(999_001);
    }

    @Test
    void whatSeveralSayIsCountedOnce() {
        var all = new FindingCollector(MOST);
        for (int view = 0; view < 3; view++) {
            var one = new FindingCollector(MOST);
            for (int i = 0; i < 100 + view; i++) {
                one.add(finding(Finding.Severity.ERROR, "TST-A", i));
            }
            all.addAll(one.named());
            all.countAsMuchAs(one);
        }

        assertThat(all.named()).hasSize(MOST);
        assertThat(all.leftOut()).isEqualTo(java.util.Map.of("TST-A", 92));
    }

    @Test
    void whatFitsIsSaidAsItIs() {
        var findings =
                List.of(finding(Finding.Severity.ERROR, "TST-A", 1), finding(Finding.Severity.WARNING, "TST-B", 2));

        assertThat(collected(findings).bounded("TST-MORE")).isEqualTo(findings);
        assertThat(collected(List.of()).bounded("TST-MORE")).isEmpty();
        assertThat(collected(List.of()).stops()).isFalse();
    }

    @Provide
    Arbitrary<List<Finding>> floods() {
        return Combinators.combine(
                        Arbitraries.of(Finding.Severity.values()),
                        Arbitraries.of("TST-A", "TST-B", "TST-C"),
                        Arbitraries.integers().between(0, 40))
                .as(FindingCollectorTest::finding)
                .list()
                .ofMaxSize(120);
    }

    private static Finding finding(Finding.Severity severity, String code, int number) {
        return new Finding(severity, Problem.of(code, "message").about("thing " + number), "f" + number % 3, number);
    }

    private static FindingCollector collected(Iterable<Finding> findings) {
        var collector = new FindingCollector(MOST);
        findings.forEach(collector::add);
        return collector;
    }
}
