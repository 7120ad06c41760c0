package dev.migrator.core.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.lifecycle.ChecklistLine.Mark;
import dev.migrator.core.lifecycle.WorkerAnswer.Result;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ApprovalTest {
    private static Driver awaiting() {
        return awaiting(_ -> {});
    }

    private static Driver awaiting(Consumer<Driver> policies) {
        var migration = Driver.inProduction();
        policies.accept(migration);
        return migration.requested().planned().snapshotted();
    }

    @Test
    void aProtectedEnvironmentWaitsForAnApprovalWhenNothingElseIsMissing() {
        var migration = awaiting();

        assertThat(migration.state()).isEqualTo(MigrationState.AWAITING_APPROVAL);
        assertThat(migration.commands()).isEmpty();
        assertThat(migration.status().waitsFor()).contains("approval").contains("other than alice");
    }

    @Test
    void oneGrantForExactlyThisPlanLetsItQueue() {
        var migration = awaiting().approvedBy("bob");

        assertThat(migration.commandsInShort()).containsExactly("check");
        assertThat(migration.line("approved").mark()).isEqualTo(Mark.PASSED);
        assertThat(migration.line("approved").evidence())
                .contains("bob")
                .contains(migration.plan().planDigest().toString());
    }

    @Test
    void aGrantForOtherBytesIsWorthNothing() {
        var migration = awaiting();
        migration.planningOtherwise(" and one byte").approvedBy("bob").planningOtherwise("");

        assertThat(migration.state()).isEqualTo(MigrationState.AWAITING_APPROVAL);
        assertThat(migration.commands()).isEmpty();
    }

    @Test
    void nobodyApprovesTheirOwnChange() {
        var migration = awaiting().approvedBy("Alice ");

        assertThat(migration.state()).isEqualTo(MigrationState.AWAITING_APPROVAL);
        assertThat(migration.auditedProblems()).containsExactly("APR-OWN");
    }

    @Test
    void anyDenialRejectsWhateverWasGranted() {
        var migration = Driver.inProduction().requested().approvedBy("bob").deniedBy("carol");
        assertThat(migration.state()).isEqualTo(MigrationState.REQUESTED);

        migration.planned();

        assertThat(migration.state()).isEqualTo(MigrationState.REJECTED);
        migration.problemCodes("APR-DENIED");
    }

    @Test
    void aDenialAtTheHeadOfTheQueueStillStopsIt() {
        var migration = awaiting().approvedBy("bob").deniedBy("carol");

        assertThat(migration.state()).isEqualTo(MigrationState.REJECTED);
        migration.answered(Result.DONE);
        assertThat(migration.commandsInShort()).containsExactly("check");
    }

    @Test
    void aDenialAfterTheFirstWriteIsRefusedAndSaysWhatToDo() {
        var migration = Driver.inProduction().started().deniedBy("carol").deniedBy("carol");

        assertThat(migration.state()).isEqualTo(MigrationState.EXECUTING);
        assertThat(migration.auditedProblems()).containsExactly("APR-LATE");
    }

    @Test
    void anApprovalSurvivesPlanningAgainToTheSameBytes() {
        var migration = awaiting().approvedBy("bob").answered(Result.DIFFERS);

        migration.planned().snapshotted();

        assertThat(migration.state()).isEqualTo(MigrationState.QUEUED);
        assertThat(migration.commandsInShort()).containsExactly("check", "check");
    }

    @Test
    void anApprovalIsVoidWhenPlanningAgainComesToOtherBytes() {
        var migration = awaiting().approvedBy("bob").answered(Result.DIFFERS).planningOtherwise(" anew");

        migration.planned().snapshotted();

        assertThat(migration.state()).isEqualTo(MigrationState.AWAITING_APPROVAL);
        assertThat(migration.commandsInShort()).containsExactly("check");
        migration.approvedBy("bob");
        assertThat(migration.commandsInShort()).containsExactly("check", "check");
    }

    @Test
    void anOpenEnvironmentNeedsNoApprovalAndNamesTheRule() {
        var migration = Driver.inTest().requested().planned().snapshotted();

        assertThat(migration.line("approved").mark()).isEqualTo(Mark.NOT_REQUIRED);
        assertThat(migration.line("approved").evidence())
                .isEqualTo("environment test is open and no policy asks for one");
    }

    @Test
    void twoApprovalsAreGivenByTwoPeopleAndNotByOneTwice() {
        var migration =
                awaiting(driver -> driver.needing(2, "")).approvedBy("bob").approvedBy(" BOB");

        assertThat(migration.state()).isEqualTo(MigrationState.AWAITING_APPROVAL);
        assertThat(migration.status().waitsFor()).contains("1 of 2").containsIgnoringCase("by bob");
        migration.approvedBy("bob", List.of("others"));
        assertThat(migration.commands()).isEmpty();

        migration.approvedBy("carol");

        assertThat(migration.commandsInShort()).containsExactly("check");
        assertThat(migration.line("approved").evidence())
                .containsIgnoringCase("bob")
                .contains("carol");
    }

    @Test
    void theRequesterIsNeverOneOfTheTwo() {
        var migration =
                awaiting(driver -> driver.needing(2, "")).approvedBy("alice").approvedBy("bob");

        assertThat(migration.state()).isEqualTo(MigrationState.AWAITING_APPROVAL);
        assertThat(migration.auditedProblems()).containsExactly("APR-OWN");
    }

    @Test
    void anApprovalOfAGroupIsGivenByWhoeverWasInItWhenSigning() {
        var migration = awaiting(driver -> driver.needing(1, "orders-owners")).approvedBy("bob", List.of("payments"));

        assertThat(migration.state()).isEqualTo(MigrationState.AWAITING_APPROVAL);
        assertThat(migration.status().waitsFor())
                .contains("0 of 1 in group orders-owners")
                .contains("policy-");

        migration.approvedBy("carol", List.of("orders-owners", "payments"));

        assertThat(migration.commandsInShort()).containsExactly("check");
        assertThat(migration.line("approved").evidence()).contains("carol [orders-owners]");
    }

    @Test
    void onePersonMayCountForSeveralGroups() {
        var migration =
                awaiting(driver -> driver.needing(1, "a").needing(1, "b")).approvedBy("bob", List.of("a", "b"));

        assertThat(migration.commandsInShort()).containsExactly("check");
    }

    @Test
    void aProtectedEnvironmentAsksForOneApprovalThoughNoPolicyDoes() {
        assertThat(awaiting(_ -> {}).state()).isEqualTo(MigrationState.AWAITING_APPROVAL);
    }

    @Test
    void aPolicyAsksForApprovalsInAnOpenEnvironmentToo() {
        var migration = Driver.inTest()
                .needing(1, "dba")
                .requested()
                .planned()
                .snapshotted()
                .approvedBy("bob");
        assertThat(migration.state()).isEqualTo(MigrationState.AWAITING_APPROVAL);

        migration.approvedBy("bob", List.of("dba"));

        assertThat(migration.commandsInShort()).containsExactly("check");
    }

    @Test
    void aDenialOutweighsAsManyGrantsAsWereAskedFor() {
        var migration = Driver.inProduction()
                .needing(2, "")
                .requested()
                .approvedBy("bob")
                .approvedBy("dan")
                .deniedBy("carol")
                .planned();

        assertThat(migration.state()).isEqualTo(MigrationState.REJECTED);
        migration.problemCodes("APR-DENIED");
    }

    @Test
    void moreGroupsThanCanBeKeptAreRefusedAndCountForNothing() {
        var groups = IntStream.range(0, 21).mapToObj(i -> "group-" + i).toList();
        var migration = awaiting(driver -> driver.needing(1, "group-1")).approvedBy("bob", groups);

        assertThat(migration.state()).isEqualTo(MigrationState.AWAITING_APPROVAL);
        assertThat(migration.auditedProblems()).containsExactly("APR-GROUPS");
    }

    @Test
    void aNumberOfApprovalsThatCannotBeIsNoPlan() {
        for (int count : new int[] {0, -1, 11}) {
            var migration = Driver.inTest().needing(count, "").requested().planned();

            assertThat(migration.state()).isEqualTo(MigrationState.REJECTED);
            migration.problemCodes("PLN-SHAPE");
        }
    }

    @Test
    void whatThePoliciesSaidIsJudgedAgainBeforeTheFirstWriteOnceItsTimeIsOver() {
        var start = Shell.START;
        var migration = awaiting(driver -> driver.judgedUntil(Optional.of(start.plusSeconds(900))));
        migration.passing(Duration.ofHours(20)).approvedBy("bob");

        assertThat(migration.commands()).isEmpty();
        assertThat(migration.revision()).isEqualTo(2);
        assertThat(migration.auditedProblems()).contains("POL-JUDGED-AGAIN");

        migration
                .judgedUntil(Optional.of(start.plus(Duration.ofHours(21))))
                .planned()
                .snapshotted();

        assertThat(migration.commandsInShort()).containsExactly("check");
        assertThat(migration.line("approved").mark()).isEqualTo(Mark.PASSED);
    }

    @Test
    void whatThePoliciesForbidByThenEndsItWithoutAWrite() {
        var migration = awaiting(driver -> driver.judgedUntil(Optional.of(Shell.START.plusSeconds(900))));
        migration.passing(Duration.ofHours(20)).approvedBy("bob");

        migration.give(new Fact.PlanRejected(migration.id, 2, List.of(Driver.OOPS)));

        assertThat(migration.state()).isEqualTo(MigrationState.REJECTED);
        assertThat(migration.commands()).isEmpty();
    }

    @Test
    void aJudgementThatEndsWhileTheTargetIsReadAgainDoesNotCountEither() {
        var migration = awaiting(driver -> driver.judgedUntil(Optional.of(Shell.START.plusSeconds(900))))
                .approvedBy("bob");
        assertThat(migration.commandsInShort()).containsExactly("check");

        migration.passing(Duration.ofMinutes(15)).answered(Result.DONE);

        assertThat(migration.commandsInShort()).doesNotContain("apply 0");
        assertThat(migration.revision()).isEqualTo(2);
    }

    @Test
    void theSamePlanJudgedAtAnotherTimeIsNoContradiction() {
        var migration = awaiting(driver -> driver.judgedUntil(Optional.of(Shell.START.plusSeconds(900))));

        migration.judgedUntil(Optional.of(Shell.START.plusSeconds(999))).planned();

        assertThat(migration.auditedProblems()).isEmpty();
    }

    @Test
    void theSamePlanSeenAmongOtherUsersIsNoContradictionAndTheFirstIsShown() {
        var migration = awaiting(driver -> driver.surroundings("lag 12"));

        migration.surroundings("lag 13").planned();

        assertThat(migration.auditedProblems()).isEmpty();
        assertThat(migration
                        .shell
                        .facts("production", migration.id)
                        .status()
                        .orElseThrow()
                        .surroundings())
                .contains(new StoredObject("4be21d0/m-1/around.json", Digest.ofText("lag 12")));
    }

    @Test
    void aRolledBackPlanNeedsANewApproval() {
        var first = Driver.inProduction().started().answered(Result.CONFLICT).undone();
        first.commanded(Fact.Commanded.Command.RELEASE);
        var second = new Driver(first.shell, "m-2", "production").writing("topic-of-m-1");

        second.requested().planned().snapshotted();

        assertThat(second.plan().planDigest()).isEqualTo(first.plan().planDigest());
        assertThat(second.state()).isEqualTo(MigrationState.AWAITING_APPROVAL);
    }
}
