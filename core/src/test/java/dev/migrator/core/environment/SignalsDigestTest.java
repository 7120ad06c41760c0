package dev.migrator.core.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SignalsDigestTest {
    private static MonitoredSignal signal(
            String source, String metric, Map<String, String> series, String every, String min, String max) {
        return new MonitoredSignal(
                source,
                metric,
                new TreeMap<>(series),
                Grace.parse(every),
                Optional.ofNullable(min).map(BigDecimal::new),
                Optional.ofNullable(max).map(BigDecimal::new));
    }

    @Test
    void whoDeclaresNothingHasNone() {
        assertThat(SignalsDigest.of(List.of())).isEmpty();
    }

    @Test
    void howATimeOrABoundIsWrittenChangesNothing() {
        assertThat(SignalsDigest.of(List.of(signal("a", "m", Map.of(), "60s", "0.0", "100"))))
                .isEqualTo(SignalsDigest.of(List.of(signal("a", "m", Map.of(), "1m", "0", "1E+2"))));
    }

    @Test
    void aBoundMayBeLongerThanACanonicalNumber() {
        assertThat(SignalsDigest.of(List.of(signal("a", "m", Map.of(), "1m", null, "1E+400"))))
                .isPresent();
    }

    @Test
    void whateverIsDeclaredOtherwiseIsSeen() {
        var all = List.of(
                signal("a", "m", Map.of(), "1m", null, null),
                signal("b", "m", Map.of(), "1m", null, null),
                signal("a", "n", Map.of(), "1m", null, null),
                signal("a", "m", Map.of("k", "v"), "1m", null, null),
                signal("a", "m", Map.of("k", "w"), "1m", null, null),
                signal("a", "m", Map.of(), "2m", null, null),
                signal("a", "m", Map.of(), "1m", "1", null),
                signal("a", "m", Map.of(), "1m", null, "1"));

        assertThat(all.stream().map(one -> SignalsDigest.of(List.of(one)))).doesNotHaveDuplicates();
        assertThat(SignalsDigest.of(all)).isNotEqualTo(SignalsDigest.of(all.subList(1, all.size())));
    }

    @Property(tries = 100)
    void orderChangesNothing(@ForAll @IntRange(min = 1, max = 20) int count, @ForAll long seed) {
        var declared = IntStream.range(0, count)
                .mapToObj(i -> signal("s" + i % 5, "m" + i, Map.of("k", "v" + i % 3), "30s", null, "" + i))
                .toList();
        var shuffled = new ArrayList<>(declared);
        Collections.shuffle(shuffled, new Random(seed));

        assertThat(SignalsDigest.of(shuffled)).isEqualTo(SignalsDigest.of(declared));
    }
}
