package dev.migrator.core.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.CompareAndSet.Judgement;
import java.util.List;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class CompareAndSetTest {
    private static final EntryKey KEY = new EntryKey("kafka", "topic", "t");
    private static final Content OLD = Content.of("f", Value.of(1));
    private static final Content NEW = Content.of("f", Value.of(2));
    private static final Content OTHER = Content.of("f", Value.of(3));

    @Test
    void aCreateWritesWhereNothingIsInUse() {
        var create = new Operation.Create(KEY, NEW);

        assertThat(judge(create, EntryState.ABSENT)).isEqualTo(new Judgement.Write());
        assertThat(judge(create, retired(OTHER))).isEqualTo(new Judgement.Write());
        assertThat(judge(create, present(NEW))).isEqualTo(new Judgement.AlreadyApplied());
        assertThat(judge(create, present(OTHER))).isEqualTo(new Judgement.Conflict(present(OTHER)));
    }

    @Test
    void anUpdateWritesOverWhatItExpectedOnly() {
        var update = new Operation.Update(KEY, OLD, NEW);

        assertThat(judge(update, present(OLD))).isEqualTo(new Judgement.Write());
        assertThat(judge(update, present(NEW))).isEqualTo(new Judgement.AlreadyApplied());
        for (var found : List.of(present(OTHER), EntryState.ABSENT, retired(OLD), retired(NEW))) {
            assertThat(judge(update, found)).isEqualTo(new Judgement.Conflict(found));
        }
    }

    @Test
    void anUpdateThatWasCutOffBetweenTwoFieldsGoesOn() {
        var update = new Operation.Update(KEY, pair(1, 1), pair(2, 2));

        assertThat(judge(update, present(pair(2, 1)))).isEqualTo(new Judgement.Write());
        assertThat(judge(update, present(pair(2, 3)))).isInstanceOf(Judgement.Conflict.class);
    }

    @Test
    void aDeleteRemovesWhatItExpectedOnly() {
        var delete = new Operation.Delete(KEY, OLD, Removal.RETIRE);

        assertThat(judge(delete, present(OLD))).isEqualTo(new Judgement.Write());
        assertThat(judge(delete, EntryState.ABSENT)).isEqualTo(new Judgement.AlreadyApplied());
        assertThat(judge(delete, retired(OTHER))).isEqualTo(new Judgement.AlreadyApplied());
        assertThat(judge(delete, present(OTHER))).isEqualTo(new Judgement.Conflict(present(OTHER)));
    }

    @Test
    void aPurgeRemovesWhatIsRetiredAndHoldsWhatItExpectedOnly() {
        var purge = new Operation.Delete(KEY, OLD, Removal.PURGE);

        assertThat(judge(purge, retired(OLD))).isEqualTo(new Judgement.Write());
        assertThat(judge(purge, EntryState.ABSENT)).isEqualTo(new Judgement.AlreadyApplied());
        assertThat(judge(purge, retired(OTHER))).isEqualTo(new Judgement.Conflict(retired(OTHER)));
        assertThat(judge(purge, present(OLD))).isEqualTo(new Judgement.Conflict(present(OLD)));
    }

    @Test
    void aPurgeHasNoInverse() {
        var purge = new Operation.Delete(KEY, OLD, Removal.PURGE);

        assertThat(purge.isPurge()).isTrue();
        assertThat(new Operation.Delete(KEY, OLD, Removal.RETIRE).isPurge()).isFalse();
        assertThatThrownBy(purge::inverse).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void fieldsThatAnOperationDoesNotSpeakOfMakeNoDifference() {
        var more = Content.of(new TreeMap<>(java.util.Map.of("f", Value.of(1), "g", Value.of(9))));

        assertThat(judge(new Operation.Update(KEY, OLD, NEW), present(more))).isEqualTo(new Judgement.Write());
        assertThat(judge(new Operation.Delete(KEY, OLD, Removal.RETIRE), present(more)))
                .isEqualTo(new Judgement.Write());
    }

    @Test
    void aFieldThatIsNotSetIsTheSameAsOneThatIsNull() {
        var unset = new Operation.Update(KEY, Content.of("f", Value.NULL), NEW);

        assertThat(judge(unset, present(Content.EMPTY))).isEqualTo(new Judgement.Write());
        assertThat(judge(unset.inverse(), present(Content.EMPTY))).isEqualTo(new Judgement.AlreadyApplied());
    }

    /** Whatever is found: what may be written once must not be written twice, and what was written can be undone. */
    @Property(tries = 300)
    void writingOnceIsEnoughAndCanBeTakenBack(
            @ForAll @IntRange(max = 2) int kind, @ForAll @IntRange(max = 2) int a, @ForAll @IntRange(max = 2) int b) {
        var operation = operation(kind, a, b);
        for (var found : List.of(EntryState.ABSENT, present(pair(a, b)), present(pair(b, a)), retired(pair(a, b)))) {
            if (judge(operation, found) instanceof Judgement.Write) {
                var world = new World();
                world.put(KEY, found);
                world.applyAll(List.of(operation));
                assertThat(judge(operation, world.state(KEY))).isEqualTo(new Judgement.AlreadyApplied());
                assertThat(judge(operation.inverse(), world.state(KEY)))
                        .isIn(new Judgement.Write(), new Judgement.AlreadyApplied());
            }
        }
    }

    private static Operation operation(int kind, int a, int b) {
        return switch (kind) {
            case 0 -> new Operation.Create(KEY, pair(a, b));
            case 1 -> new Operation.Update(KEY, pair(a, a), pair(b, b));
            default -> new Operation.Delete(KEY, pair(a, b), Removal.RETIRE);
        };
    }

    private static Judgement judge(Operation operation, EntryState found) {
        return CompareAndSet.judge(operation, found);
    }

    private static EntryState present(Content content) {
        return new EntryState.Present(content, "i");
    }

    private static EntryState retired(Content content) {
        return new EntryState.Retired(content, "i");
    }

    private static Content pair(int f, int g) {
        return Content.of(new TreeMap<>(java.util.Map.of("f", Value.of(f), "g", Value.of(g))));
    }
}
