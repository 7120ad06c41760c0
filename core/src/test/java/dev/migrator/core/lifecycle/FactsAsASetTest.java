package dev.migrator.core.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.lifecycle.Fact.Commanded.Command;
import dev.migrator.core.lifecycle.WorkerAnswer.Result;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FactsAsASetTest {
    @Test
    void publishingAChangeTwiceStartsOneMigration() {
        var migration = Driver.inTest().requested().requested();

        assertThat(migration.effects(Effect.PlanRequested.class)).hasSize(1);
        assertThat(migration.auditedProblems()).isEmpty();
    }

    @Test
    void theSameIdWithOtherContentIsRefusedEvenAfterItEnded() {
        var migration = Driver.inTest().started().succeeding();
        var change = migration.change();
        var other = new Fact.Requested(new ChangeRequest(
                change.id(),
                change.environment(),
                change.intent(),
                Digest.ofText("another bundle"),
                Optional.of("some/where"),
                Optional.empty(),
                change.commit(),
                "mallory"));
        migration.shell.clear();

        migration.requested().give(other).give(other);

        assertThat(migration.auditedProblems()).containsExactly("CHG-ID-REUSED");
        assertThat(migration.effects(Effect.PlanRequested.class)).isEmpty();
        assertThat(migration.facts().status().orElseThrow().state()).isEqualTo(MigrationState.SUCCEEDED);
    }

    @Test
    void anIdIsRememberedForNinetyDaysAfterTheEnd() {
        var migration = Driver.inTest().started().succeeding();

        migration.passing(Duration.ofDays(89));
        assertThat(migration.facts().isEmpty()).isFalse();
        migration.passing(Duration.ofDays(1));

        assertThat(migration.facts().isEmpty()).isTrue();
    }

    @Test
    void oneThatHoldsChangesIsRememberedUntilItIsReleased() {
        var migration =
                Driver.inTest().started().answered(Result.CONFLICT).undone().passing(Duration.ofDays(100));
        assertThat(migration.facts().isEmpty()).isFalse();

        migration.commanded(Command.RELEASE).passing(Duration.ofSeconds(1));

        assertThat(migration.facts().isEmpty()).isTrue();
        assertThat(migration.environment().holds()).isEmpty();
    }

    @Test
    void twoDifferentAnswersToOneQuestionAreAContradictionAndTheFirstStands() {
        var migration = Driver.inTest().requested().planned();
        var first = migration.plan().planDigest();

        migration
                .planningOtherwise(" x")
                .planned(1)
                .planned(1)
                .planningOtherwise("")
                .snapshotted();
        migration.snapshotted(Digest.ofText("other"));
        migration.give(new Fact.SnapshotFailed(migration.id, 1, Driver.OOPS));

        assertThat(migration.auditedProblems())
                .containsExactly("FCT-CONTRADICTION", "FCT-CONTRADICTION", "FCT-CONTRADICTION");
        assertThat(migration.status().planDigest()).hasValue(first);
        assertThat(migration.state()).isEqualTo(MigrationState.QUEUED);
    }

    @Test
    void anAnswerOfTheWrongKindIsAContradiction() {
        var migration = Driver.inTest().started();
        var position = migration.command().envelope();

        migration.give(migration.answer(new WorkerCommand.ApplyBatch(position, 7), Result.DONE));
        migration.give(migration.answer(new WorkerCommand.RevertBatch(position, 0), Result.DONE));

        assertThat(migration.auditedProblems()).containsExactly("FCT-CONTRADICTION", "FCT-CONTRADICTION");
        assertThat(migration.facts().execution().applied()).isZero();
    }

    @Test
    void aSnapshotOfAnotherPlanIsNotUsed() {
        var migration = Driver.inTest().requested().planned().planningOtherwise(" x");

        migration.give(migration.snapshot(1, Driver.BEFORE));

        assertThat(migration.auditedProblems()).containsExactly("SNP-OTHER-PLAN");
        assertThat(migration.state()).isEqualTo(MigrationState.PLANNED);
    }

    @Test
    void anAnswerToAnEarlierRevisionChangesNothing() {
        var migration = Driver.inTest().requested().planned().snapshotted().answered(Result.DIFFERS);

        migration.planned(1).give(migration.snapshot(1, Driver.BEFORE));

        assertThat(migration.state()).isEqualTo(MigrationState.REQUESTED);
        assertThat(migration.revision()).isEqualTo(2);
    }

    @Test
    void factsThatComeBeforeTheirRequestCountOnceItIsThere() {
        var migration = Driver.inProduction();

        migration
                .approvedBy("bob")
                .give(migration.snapshot(1, Driver.BEFORE))
                .give(migration.dryRun(1))
                .planned(1)
                .planned(1);
        assertThat(migration.environment().early()).containsExactly(migration.id);
        assertThat(migration.effects(Effect.StatusChanged.class)).isEmpty();
        migration.requested();

        assertThat(migration.commandsInShort()).containsExactly("check");
        assertThat(migration.environment().early()).isEmpty();
        assertThat(migration.facts().inbox().early()).isEmpty();
    }

    @Test
    void aCancelThatComesBeforeItsRequestCancelsIt() {
        var migration = Driver.inProduction().commanded(Command.CANCEL).requested();

        assertThat(migration.state()).isEqualTo(MigrationState.CANCELLED);
        assertThat(migration.effects(Effect.PlanRequested.class)).isEmpty();
    }

    @Test
    void earlyFactsExpire() {
        var migration = Driver.inProduction().approvedBy("bob");

        migration.passing(Duration.ofMinutes(59));
        assertThat(migration.facts().isEmpty()).isFalse();
        migration.passing(Duration.ofMinutes(1));

        assertThat(migration.facts().isEmpty()).isTrue();
        assertThat(EnvironmentStateCodec.parts(migration.environment())).isEmpty();
        assertThat(migration.effects(Effect.Audited.class).getLast().decision()).isEqualTo("early-facts-expired");
    }

    @Test
    void earlyFactsAreBoundedInNumberIdsAndBytes() {
        var shell = new Shell();
        var one = new Driver(shell, "one", "test");
        IntStream.range(0, 50).forEach(i -> one.give(new Fact.RollbackCommanded(one.id, 1, i, "x")));
        assertThat(one.facts().inbox().early()).hasSize(32);

        var large = new Driver(shell, "large", "test");
        large.give(new Fact.RollbackCommanded(large.id, 1, 0, "x".repeat(512 * 1024)));
        assertThat(large.facts().isEmpty()).isTrue();

        IntStream.range(0, 1_100).forEach(i -> new Driver(shell, "id-" + i, "test").approvedBy("bob"));
        assertThat(shell.environment("test").early()).hasSize(1_000);
        assertThat(one.auditedProblems()).contains("FCT-TOO-MANY");
    }

    @Test
    void anAnswerThatComesBeforeItsRequestIsNotBelieved() {
        var migration = Driver.inTest();
        var check = new WorkerCommand.CheckScope(
                new WorkerCommand.Envelope(
                        migration.id,
                        "test",
                        "4be21d0",
                        new Position(1, 1),
                        migration.plan().planDigest(),
                        "uri"),
                Driver.BEFORE,
                java.util.Optional.empty());

        migration
                .give(migration.answer(check, Result.DONE))
                .requested()
                .planned()
                .snapshotted();

        assertThat(migration.commandsInShort()).containsExactly("check");
        assertThat(migration.auditedProblems()).containsExactly("FCT-UNASKED");
    }

    @Test
    void whatIsKeptOfAnyLengthIsBounded() {
        var migration = Driver.inTest().started();
        migration.give(new Fact.Commanded(migration.id, "r".repeat(257), Command.ROLL_BACK, "carol", ""));
        assertThat(migration.auditedProblems()).containsExactly("FCT-TOO-LONG");
        assertThat(migration.state()).isEqualTo(MigrationState.EXECUTING);

        var problems = IntStream.range(0, 500)
                .mapToObj(i -> Driver.OOPS.about(i + " " + "x".repeat(10_000)))
                .toList();
        migration.give(new Fact.AnomalyDetected(migration.id, 1, 0, problems));

        assertThat(migration.status().problems()).hasSize(100);
        assertThat(migration.status().problems())
                .allMatch(problem -> problem.thing().length() <= 600);
        assertThat(migration.shell.storedBytes("test", migration.id)).isLessThan(256 * 1024);
    }

    @Test
    void requestIdsAreRememberedWithinABound() {
        var migration = Driver.inTest().started();

        for (int i = 0; i < 300; i++) {
            migration.commanded(Command.PAUSE).commanded(Command.RESUME);
        }

        assertThat(migration.facts().orders().seen()).hasSize(Orders.MOST);
    }

    @Test
    void aFactForAnotherMigrationIsAMistakeOfTheCaller() {
        var environment = EnvironmentState.empty("test");
        var facts = Facts.none(new MigrationId("other"));
        var fact = new Fact.Requested(Driver.inTest().change());

        assertThatThrownBy(() -> Lifecycle.decide(environment, facts, fact, new Shell().now, Shell.RULES))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("other");
        assertThatThrownBy(() -> Lifecycle.decide(
                        EnvironmentState.empty("production"),
                        Facts.none(fact.id()),
                        fact,
                        new Shell().now,
                        Shell.RULES))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("production");
    }

    @Test
    void aTickSaysNothingAboutAnIdThatNobodyKnows() {
        var decision = Lifecycle.decide(
                EnvironmentState.empty("test"),
                Facts.none(new MigrationId("m")),
                new Fact.Tick(new Shell().now),
                new Shell().now,
                Shell.RULES);

        assertThat(decision.effects()).isEqualTo(List.of());
        assertThat(decision.facts().isEmpty()).isTrue();
    }
}
