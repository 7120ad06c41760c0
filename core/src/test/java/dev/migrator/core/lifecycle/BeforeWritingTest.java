package dev.migrator.core.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.lifecycle.ChecklistLine.Mark;
import dev.migrator.core.lifecycle.WorkerAnswer.Result;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** From the request to the first write. */
class BeforeWritingTest {
    @Test
    void aRequestAsksForAPlanOfRevisionOneWithTheBundleInline() {
        var migration = Driver.inProduction().requested();

        var asked = migration.effects(Effect.PlanRequested.class);
        assertThat(asked).hasSize(1);
        assertThat(asked.getFirst().revision()).isEqualTo(1);
        assertThat(asked.getFirst().inlineBundle())
                .hasValueSatisfying(b -> assertThat(b).containsExactly(1, 2, 3));
        assertThat(migration.state()).isEqualTo(MigrationState.REQUESTED);
        assertThat(migration.status().waitsFor()).isEqualTo("planner");
    }

    @Test
    void aRejectedPlanRejectsTheMigrationWithTheProblemsOfThePlanner() {
        var migration = Driver.inProduction().requested();

        migration.give(new Fact.PlanRejected(migration.id, 1, List.of(Driver.OOPS)));

        assertThat(migration.state()).isEqualTo(MigrationState.REJECTED);
        assertThat(migration.status().problems()).containsExactly(Driver.OOPS);
    }

    @Test
    void aPlanWithoutPhasesEndsAsNoChanges() {
        var migration = Driver.inProduction().inPhases().requested().planned();

        assertThat(migration.state()).isEqualTo(MigrationState.NO_CHANGES);
        assertThat(migration.commands()).isEmpty();
    }

    @Test
    void whatAPlanWithoutPhasesMakesKnownIsWrittenByTheWorkerBeforeItEnds() {
        var migration = Driver.inProduction().inPhases().adopting(3).requested().planned();

        assertThat(migration.commands())
                .singleElement()
                .isInstanceOfSatisfying(
                        WorkerCommand.Close.class,
                        close -> assertThat(close.rolledBack()).isFalse());
        assertThat(migration.status().ended()).isFalse();
        assertThat(migration.effects(Effect.SnapshotRequested.class)).isEmpty();
        assertThat(migration.effects(Effect.DryRunRequested.class)).isEmpty();

        migration.answered(Result.DONE);

        assertThat(migration.state()).isEqualTo(MigrationState.NO_CHANGES);
        assertThat(migration.commands()).hasSize(1);
    }

    @Test
    void aRequestForAPlanOnlyMakesNothingKnown() {
        var migration = Driver.inProduction().inPhases().adopting(3);
        var change = migration.change();

        migration
                .give(new Fact.Requested(new ChangeRequest(
                        change.id(),
                        change.environment(),
                        ChangeRequest.Intent.PLAN,
                        change.bundleDigest(),
                        change.bundleUri(),
                        change.inlineBundle(),
                        change.commit(),
                        change.requester())))
                .planned();

        assertThat(migration.state()).isEqualTo(MigrationState.NO_CHANGES);
        assertThat(migration.commands()).isEmpty();
    }

    @Test
    void whatIsMadeKnownCannotBeTakenBackOnceTheWorkerIsAtIt() {
        var migration = Driver.inProduction().inPhases().adopting(3).requested().planned();

        migration.give(
                new Fact.Commanded(migration.id, "r-1", Fact.Commanded.Command.CANCEL, "bob", "changed my mind"));
        assertThat(migration.status().ended()).isFalse();
        migration.answered(Result.DONE);

        assertThat(migration.state()).isEqualTo(MigrationState.NO_CHANGES);
    }

    @Test
    void aRequestForAPlanOnlyEndsWithThePlanAndTakesNoScope() {
        var migration = Driver.inProduction();
        var change = migration.change();
        migration.give(new Fact.Requested(new ChangeRequest(
                change.id(),
                change.environment(),
                ChangeRequest.Intent.PLAN,
                change.bundleDigest(),
                change.bundleUri(),
                change.inlineBundle(),
                change.commit(),
                change.requester())));

        migration.planned();

        assertThat(migration.state()).isEqualTo(MigrationState.PLANNED);
        assertThat(migration.status().ended()).isTrue();
        assertThat(migration.effects(Effect.SnapshotRequested.class)).isEmpty();
        assertThat(migration.environment().members()).isEmpty();
    }

