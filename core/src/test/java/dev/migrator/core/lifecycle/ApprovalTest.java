package dev.migrator.core.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.lifecycle.ChecklistLine.Mark;
import dev.migrator.core.lifecycle.WorkerAnswer.Result;
import org.junit.jupiter.api.Test;

class ApprovalTest {
    private static Driver awaiting() {
        return Driver.inProduction().requested().planned().snapshotted();
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
        assertThat(migration.line("approved").evidence()).isEqualTo("environment test is open");
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
