package dev.migrator.core.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Removal;
import org.junit.jupiter.api.Test;

class StateVerdictTest {
    private final EntryKey orders = new EntryKey("kafka", "topic", "orders");
    private final Content day = Content.of("config.retention.ms", Value.of("86400000"));
    private final Content week = Content.of("config.retention.ms", Value.of("604800000"));
    private final Content hour = Content.of("config.retention.ms", Value.of("3600000"));

    @Test
    void anUpdateThatStillShowsTheOldValueIsNotYetThere() {
        assertThat(judge(new Operation.Update(orders, week, day), present(week)))
                .isInstanceOf(StateVerdict.NotYet.class);
    }

    @Test
    void anUpdateThatShowsAThirdValueIsWrong() {
        assertThat(judge(new Operation.Update(orders, week, day), present(hour)))
                .isInstanceOfSatisfying(StateVerdict.Wrong.class, wrong -> {
                    assertThat(wrong.problem().expected()).contains("86400000");
                    assertThat(wrong.problem().found()).contains("3600000").doesNotContain("604800000");
                });
    }

    @Test
    void anUpdateOfAnEntryThatVanishedIsWrong() {
        assertThat(judge(new Operation.Update(orders, week, day), EntryState.ABSENT))
                .isInstanceOf(StateVerdict.Wrong.class);
    }

    @Test
    void aCreatedEntryMayCarryMoreThanWasPlanned() {
        var more = Content.of(java.util.Map.of(
                "config.retention.ms", Value.of("86400000"), "config.cleanup.policy", Value.of("compact")));
        assertThat(judge(new Operation.Create(orders, day), present(more))).isInstanceOf(StateVerdict.AsPlanned.class);
    }

    @Test
    void aCreatedEntryThatIsNotShownIsNotYetThere() {
        assertThat(judge(new Operation.Create(orders, day), EntryState.ABSENT)).isInstanceOf(StateVerdict.NotYet.class);
    }

    @Test
    void aRetiredEntryCountsAsDeleted() {
        assertThat(judge(new Operation.Delete(orders, day, Removal.RETIRE), new EntryState.Retired(day, "id-1")))
                .isInstanceOf(StateVerdict.AsPlanned.class);
    }

    @Test
    void aDeletedEntryThatShowsOtherContentIsWrong() {
        assertThat(judge(new Operation.Delete(orders, day, Removal.RETIRE), present(hour)))
                .isInstanceOf(StateVerdict.Wrong.class);
    }

    private static StateVerdict judge(Operation operation, EntryState found) {
        return StateVerdict.of(operation, found);
    }

    private static EntryState present(Content content) {
        return new EntryState.Present(content, "id-1");
    }
}
