package dev.migrator.core.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.lifecycle.Fact.Commanded.Command;
import dev.migrator.core.lifecycle.WorkerAnswer.Result;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class QueueTest {
    private final Shell shell = new Shell();

    private Driver migration(String id, String topic) {
        return new Driver(shell, id, "test").writing(topic);
    }

    @Test
    void overlappingOnesRunOneAfterAnotherInOrderOfArrival() {
        var first = migration("first", "orders").requested();
        var second = migration("second", "orders").requested();
        var third = migration("third", "orders").requested();

        third.planned().snapshotted();
        first.planned().snapshotted();
        second.planned().snapshotted();

        assertThat(third.commandsInShort()).as("nobody else was ready").containsExactly("check");
        assertThat(first.commands()).isEmpty();
        assertThat(first.state()).isEqualTo(MigrationState.QUEUED);
        assertThat(first.status().waitsFor()).isEqualTo("third");
        assertThat(second.status().waitsFor()).isEqualTo("first, third");

        third.answered(Result.DONE).succeeding();

        assertThat(first.commandsInShort()).containsExactly("check");
        assertThat(second.commands()).isEmpty();
        assertThat(second.status().waitsFor()).isEqualTo("first");
    }

    // hashicorp/terraform#28710: list locks
    @Test
    void whoHoldsAScopeAndWhoWaitsForItCanBeSeen() {
        var first = migration("first", "orders").requested();
        assertThat(first.status().lock()).as("before its turn").isEmpty();
        first.planned().snapshotted();
        var second = migration("second", "orders").requested().planned().snapshotted();
        var third = migration("third", "orders").requested().planned().snapshotted();

        var scope = List.of("write topic orders (kafka)");
        assertThat(first.status().lock()).hasValue(new Lock(true, scope, List.of()));
        assertThat(second.status().lock()).hasValue(new Lock(false, scope, List.of("first")));
        assertThat(third.status().lock()).hasValue(new Lock(false, scope, List.of("first", "second")));

        first.answered(Result.DONE).succeeding();

        assertThat(first.status().lock()).isEmpty();
        assertThat(second.status().lock()).hasValue(new Lock(true, scope, List.of()));
        assertThat(third.status().lock()).hasValue(new Lock(false, scope, List.of("second")));
    }

    // ariga/atlas#3476: one global lock blocks unrelated changes
    @Test
    void aHundredAndTwentyDisjointOnesRunSideBySide() {
        var migrations = IntStream.range(0, 120)
                .mapToObj(i -> migration("m-" + i, "topic-" + i).started())
                .toList();

        assertThat(migrations).allSatisfy(one -> {
            assertThat(one.state()).isEqualTo(MigrationState.EXECUTING);
            assertThat(one.commandsInShort()).endsWith("apply 0");
        });
        migrations.forEach(Driver::succeeding);
        assertThat(migrations).allSatisfy(one -> assertThat(one.state()).isEqualTo(MigrationState.SUCCEEDED));
    }

    @Test
    void disjointOnesRunSideBySide() {
        var one = migration("one", "orders").started();
        var other = migration("other", "refunds").started();

        assertThat(one.state()).isEqualTo(MigrationState.EXECUTING);
        assertThat(other.state()).isEqualTo(MigrationState.EXECUTING);
    }

    @Test
    void theScopeIsKeptWhileItIsRolledBackAndFreedAtTheEnd() {
        var one = migration("one", "orders").started().answered(Result.CONFLICT);
        var other = migration("other", "orders")
                .planningOtherwise(" better")
                .requested()
                .planned()
                .snapshotted();
        assertThat(other.commands()).isEmpty();

        one.undone();

        assertThat(one.state()).isEqualTo(MigrationState.ROLLED_BACK);
        assertThat(other.commandsInShort()).containsExactly("check");
    }

    @Test
    void aCancelledOneLetsTheNextPass() {
        var one = migration("one", "orders").requested().planned().snapshotted();
        var other = migration("other", "orders").requested().planned().snapshotted();

        one.commanded(Command.CANCEL);

        assertThat(one.state()).isEqualTo(MigrationState.CANCELLED);
        assertThat(other.commandsInShort()).containsExactly("check");
    }

    @Test
    void oneThatIsPlannedAnewGivesItsScopeBackAndKeepsItsPlace() {
        var one = migration("one", "orders").requested().planned().snapshotted();
        var other = migration("other", "orders").requested().planned().snapshotted();

        one.answered(Result.DIFFERS);

        assertThat(one.environment().placeOf(one.id)).isEqualTo(EnvironmentState.Place.QUEUED);
        assertThat(other.commands()).isEmpty();
        one.planned().snapshotted();
        assertThat(one.commandsInShort()).containsExactly("check", "check");
    }

    @Test
    void oneThatIsPlannedAnewAndNeedsANewApprovalLetsTheNextPass() {
        var one = new Driver(shell, "one", "production").writing("orders");
        one.requested().planned().snapshotted().approvedBy("bob");
        var other = new Driver(shell, "other", "production").writing("orders");
        other.requested().planned().snapshotted().approvedBy("bob");

        one.answered(Result.DIFFERS).planningOtherwise(" anew").planned().snapshotted();

        assertThat(one.state()).isEqualTo(MigrationState.AWAITING_APPROVAL);
        assertThat(other.commandsInShort()).containsExactly("check");
        one.approvedBy("bob");
        assertThat(one.status().waitsFor()).isEqualTo("other");
    }

    @Test
    void whilstAnotherWritesToTheSameEntriesNoPlanIsMadeInVain() {
        var one = migration("one", "orders").started();
        var other = migration("other", "orders").requested().planned().snapshotted(Digest.ofText("half written"));

        assertThat(other.revision()).isEqualTo(1);
        assertThat(other.state()).isEqualTo(MigrationState.PLANNED);
        assertThat(other.status().waitsFor()).isEqualTo("one; then it is planned again");

        one.succeeding();

        assertThat(other.revision()).isEqualTo(2);
        assertThat(other.effects(Effect.PlanRequested.class).getLast().revision())
                .isEqualTo(2);
    }

    @Test
    void onePausedBeforeItsFirstWriteLetsTheNextPassAndChecksAgainWhenResumed() {
        var one = migration("one", "orders").requested().planned().snapshotted();
        var other = migration("other", "orders").requested().planned().snapshotted();

        one.commanded(Command.PAUSE).answered(Result.DONE);

        assertThat(one.commandsInShort()).containsExactly("check");
        assertThat(one.state()).isEqualTo(MigrationState.PAUSED);
        other.answered(Result.DONE).succeeding();
        one.commanded(Command.RESUME);
        assertThat(one.commandsInShort()).containsExactly("check", "check");
    }

    @Test
    void tooManyLiveMigrationsAreRefusedNotForgotten() {
        var bounds = Shell.RULES.bounds();
        shell.rules = Shell.RULES.within(new LifecycleRules.Bounds(
                2,
                bounds.holds(),
                bounds.earlyIds(),
                bounds.earlyFacts(),
                bounds.earlyBytes(),
                bounds.votes(),
                bounds.inlineBytes()));
        migration("one", "a").requested();
        migration("two", "b").requested();

        var three = migration("three", "c").requested();

        assertThat(three.state()).isEqualTo(MigrationState.REJECTED);
        three.problemCodes("CHG-TOO-MANY");
        assertThat(shell.environment("test").members()).hasSize(2);
    }
}
