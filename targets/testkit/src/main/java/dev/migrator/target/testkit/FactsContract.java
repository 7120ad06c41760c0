package dev.migrator.target.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.target.SystemFacts;
import org.junit.jupiter.api.Test;

/** What a target tells about what it runs on: enough to compare, bounded, and always the same. */
public abstract class FactsContract extends TargetContract {
    @Test
    void theVersionIsAlwaysAmongThem() throws Exception {
        assertThat(writer().facts().values()).containsKey(SystemFacts.VERSION);
        assertThat(writer().facts().values().get(SystemFacts.VERSION)).isNotBlank();
    }

    @Test
    void theyAreTheSameWhenAskedAgain() throws Exception {
        assertThat(writer().facts()).isEqualTo(writer().facts());
    }

    @Test
    void theyAreBoundedAndFreeOfWhatTellsOneSystemFromAnother() throws Exception {
        var facts = writer().facts();

        assertThat(facts.values()).hasSizeLessThanOrEqualTo(SystemFacts.MAX_VALUES);
        assertThat(facts.values().values())
                .allSatisfy(text -> assertThat(text).hasSizeLessThanOrEqualTo(SystemFacts.MAX_LENGTH));
        var identity = writer().identity();
        if (!identity.isEmpty()) {
            assertThat(facts.values().values()).noneMatch(text -> text.contains(identity));
        }
    }

    @Test
    void theyDoNotGrowWithWhatTheTargetHolds() throws Exception {
        var before = writer().facts().values().keySet();
        for (KindHarness kind : harness.kinds()) {
            created(kind);
        }
        settle();

        assertThat(writer().facts().values().keySet()).isEqualTo(before);
    }
}
