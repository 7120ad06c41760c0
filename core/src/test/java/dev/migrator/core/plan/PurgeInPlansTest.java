package dev.migrator.core.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.present.PlanFrame;
import dev.migrator.core.present.PlanJson;
import dev.migrator.core.present.PlanMarkdown;
import dev.migrator.core.present.PlanText;
import dev.migrator.core.present.Reversibility;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What was retired goes for good: a plan says so in its bytes and in words, and never that it can be undone. */
class PurgeInPlansTest {
    private static final EntryKey KEY = new EntryKey("kafka", "topic", "orders.legacy");
    private static final Operation PURGE =
            new Operation.Delete(KEY, Content.of("partitions", Value.of(3)), Removal.PURGE);

    private final Plan plan = plan(planned(PURGE, Risk.ONE_WAY, UndoClass.NONE));

    @Test
    void itComesBackFromItsBytes() {
        assertThat(PlanCodec.read(PlanCodec.bytes(plan))).isEqualTo(plan);
    }

    @Test
    void bytesThatSayItCanBeUndoneAreRefused() {
        var text = new String(PlanCodec.bytes(plan), StandardCharsets.UTF_8);

        for (var lie : List.of(
                text.replace("\"undo\":\"NONE\"", "\"undo\":\"EXACT\""),
                text.replace("\"risk\":\"ONE_WAY\"", "\"risk\":\"DESTRUCTIVE\""))) {
            assertThat(lie).isNotEqualTo(text);
            assertThatThrownBy(() -> PlanCodec.read(lie.getBytes(StandardCharsets.UTF_8)))
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            e -> assertThat(e.problem().code()).isEqualTo("PLN-FORMAT"));
        }
    }

    @Test
    void itIsOneWayWhateverTheTargetCan() {
        assertThatThrownBy(() -> planned(PURGE, Risk.DESTRUCTIVE, UndoClass.NONE))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> planned(PURGE, Risk.ONE_WAY, UndoClass.RETAINED))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void itIsAnotherChangeThanTheRetirementBeforeIt() {
        var retire = new Operation.Delete(KEY, Content.of("partitions", Value.of(3)), Removal.RETIRE);

        assertThat(planned(PURGE, Risk.ONE_WAY, UndoClass.NONE).changeFingerprint())
                .isNotEqualTo(planned(retire, Risk.DESTRUCTIVE, UndoClass.EXACT).changeFingerprint());
    }

    @Test
    void whoApprovesReadsThatNothingBringsItBack() {
        assertThat(Reversibility.of(planned(PURGE, Risk.ONE_WAY, UndoClass.NONE)))
                .isEqualTo(Reversibility.ONE_WAY);
        assertThat(PlanText.of(plan, PlanFrame.BARE).plain())
                .contains("purge 1")
                .contains("ONE WAY");
        assertThat(PlanMarkdown.of(plan, PlanFrame.BARE))
                .contains("retire 0, purge 1")
                .contains("nothing brings it back");
        assertThat(PlanJson.text(plan, PlanFrame.BARE))
                .contains("\"do\":\"purge\"")
                .contains("\"inverse\":null");
    }

    private static PlannedOperation planned(Operation operation, Risk risk, UndoClass undo) {
        return new PlannedOperation("uid-1", "Topic/orders-legacy", operation, "life-1", risk, undo, List.of());
    }

    private static Plan plan(PlannedOperation operation) {
        var digest = Digest.ofText("");
        var phase = new Phase(0, "rest", List.of(new Batch(0, "kafka", List.of(operation))), List.of());
        return new Plan(
                "production", digest, digest, digest, List.of(phase), List.of(), List.of(), List.of(), List.of());
    }
}
