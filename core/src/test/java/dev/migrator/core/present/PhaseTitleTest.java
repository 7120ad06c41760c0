package dev.migrator.core.present;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.environment.Bake;
import dev.migrator.core.plan.Batch;
import dev.migrator.core.plan.Phase;
import java.util.List;
import org.junit.jupiter.api.Test;

class PhaseTitleTest {
    private static Phase phase(String selects, String bake) {
        return new Phase(
                0,
                "canary",
                List.of(new Batch(0, "kafka", List.of(SamplePlans.legacy()))),
                List.of(),
                selects,
                Bake.parse(bake));
    }

    @Test
    void aPhaseSaysWhatItSelectsAndHowLongItBakes() {
        assertThat(PhaseTitle.of(phase("", "0s"))).isEqualTo("canary");
        assertThat(PhaseTitle.of(phase("tier=canary", "0s"))).isEqualTo("canary (tier=canary)");
        assertThat(PhaseTitle.of(phase("", "10m"))).isEqualTo("canary, bake 10m");
        assertThat(PhaseTitle.of(phase("tier=canary", "10m"))).isEqualTo("canary, bake 10m (tier=canary)");
    }

    @Test
    void nothingThatABundleSaysStandsWhereTheBakeDoes() {
        assertThat(PhaseTitle.of(phase("tier=canary, bake 24h", "0s"))).isEqualTo("canary (tier=canary, bake 24h)");
        assertThat(PhaseTitle.of(phase("tier=canary, bake 24h", "1s")))
                .isEqualTo("canary, bake 1s (tier=canary, bake 24h)");
    }

    /** Whoever approves has to see it, in whatever form they read the plan. */
    @Test
    void everyFormShowsIt() {
        var plan = SamplePlans.plan(List.of(phase("tier=canary", "10m")), List.of());
        var frame = PlanFrame.BARE;

        assertThat(PlanText.of(plan, frame).plain()).contains("canary, bake 10m (tier=canary)");
        assertThat(PlanMarkdown.of(plan, frame).replace("&#40;", "(").replace("&#41;", ")"))
                .contains("canary, bake 10m (tier=canary)");
        assertThat(PlanHtml.of(plan, frame)).contains("canary, bake 10m (tier=canary)");
        assertThat(PlanJson.text(plan, frame)).contains("\"bake\":\"10m\"", "\"selects\":\"tier=canary\"");
    }
}
