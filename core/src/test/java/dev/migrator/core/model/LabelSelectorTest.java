package dev.migrator.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.migrator.core.canonical.Value;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LabelSelectorTest {
    @Test
    void aResourceIsSelectedIfItCarriesAllOfTheLabels() {
        var both = LabelSelector.parse("tier=canary,team=shop");

        assertThat(both.selects(with(Map.of("tier", "canary", "team", "shop", "more", "x"))))
                .isTrue();
        assertThat(both.selects(with(Map.of("tier", "canary")))).isFalse();
        assertThat(both.selects(with(Map.of("tier", "canary", "team", "billing"))))
                .isFalse();
        assertThat(both.selects(with(Map.of()))).isFalse();
    }

    @Test
    void oneSelectionHasOneText() {
        assertThat(LabelSelector.parse("tier=canary, team=shop"))
                .isEqualTo(LabelSelector.parse("team=shop,tier=canary"))
                .hasToString("team=shop,tier=canary");
        assertThat(LabelSelector.parse("a=b c/d").labels()).isEqualTo(Map.of("a", "b c/d"));
    }

    @Test
    void whatSelectsNothingThatThereCouldBeIsRefused() {
        for (var text : new String[] {
            "", "tier", "=canary", "tier=", "tier=a,", "tier=a,tier=b", "tier=a=b", "ti er=a", "tier=a\u0000b"
        }) {
            assertThatIllegalArgumentException().as(text).isThrownBy(() -> LabelSelector.parse(text));
        }
    }

    @Test
    void thereIsABound() {
        var most = IntStream.range(0, LabelSelector.MAX_LABELS)
                .mapToObj(i -> "l" + i + "=x")
                .collect(Collectors.joining(","));

        assertThat(LabelSelector.parse(most).labels()).hasSize(LabelSelector.MAX_LABELS);
        assertThatIllegalArgumentException().isThrownBy(() -> LabelSelector.parse(most + ",more=x"));
    }

    private static Resource with(Map<String, String> labels) {
        return new Resource(
                "Topic", "t", "t", "default", new TreeMap<>(labels), false, Value.object(), Resource.Source.UNKNOWN);
    }
}
