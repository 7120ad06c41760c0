package dev.migrator.core.present;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.impact.Surroundings;
import dev.migrator.core.model.Content;
import dev.migrator.core.plan.Batch;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Phase;
import dev.migrator.core.plan.Plan;
import dev.migrator.core.plan.Risk;
import dev.migrator.core.plan.UndoClass;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanTextTest {
    private final Plan plan = SamplePlans.plan();

    @Test
    void aPlanReadsAsItWasReviewed() throws IOException {
        Golden.assertIs("plan.txt", PlanText.of(plan, SamplePlans.frame(plan)).plain());
    }

    @Test
    void aBarePlanSaysNothingThatIsNotKnown() throws IOException {
        Golden.assertIs("plan-bare.txt", PlanText.of(plan, PlanFrame.BARE).plain());
    }

    @Test
    void noLineIsWiderThanATerminal() {
        assertThat(PlanText.of(plan, SamplePlans.frame(plan)).plain().lines())
                .allMatch(line -> line.length() <= 100, "at most 100 columns");
    }

    @Test
    void nothingToDoIsSaid() {
        assertThat(PlanText.of(SamplePlans.nothing(), PlanFrame.BARE).plain()).contains("nothing to do");
    }

    @Test
    void whatWasSeenAroundAnotherPlanIsNotShown() {
        var other = Surroundings.of(Digest.ofText("another plan"), SamplePlans.READ_AT)
                .unchanged(7)
                .impact(SamplePlans.surroundings(plan).impact(), 0);

        var text = PlanText.of(plan, PlanFrame.BARE.seen(other)).plain();

        assertThat(text).isEqualTo(PlanText.of(plan, PlanFrame.BARE).plain());
    }

    @Test
    void coloursAreLeftOutUnlessAskedFor() {
        var text = PlanText.of(plan, SamplePlans.frame(plan));

        assertThat(text.plain()).doesNotContain("\u001b");
        assertThat(text.ansi()).contains("\u001b[32m+ \u001b[0m");
        assertThat(text.ansi().replaceAll("\u001b\\[[0-9;]*m", "").lines().map(String::stripTrailing))
                .containsExactlyElementsOf(text.plain().lines().toList());
    }

    @Test
    void whatComesFromOutsideCannotSteerTheTerminal() {
        var operation = new Operation.Update(
                SamplePlans.topic("t"),
                Content.of("config.odd", Value.of("\u202eab\u001b[2J\r\u2028\ud800")),
                Content.of("config.odd", Value.of("1")));
        var hostile = SamplePlans.plan(
                List.of(new Phase(
                        0,
                        "all",
                        List.of(new Batch(
                                0, "kafka", List.of(SamplePlans.planned(operation, Risk.MUTATING, UndoClass.EXACT)))),
                        List.of())),
                List.of());

        var text = PlanText.of(hostile, PlanFrame.BARE).plain();

        assertThat(text).contains("odd \\u202eab\\u001b[2J\\u000d\\u2028\\ud800 -> 1");
        assertThat(text.replace("\n", "")).doesNotContainPattern("\\p{Cntrl}");
    }

    @Test
    void aLongPlanIsCutAndCountedAndHidesNothingWorseThanWhatItShows() {
        var text = PlanText.of(SamplePlans.large(500), PlanFrame.BARE.atMost(3)).plain();

        assertThat(text)
                .contains(
                        "topic-000000",
                        "topic-000001",
                        "501 - topic orders.legacy",
                        "… and 498 more operations (498 additive); none of them asks for more care than those shown")
                .doesNotContain("topic-000002");
    }

    @ParameterizedTest
    @CsvSource({
        "retention.ms, 604800000, 7d",
        "retention.ms, 3600000, 1h",
        "retention.ms, 1500, 1500ms",
        "retention.ms, -1, -1",
        "segment.bytes, 1073741824, 1GiB",
        "segment.bytes, 1000, 1000B",
        "min.insync.replicas, 2, 2"
    })
    void settingsAreShownInUnitsOfPeople(String setting, String value, String shown) {
        assertThat(Units.shown(setting, value)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 10, no",
        "1, 1000, less than 1 % of",
        "61, 100, about 61 % of",
        "9999, 10000, more than 99 % of",
        "10, 10, all"
    })
    void aShareNeverRoundsALossAway(long part, long of, String words) {
        assertThat(Units.share(part, of)).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({"PT0S, 0 s", "PT59.9S, 59 s", "PT90M, 1 h", "P143D, 143 d"})
    void timePassedIsShownInItsLargestUnit(Duration duration, String words) {
        assertThat(Units.about(duration)).isEqualTo(words);
    }
}
