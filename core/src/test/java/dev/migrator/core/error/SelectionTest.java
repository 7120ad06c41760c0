package dev.migrator.core.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SelectionTest {
    @Test
    void fewAreAllThere() {
        var few = List.of(Problem.of("A-A", "a"), Problem.of("B-B", "b"));

        assertThat(Selection.of(few, 2)).isEqualTo(few);
    }

    @Test
    void aFloodOfOneKindHidesNoOtherAndIsCounted() {
        var problems = new ArrayList<Problem>();
        for (int i = 0; i < 1_000; i++) {
            problems.add(Problem.of("A-FLOOD", "a").about("thing " + i));
        }
        problems.add(Problem.of("Z-LAST", "z"));

        var selected = Selection.of(problems, 100);

        assertThat(selected).hasSize(100);
        assertThat(selected.subList(0, 98)).isEqualTo(problems.subList(0, 98));
        assertThat(selected.get(98).code()).isEqualTo("Z-LAST");
        assertThat(selected.getLast().code()).isEqualTo("PLN-MORE-FINDINGS");
        assertThat(selected.getLast().found()).isEqualTo("902 more: 902 A-FLOOD");
    }
}