    @Test
    void aPlanThatDoesNotFitTogetherIsRejectedRatherThanRun() {
        var migration = Driver.inTest().requested();
        var plan = migration.plan();
        var gap = List.of(new PlanSummary.PhaseSummary("all", 1, 2, 0));

        migration.give(new Fact.PlanProposed(
                migration.id,
                1,
                new PlanSummary(
                        plan.planDigest(),
                        plan.planUri(),
                        plan.bundleUri(),
                        plan.beforeHash(),
                        gap,
                        plan.scope(),
                        plan.changes(),
                        1,
                        0,
                        0,
                        plan.worstRisk(),
                        List.of())));

        assertThat(migration.state()).isEqualTo(MigrationState.REJECTED);
        migration.problemCodes("PLN-SHAPE");
    }

    @Test
    void thePlanThatWasReadIsTheOnlyOneThatRuns() {
        var same = Driver.inTest();
        same.give(new Fact.Requested(exactly(same, same.plan().planDigest()))).planned();
        assertThat(same.state()).isEqualTo(MigrationState.PLANNED);

        var other = Driver.inTest();
        other.give(new Fact.Requested(exactly(other, Digest.ofText("read on Monday"))))
                .planned();
        assertThat(other.state()).isEqualTo(MigrationState.REJECTED);
        other.problemCodes("PLN-STALE");
        assertThat(other.effects(Effect.SnapshotRequested.class)).isEmpty();
    }

    @Test
    void oneIdForTheSameBundleWithAnotherExactPlanIsAnotherChange() {
        var migration = Driver.inTest().requested();

        migration.give(new Fact.Requested(exactly(migration, Digest.ofText("read on Monday"))));

        assertThat(migration.effects(Effect.Audited.class).getLast().decision()).isEqualTo("change-refused");
        assertThat(migration.planned().state()).isEqualTo(MigrationState.PLANNED);
    }

    @Test
    void aTargetThatChangesUnderAnExactPlanEndsIt() {
        var migration = Driver.inTest();
        migration
                .give(new Fact.Requested(exactly(migration, migration.plan().planDigest())))
                .planned()
                .targetChangesTo("changed by others")
                .snapshotted();

        assertThat(migration.effects(Effect.PlanRequested.class)).hasSize(2);
        migration.planningOtherwise("after the change").planned();

        assertThat(migration.state()).isEqualTo(MigrationState.REJECTED);
        migration.problemCodes("PLN-STALE");
    }

    @Test
    void thatAChangeOverwritesDriftIsAskedOfThePlannerRememberedAndPartOfWhatItIs() {
        var migration = Driver.inProduction();
        var change = migration.change().overwritingDrift();
        migration.give(new Fact.Requested(change));

        assertThat(migration.effects(Effect.PlanRequested.class))
                .isNotEmpty()
                .allSatisfy(asked -> assertThat(asked.overwritesDrift()).isTrue());
        var stored = FactsCodec.read(FactsCodec.bytes(migration.facts()));
        assertThat(stored.change().orElseThrow().overwritesDrift()).isTrue();
        assertThat(change.withoutInlineBundle().overwritesDrift()).isTrue();
        assertThat(change.inBucket("key").overwritesDrift()).isTrue();
        assertThat(change.sameAs(migration.change())).isFalse();
        assertThat(Driver.inProduction().requested().effects(Effect.PlanRequested.class))
                .isNotEmpty()
                .noneMatch(Effect.PlanRequested::overwritesDrift);
    }

    private static ChangeRequest exactly(Driver migration, Digest plan) {
        var change = migration.change();
        return new ChangeRequest(
                change.id(),
                change.environment(),
                change.intent(),
                change.bundleDigest(),
                change.bundleUri(),
                change.inlineBundle(),
                change.commit(),
                change.requester(),
                Optional.of(plan),
                Optional.empty());
    }

