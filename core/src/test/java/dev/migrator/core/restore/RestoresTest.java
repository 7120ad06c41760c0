package dev.migrator.core.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.core.bundle.Bundle;
import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntrySelection;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Batch;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Phase;
import dev.migrator.core.plan.Plan;
import dev.migrator.core.plan.PlannedOperation;
import dev.migrator.core.plan.PutBack;
import dev.migrator.core.plan.Removal;
import dev.migrator.core.plan.Risk;
import dev.migrator.core.plan.UndoClass;
import dev.migrator.core.snapshot.Coverage;
import dev.migrator.core.snapshot.Snapshots;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RestoresTest {
    private static final Instant ENDED = Instant.parse("2026-01-02T03:04:05Z");
    private static final EntryKey ORDERS = new EntryKey("kafka", "topic", "orders");
    private static final EntryKey REFUNDS = new EntryKey("kafka", "topic", "refunds");
    private static final EntryKey GONE = new EntryKey("kafka", "topic", "gone");
    private static final EntryKey ACL = new EntryKey("kafka", "acl", "User:a READ TOPIC orders");
    private static final Content WEEK = Content.of("config.retention.ms", Value.of("604800000"));
    private static final Content DAY = Content.of("config.retention.ms", Value.of("86400000"));

    private static SortedMap<EntryKey, EntryState> states() {
        var states = new TreeMap<EntryKey, EntryState>();
        states.put(ORDERS, new EntryState.Present(WEEK, "life-1"));
        states.put(REFUNDS, new EntryState.Present(DAY, "life-2"));
        states.put(GONE, EntryState.ABSENT);
        states.put(ACL, new EntryState.Present(Content.EMPTY, ""));
        return states;
    }

    private static Restore of(Coverage covers, EntrySelection selection, boolean removing) {
        return Restores.ofSnapshot("s-1", new Snapshots().take(states(), covers), selection, false, removing);
    }

    private static EntrySelection kind(String kind) {
        return new EntrySelection(Optional.empty(), Optional.of(kind), Optional.empty());
    }

    @Test
    void aSnapshotGivesWhatWasThereAndSaysNothingOfWhatWasNot() {
        var restore = of(Snapshots.wholeTargets(), EntrySelection.ALL, false);

        assertThat(restore.environment()).isEqualTo("production");
        assertThat(restore.source().title()).isEqualTo("snapshot s-1");
        assertThat(restore.what().entries()).extracting(PutBack.Wanted::key).containsExactly(ACL, ORDERS, REFUNDS);
        assertThat(restore.what().removing()).isEmpty();
    }

    @Test
    void whatWasDoneIsNotDoneAgainBecauseItWasRecorded() {
        var states = states();
        states.put(new EntryKey("cache", "action", "flush {}"), new EntryState.Present(Content.EMPTY, ""));

        var restore = Restores.ofSnapshot(
                "s-1", new Snapshots().take(states, Snapshots.wholeTargets()), EntrySelection.ALL, false, true);

        assertThat(restore.what().entries())
                .extracting(PutBack.Wanted::key)
                .extracting(EntryKey::kind)
                .doesNotContain("action")
                .contains("topic");
    }

    @Test
    void aSelectionTakesOneKindOrOneEntry() {
        assertThat(of(Snapshots.wholeTargets(), kind("acl"), false).what().entries())
                .extracting(PutBack.Wanted::key)
                .containsExactly(ACL);
        assertThat(of(
                                Snapshots.wholeTargets(),
                                new EntrySelection(Optional.of("kafka"), Optional.empty(), Optional.of("orders")),
                                false)
                        .what()
                        .entries())
                .extracting(PutBack.Wanted::key)
                .containsExactly(ORDERS);
    }

    @Test
    void removingIsOnlyOfWhatASnapshotListsToItsEnd() {
        var partly = new Coverage.OfTargets(
                "r-1",
                "ann",
                List.of(new Coverage.Target(
                        "kafka",
                        List.of(
                                new Coverage.Listed("acl", Optional.of("TGT-FORBIDDEN")),
                                new Coverage.Listed("topic", Optional.empty())))));

        assertThat(of(partly, EntrySelection.ALL, true).what().removing())
                .containsExactly(new PutBack.Covered("kafka", "topic"));
        assertThat(of(Snapshots.wholeTargets(), kind("acl"), true).what().removing())
                .containsExactly(new PutBack.Covered("kafka", "acl"), new PutBack.Covered("registry", "acl"));
        assertThat(of(Snapshots.plan(), EntrySelection.ALL, true).what().removing())
                .isEmpty();
        assertThat(of(Snapshots.plan(), EntrySelection.ALL, true).what().entries())
                .contains(new PutBack.Wanted(GONE, Optional.empty(), Optional.empty()));
        assertThat(of(
                                Snapshots.wholeTargets(),
                                new EntrySelection(Optional.empty(), Optional.empty(), Optional.of("orders")),
                                true)
                        .what()
                        .removing())
                .as("one entry says nothing of the others")
                .isEmpty();
    }

    @Test
    void rowsAreNeverRemovedAsOnlySomeTablesAreListed() {
        var rows = new Coverage.OfTargets(
                "r-1",
                "ann",
                List.of(new Coverage.Target(
                        "kafka",
                        List.of(
                                new Coverage.Listed("row", Optional.empty()),
                                new Coverage.Listed("topic", Optional.empty())))));

        assertThat(of(rows, EntrySelection.ALL, true).what().removing())
                .containsExactly(new PutBack.Covered("kafka", "topic"));
    }

    @Test
    void nothingFollowsFromASnapshotWithoutAnyOfIt() {
        assertThatThrownBy(() -> of(Snapshots.wholeTargets(), kind("quota"), true))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo("RST-NOTHING"));
    }

    @Test
    void aMigrationGivesWhatItFoundForWhatItWrote() {
        var restore = Restores.ofMigration("m-1", Digest.ofText("plan"), plan(Removal.RETIRE), ENDED);

        assertThat(restore.source().title()).isEqualTo("migration m-1");
        assertThat(restore.what().entries())
                .extracting(
                        PutBack.Wanted::key,
                        PutBack.Wanted::content,
                        wanted -> wanted.left().orElseThrow().content())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(GONE, Optional.of(WEEK), Optional.empty()),
                        org.assertj.core.groups.Tuple.tuple(ORDERS, Optional.empty(), Optional.of(WEEK)),
                        org.assertj.core.groups.Tuple.tuple(REFUNDS, Optional.of(DAY), Optional.of(WEEK)));
        assertThat(restore.what().changes())
                .containsExactlyElementsOf(plan(Removal.RETIRE)
                        .operations()
                        .map(PlannedOperation::changeFingerprint)
                        .sorted()
                        .toList());
    }

    @Test
    void whatWasRemovedForGoodCannotBeReverted() {
        assertThatThrownBy(() -> Restores.ofMigration("m-1", Digest.ofText("plan"), plan(Removal.PURGE), ENDED))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo("RST-PURGED"));
    }

    @Test
    void theDocumentIsReadAgainFromItsBytesAndIsNoBundle() {
        var revert = Restores.ofMigration("m-1", Digest.ofText("plan"), plan(Removal.RETIRE), ENDED);
        var restore = of(Snapshots.wholeTargets(), EntrySelection.ALL, true);

        for (var document : List.of(revert, restore)) {
            var value = CanonicalJson.parse(RestoreCodec.bytes(document));
            assertThat(RestoreCodec.isOne(value)).isTrue();
            assertThat(RestoreCodec.read(value)).isEqualTo(document);
        }
        assertThat(RestoreCodec.isOne(Value.object("kind", Value.of(Bundle.KIND))))
                .isFalse();
    }

    @Test
    void whatIsNoSuchDocumentIsRefused() {
        var fields = new TreeMap<>(RestoreCodec.toValue(of(Snapshots.wholeTargets(), EntrySelection.ALL, false))
                .fields());
        fields.remove("entries");

        assertThatThrownBy(() -> RestoreCodec.read(Value.object(fields)))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo("RST-FORMAT"));
    }

    private static Plan plan(Removal removal) {
        var operations = List.of(
                planned(new Operation.Create(ORDERS, WEEK), Risk.ADDITIVE, UndoClass.EXACT),
                planned(new Operation.Update(REFUNDS, DAY, WEEK), Risk.MUTATING, UndoClass.EXACT),
                removal == Removal.PURGE
                        ? planned(new Operation.Delete(GONE, WEEK, removal), Risk.ONE_WAY, UndoClass.NONE)
                        : planned(new Operation.Delete(GONE, WEEK, removal), Risk.DESTRUCTIVE, UndoClass.EXACT));
        return new Plan(
                "production",
                Digest.ofText("bundle"),
                Digest.ofText("policy"),
                Digest.ofText("before"),
                List.of(new Phase(0, "all", List.of(new Batch(0, "kafka", operations)), List.of())),
                List.of(),
                List.of());
    }

    private static PlannedOperation planned(Operation operation, Risk risk, UndoClass undo) {
        return new PlannedOperation("uid", "Topic/" + operation.key().address(), operation, "", risk, undo, List.of());
    }
}
