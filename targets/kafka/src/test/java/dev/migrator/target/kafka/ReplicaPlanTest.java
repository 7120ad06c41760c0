package dev.migrator.target.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Where copies go to, and which of them go. */
class ReplicaPlanTest {
    private static final Map<Integer, String> RACKS = Map.of(1, "a", 2, "a", 3, "b", 4, "b", 5, "c");
    private static final Map<Integer, String> NO_RACKS = Map.of(1, "", 2, "", 3, "");

    @Test
    void copiesGoToOtherRacksFirst() {
        assertThat(plan(RACKS, 1).of(partition(1), 3)).containsExactly(1, 3, 5);
        assertThat(plan(RACKS, 1).of(partition(1), 5)).containsExactly(1, 3, 5, 2, 4);
    }

    @Test
    void withoutRacksTheBrokersWithTheFewestCopiesGetThem() {
        var plan = plan(NO_RACKS, 1, 1, 2);

        assertThat(plan.of(partition(1), 2)).containsExactly(1, 3);
        assertThat(plan.of(partition(1), 2)).as("each has one now, the lowest").containsExactly(1, 2);
        assertThat(plan.of(partition(2), 2)).containsExactly(2, 3);
    }

    @Test
    void theLastCopiesGoFirst() {
        assertThat(plan(NO_RACKS).of(partition(3, 1, 2), 2)).containsExactly(3, 1);
        assertThat(plan(NO_RACKS).of(partition(3, 1, 2), 1)).containsExactly(3);
    }

    @Test
    void aCopyThatIsBehindGoesBeforeOneThatHasEverything() {
        var behind = new ReplicaPlan.Partition(List.of(1, 2, 3), Set.of(1, 3), Optional.of(1));

        assertThat(plan(NO_RACKS).of(behind, 2)).containsExactly(1, 3);
    }

    @Test
    void theLeaderStaysToTheEnd() {
        var led = new ReplicaPlan.Partition(List.of(1, 2, 3), Set.of(1, 2, 3), Optional.of(3));

        assertThat(plan(NO_RACKS).of(led, 2)).containsExactly(1, 3);
        assertThat(plan(NO_RACKS).of(led, 1)).containsExactly(3);
    }

    @Test
    void asManyAsThereAreChangesNothing() {
        assertThat(plan(NO_RACKS).of(partition(2, 3), 2)).containsExactly(2, 3);
    }

    private static ReplicaPlan plan(Map<Integer, String> racks, int... holders) {
        return new ReplicaPlan(
                racks,
                IntStream.of(holders).mapToObj(ReplicaPlanTest::partition).toList());
    }

    private static ReplicaPlan.Partition partition(int... replicas) {
        var all = IntStream.of(replicas).boxed().toList();
        return new ReplicaPlan.Partition(all, Set.copyOf(all), Optional.of(all.getFirst()));
    }
}