    @Test
    void anUnknownEnvironmentIsRejected() {
        var migration = new Driver(new Shell(), "m-1", "producton").requested();

        assertThat(migration.state()).isEqualTo(MigrationState.REJECTED);
        migration.problemCodes("ENV-UNKNOWN");
        assertThat(migration.effects(Effect.PlanRequested.class)).isEmpty();
        assertThat(EnvironmentStateCodec.parts(migration.environment())).isEmpty();
    }

    @Test
    void anEnvironmentThatIsTakenOutOfTheConfigurationIsNotWrittenTo() {
        var migration = Driver.inProduction().requested().planned().snapshotted();
        migration.shell.rules = LifecycleRules.of(new TreeMap<>(Map.of()));

        migration.approvedBy("bob");

        assertThat(migration.state()).isEqualTo(MigrationState.REJECTED);
        assertThat(migration.commands()).isEmpty();
    }

    @Test
    void aBundleThatIsTooLargeToTravelInlineIsRejected() {
        var migration = Driver.inTest();
        var change = migration.change();

        migration.give(new Fact.Requested(new ChangeRequest(
                change.id(),
                change.environment(),
                change.intent(),
                change.bundleDigest(),
                Optional.empty(),
                Optional.of(new byte[256 * 1024 + 1]),
                change.commit(),
                change.requester())));

        migration.problemCodes("CHG-TOO-LARGE");
    }

    @Test
    void aPlanAsksForASnapshotOfExactlyThatPlan() {
        var migration = Driver.inProduction().requested().planned();

        var asked = migration.effects(Effect.SnapshotRequested.class).getFirst();
        assertThat(asked.planDigest()).isEqualTo(migration.plan().planDigest());
        assertThat(asked.revision()).isEqualTo(1);
        assertThat(migration.state()).isEqualTo(MigrationState.PLANNED);
        assertThat(migration.line("plan-validated").mark()).isEqualTo(Mark.PASSED);
        assertThat(migration.line("snapshot-verified").mark()).isEqualTo(Mark.MISSING);
    }

    // bytebase/bytebase#19258, #20091: no path without a verified snapshot
    @Test
    void aFailedSnapshotRejectsTheMigration() {
        var migration = Driver.inProduction().requested().planned();

        migration.give(new Fact.SnapshotFailed(migration.id, 1, Driver.OOPS));

        assertThat(migration.state()).isEqualTo(MigrationState.REJECTED);
        assertThat(migration.commands()).isEmpty();
        assertThat(migration.status().problems()).containsExactly(Driver.OOPS);
    }

    @Test
    void aSnapshotOfAnotherStateThanThePlanSawLeadsToANewPlanFromTheBucket() {
        var migration = Driver.inTest().requested().planned();

        migration.snapshotted(Digest.ofText("other"));

        var asked = migration.effects(Effect.PlanRequested.class).getLast();
        assertThat(asked.revision()).isEqualTo(2);
        assertThat(asked.bundleUri()).hasValue(migration.plan().bundleUri());
        assertThat(asked.inlineBundle()).isEmpty();
        assertThat(migration.state()).isEqualTo(MigrationState.REQUESTED);
        assertThat(migration.status().waitsFor()).startsWith("planner").contains("revision 1");
        assertThat(migration.line("plan-validated").mark()).isEqualTo(Mark.MISSING);
    }

    @Test
    void aTargetThatChangesUnderEveryPlanEndsAsRejected() {
        var migration = Driver.inTest().requested();

        for (int revision = 1; revision <= Shell.RULES.maxRevisions(); revision++) {
            assertThat(migration.status().ended()).isFalse();
            migration.planned().snapshotted(Digest.ofText("other " + revision));
        }

        assertThat(migration.state()).isEqualTo(MigrationState.REJECTED);
        migration.problemCodes("PLN-KEEPS-CHANGING");
    }

