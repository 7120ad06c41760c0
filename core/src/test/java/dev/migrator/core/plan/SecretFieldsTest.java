package dev.migrator.core.plan;

import static dev.migrator.core.bundle.TestManifests.bundle;
import static dev.migrator.core.bundle.TestManifests.topic;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.environment.DriftDecision;
import dev.migrator.core.inventory.KnownEntry;
import dev.migrator.core.kinds.DesiredEntry;
import dev.migrator.core.kinds.Kinds;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.CompareAndSet.Judgement;
import dev.migrator.core.verdict.StateVerdict;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A secret is written and never read: nothing is concluded from what a target does not show. */
class SecretFieldsTest {
    private static final EntryKey KEY = Planning.topic("t");
    private static final String PASSWORD = Content.SECRET + "password";
    private static final Value FIRST = Value.of("${secret:first}");
    private static final Value SECOND = Value.of("${secret:second}");
    private static final EntryState SHOWN = new EntryState.Present(Content.of("f", Value.of(1)), "life");

    @Test
    void anEntryThatIsThereHoldsItsSecretAsFarAsAnybodyCanTell() {
        assertThat(between(wanted(1, FIRST), Optional.empty())).isInstanceOf(Difference.Same.class);
        assertThat(between(wanted(1, FIRST), known(FIRST))).isInstanceOf(Difference.Same.class);
        assertThat(CompareAndSet.judge(new Operation.Create(KEY, content(1, FIRST)), SHOWN))
                .isEqualTo(new Judgement.AlreadyApplied());
        assertThat(StateVerdict.of(new Operation.Create(KEY, content(1, FIRST)), SHOWN))
                .isEqualTo(new StateVerdict.AsPlanned());
    }

    @Test
    void anotherReferenceIsAnotherSecretAndTheOneBeforeIsGone() {
        var change = (Difference.Change) between(wanted(1, SECOND), known(FIRST));

        assertThat(change.step().operation())
                .isEqualTo(new Operation.Update(KEY, Content.of(PASSWORD, Value.NULL), Content.of(PASSWORD, SECOND)));
        assertThat(change.step().assessment().risk()).isEqualTo(Risk.ONE_WAY);
        assertThat(change.ending().warnings())
                .extracting(problem -> problem.code() + " " + problem.found())
                .containsExactly("PLN-ONE-WAY another secret; the one before cannot be read back");
    }

    @Test
    void anyChangeBringsTheSecretAlongAndItsUndoingToo() {
        var change = (Difference.Change) between(wanted(2, FIRST), known(FIRST));

        assertThat(change.step().operation())
                .isEqualTo(new Operation.Update(KEY, content(1, FIRST), content(2, FIRST)));
        assertThat(change.step().isOneWay()).isFalse();
    }

    @Test
    void aDeleteKeepsTheReferenceForItsUndoing() {
        var absent = new DesiredEntry(
                KEY,
                "u",
                bundle(topic("t")).resources().getFirst().asAbsent(),
                Content.of(PASSWORD, FIRST),
                new java.util.TreeSet<>());

        var change = (Difference.Change) between(absent, Optional.empty());

        assertThat(change.step().operation().inverse()).isEqualTo(new Operation.Create(KEY, content(1, FIRST)));
    }

    @Test
    void aSecretAloneIsWrittenEachTimeAndWhatDiffersElseIsStillAConflict() {
        var replaced = new Operation.Update(KEY, Content.of(PASSWORD, FIRST), Content.of(PASSWORD, SECOND));
        var both = new Operation.Update(KEY, content(1, FIRST), content(2, FIRST));

        assertThat(CompareAndSet.judge(replaced, SHOWN)).isEqualTo(new Judgement.Write());
        assertThat(CompareAndSet.judge(replaced, EntryState.ABSENT))
                .isEqualTo(new Judgement.Conflict(EntryState.ABSENT));
        assertThat(CompareAndSet.judge(both, SHOWN)).isEqualTo(new Judgement.Write());
        assertThat(CompareAndSet.judge(both.inverse(), SHOWN)).isEqualTo(new Judgement.AlreadyApplied());
        assertThat(CompareAndSet.judge(new Operation.Update(KEY, content(3, FIRST), content(2, FIRST)), SHOWN))
                .isEqualTo(new Judgement.Conflict(SHOWN));
    }

    @Test
    void theStateHashAndDriftPassOverSecrets() {
        var pairs = StateHash.pairs(List.of(new Operation.Update(KEY, content(1, FIRST), content(2, FIRST))));

        assertThat(pairs.get(KEY)).containsExactly("f");
        assertThat(known(FIRST).orElseThrow().changedIn(((EntryState.Present) SHOWN).content()))
                .isEmpty();
    }

    private static Difference between(DesiredEntry wanted, Optional<KnownEntry> last) {
        return Difference.between(
                wanted,
                SHOWN,
                new Standing(last, Optional.empty(), false, List.of()),
                DriftDecision.KEEP,
                Kinds.standard(),
                Map.of("kafka", Planning.EVERYTHING));
    }

    private static DesiredEntry wanted(int f, Value secret) {
        return DesiredEntry.of(KEY, "u", bundle(topic("t")).resources().getFirst(), content(f, secret));
    }

    private static Content content(int f, Value secret) {
        return Content.of(new TreeMap<>(Map.of("f", Value.of(f), PASSWORD, secret)));
    }

    private static Optional<KnownEntry> known(Value secret) {
        return Optional.of(new KnownEntry(
                "u",
                "default",
                KEY,
                "life",
                KnownEntry.fingerprints(content(1, secret)),
                false,
                List.of(),
                false,
                "m"));
    }
}
