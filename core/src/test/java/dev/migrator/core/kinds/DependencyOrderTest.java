package dev.migrator.core.kinds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.core.model.EntryKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class DependencyOrderTest {
    private static final EntryKey A = key("a");
    private static final EntryKey B = key("b");
    private static final EntryKey C = key("c");

    @Test
    void aNodeIsOneLevelAboveTheHighestThatItNeeds() {
        var order = new DependencyOrder(Map.of(A, Set.of(), B, Set.of(A), C, Set.of(A, B)), _ -> true);

        assertThat(List.of(order.level(A), order.level(B), order.level(C))).containsExactly(0, 1, 2);
    }

    @Test
    void nodesThatDoNotCountPassLevelsOn() {
        var order = new DependencyOrder(Map.of(A, Set.of(), B, Set.of(A), C, Set.of(B)), node -> !node.equals(B));

        assertThat(order.level(C)).isEqualTo(1);
        assertThat(new DependencyOrder(Map.of(A, Set.of(), B, Set.of(A)), _ -> false).level(B))
                .isZero();
    }

    @Test
    void whatIsNeededFromOutsideIsIgnored() {
        assertThat(new DependencyOrder(Map.of(A, Set.of(C)), _ -> true).level(A))
                .isZero();
    }

    @Test
    void aCycleBeginsWithItsLowestKeyAndOnlyItIsNamed() {
        var order =
                new DependencyOrder(Map.of(A, Set.of(B), C, Set.of(B), B, Set.of(C), key("d"), Set.of()), _ -> true);

        assertThat(order.cycles(10)).containsExactly(List.of(B, C));
        assertThat(order.level(key("d"))).isZero();
        assertThatThrownBy(() -> order.level(A)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void everyCycleIsNamedAndThereIsABound() {
        var order = new DependencyOrder(Map.of(A, Set.of(A), B, Set.of(C), C, Set.of(B)), _ -> true);

        assertThat(order.cycles(10)).containsExactly(List.of(A), List.of(B, C));
        assertThat(order.cycles(1)).containsExactly(List.of(A));
    }

    @Property(tries = 200)
    void onAnyGraphLevelsRiseOrACycleIsShown(@ForAll Random random) {
        int size = 1 + random.nextInt(12);
        var needs = new TreeMap<EntryKey, Set<EntryKey>>();
        for (int i = 0; i < size; i++) {
            var needed = new java.util.TreeSet<EntryKey>();
            for (int n = random.nextInt(3); n > 0; n--) {
                needed.add(key("n" + random.nextInt(size)));
            }
            needs.put(key("n" + i), needed);
        }

        var order = new DependencyOrder(needs, _ -> true);
        var cycles = order.cycles(100);

        assertThat(cycles.isEmpty()).isEqualTo(order.sequence().size() == size);
        for (var cycle : cycles) {
            for (int i = 0; i < cycle.size(); i++) {
                assertThat(needs.get(cycle.get(i))).contains(cycle.get((i + 1) % cycle.size()));
            }
        }
        var done = new ArrayList<EntryKey>();
        for (var node : order.sequence()) {
            assertThat(done).containsAll(needs.get(node));
            needs.get(node).forEach(needed -> assertThat(order.level(node)).isGreaterThan(order.level(needed)));
            done.add(node);
        }
    }

    @Test
    void aLongChainTakesNoStack() {
        var needs = new TreeMap<EntryKey, Set<EntryKey>>();
        for (int i = 0; i < 50_000; i++) {
            needs.put(key("n" + i), i == 0 ? Set.of() : Set.of(key("n" + (i - 1))));
        }

        assertThat(new DependencyOrder(needs, _ -> true).level(key("n49999"))).isEqualTo(49_999);
    }

    private static EntryKey key(String name) {
        return new EntryKey("t", "k", name);
    }
}