    @Test
    void theTargetIsReadAgainAtTheHeadOfTheQueueBeforeTheFirstWrite() {
        var migration = Driver.inTest().requested().planned().snapshotted();

        assertThat(migration.commandsInShort()).containsExactly("check");
        assertThat(migration.state()).isEqualTo(MigrationState.QUEUED);
        assertThat(migration.line("target-unchanged").mark()).isEqualTo(Mark.MISSING);

        migration.answered(Result.DONE);

        assertThat(migration.commandsInShort()).containsExactly("check", "apply 0");
        assertThat(migration.line("target-unchanged").mark()).isEqualTo(Mark.PASSED);
        assertThat(migration.state()).isEqualTo(MigrationState.EXECUTING);
        assertThat(migration.status().phase()).isEqualTo("phase-0");
    }

    @Test
    void withoutAnUndoKitInTheBucketNothingIsWritten() {
        var migration = Driver.inTest().requested().planned().snapshotted();
        assertThat(migration.line("undo-kit").mark()).isEqualTo(Mark.MISSING);
        assertThat(((WorkerCommand.CheckScope) migration.command()).snapshot())
                .hasValueSatisfying(snapshot -> assertThat(snapshot.digest()).isEqualTo(Digest.ofText("s")));

        // as a worker of a version without kits says it
        var answer = migration.answer(migration.command(), Result.DONE).answer();
        migration.give(new Fact.Answered(new WorkerAnswer(
                answer.id(),
                answer.position(),
                answer.kind(),
                answer.batch(),
                answer.result(),
                answer.counts(),
                answer.stateHash(),
                answer.retained(),
                answer.differences(),
                answer.problem(),
                answer.outcomesUri())));

        assertThat(migration.commandsInShort()).containsExactly("check");
        assertThat(migration.state()).isEqualTo(MigrationState.REJECTED);
        migration.problemCodes("EXE-NO-KIT");
    }

    @Test
    void theChecklistSaysWhereTheUndoKitLies() {
        var migration = Driver.inTest().started();

        var kit = Answers.kit(migration.command().envelope());
        assertThat(migration.line("undo-kit").mark()).isEqualTo(Mark.PASSED);
        assertThat(migration.line("undo-kit").evidence()).contains(kit.digest().toString(), kit.uri());
    }

    @Test
    void aTargetThatDiffersAtTheHeadOfTheQueueIsPlannedAgainWithTheScopeGivenBack() {
        var migration = Driver.inTest().requested().planned().snapshotted();

        migration.answered(Result.DIFFERS);

        assertThat(migration.revision()).isEqualTo(2);
        assertThat(migration.environment().placeOf(migration.id)).isEqualTo(EnvironmentState.Place.QUEUED);
        migration.planned().snapshotted().answered(Result.DONE);
        assertThat(migration.commandsInShort()).containsExactly("check", "check", "apply 0");
        assertThat(migration.command().envelope().position()).isEqualTo(new Position(2, 3));
    }

    @Test
    void aDoneWithoutTheExpectedHashCountsAsDifferent() {
        for (var hash : List.of(Optional.<Digest>empty(), Optional.of(Digest.ofText("other")))) {
            var migration = Driver.inTest().requested().planned().snapshotted();

            migration.give(migration.answer(migration.command(), Result.DONE, hash));

            assertThat(migration.revision()).isEqualTo(2);
        }
    }

    @Test
    void aCheckThatFailsRejectsTheMigrationAndFreesTheScope() {
        var migration = Driver.inTest().requested().planned().snapshotted();

        migration.answered(Result.FAILED);

        assertThat(migration.state()).isEqualTo(MigrationState.REJECTED);
        assertThat(migration.environment().members()).isEmpty();
    }

    @Test
    void aSnapshotOrVerdictWithoutEvidenceTicksNothing() {
        var migration = Driver.inTest().requested().planned();
        migration.give(new Fact.SnapshotStored(
                migration.id, 1, migration.plan().planDigest(), " ", Digest.ofText("s"), Driver.BEFORE, 7));

        assertThat(migration.state()).isEqualTo(MigrationState.PLANNED);
        assertThat(migration.auditedProblems()).containsExactly("EVD-MISSING");
    }
}
