package dev.migrator.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.environment.Protection;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ApprovalNeedsTest {
    private static final List<ApprovalNeed> NEEDS = List.of(
            new ApprovalNeed(1, "", "protected"),
            new ApprovalNeed(2, "", "by-two"),
            new ApprovalNeed(2, "", "also-by-two"),
            new ApprovalNeed(1, "owners", "orders"),
            new ApprovalNeed(3, "owners", "many"),
            new ApprovalNeed(1, "dba", "tables"));

    @Property(tries = 100)
    void ofEachGroupTheMostCountsWhateverTheOrder(@ForAll Random random, @ForAll @IntRange(max = 6) int cut) {
        var shuffled = new ArrayList<>(NEEDS);
        Collections.shuffle(shuffled, random);

        assertThat(ApprovalNeeds.merged(shuffled.subList(0, cut), shuffled.subList(cut, shuffled.size())))
                .containsExactly(
                        new ApprovalNeed(2, "", "also-by-two"),
                        new ApprovalNeed(1, "dba", "tables"),
                        new ApprovalNeed(3, "owners", "many"));
    }

    @Test
    void inWordsEachSaysHowManyOfWhomAndWhoAsks() {
        assertThat(ApprovalNeeds.text(ApprovalNeeds.merged(NEEDS)))
                .isEqualTo("2 approvals (also-by-two), 1 of dba (tables), 3 of owners (many)");
        assertThat(ApprovalNeeds.text(ApprovalNeeds.of(Protection.PROTECTED))).isEqualTo("1 approval (protected)");
        assertThat(ApprovalNeeds.text(ApprovalNeeds.of(Protection.OPEN))).isEqualTo("no approval");
        assertThat(ApprovalNeeds.text(ApprovalNeeds.of(Protection.PROTECTED, true)))
                .isEqualTo("2 approvals (one-way)");
        assertThat(ApprovalNeeds.of(Protection.OPEN, true)).isEmpty();
    }
}
