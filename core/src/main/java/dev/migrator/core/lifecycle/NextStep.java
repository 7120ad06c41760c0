package dev.migrator.core.lifecycle;

import static dev.migrator.core.lifecycle.Step.WAIT;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.error.Problem;
import dev.migrator.core.lifecycle.EnvironmentState.Place;
import dev.migrator.core.lifecycle.Preparation.PlanAnswer;
import dev.migrator.core.lifecycle.Preparation.ScopeCheck;
import dev.migrator.core.lifecycle.Preparation.SnapshotAnswer;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The next step as a function of what is known, never of what came last.
 *
 * @param now only decides whether deadlines have passed
 */
record NextStep(EnvironmentState environment, Facts facts, Instant now, LifecycleRules rules) {
    static Step of(Turn turn) {
        return new NextStep(turn.environment, turn.facts, turn.now, turn.rules).choose();
    }

    private Step choose() {
        if (facts.change().isEmpty() || facts.isEnded()) {
            return WAIT;
        }
        if (facts.isRollbackDecided()) {
            return undoing();
        }
        return facts.isStarted() ? writing() : beforeWriting();
    }

    private Step beforeWriting() {
        var change = facts.change().orElseThrow();
        if (facts.orders().cancelled().isPresent()) {
            return Step.End.at(
                    MigrationState.CANCELLED, facts.orders().cancelled().get());
        }
        if (isPauseOver()) {
            return Step.End.at(MigrationState.CANCELLED, Mishaps.pausedTooLong(pause()));
        }
        var refusal = Admission.refusal(change, environment, rules);
        if (refusal.isPresent()) {
            return Step.End.at(MigrationState.REJECTED, refusal.get());
        }
        if (isPaused() && environment.placeOf(facts.id()) != Place.PREPARING) {
            return new Step.LeaveQueue();
        }
        return switch (facts.preparation().plan().orElse(null)) {
            case null -> new Step.Ask(new Question.Plan());
            case PlanAnswer.Rejected(var problems) -> new Step.End(MigrationState.REJECTED, problems);
            case PlanAnswer.Proposed proposed -> planned(change, proposed.summary());
        };
    }

    private Step planned(ChangeRequest change, PlanSummary plan) {
        var exact = change.exactPlan();
        if (exact.isPresent() && !exact.get().equals(plan.planDigest())) {
            return Step.End.at(MigrationState.REJECTED, Problems.otherPlan(exact.get(), plan.planDigest()));
        }
        if (plan.batchCount() == 0) {
            return nothingToWrite(change, plan);
        }
        var held = Holds.holding(environment, facts.id());
        if (change.intent() == ChangeRequest.Intent.PLAN) {
            Supplier<Step> planned =
                    () -> new Step.End(MigrationState.PLANNED, held.stream().toList());
            // the targets are asked with the credential that writes, and where nothing is written there is none
            return rules.isObserved(change.environment()) ? planned.get() : dryRun(planned);
        }
        if (held.isPresent()) {
            return Step.End.at(MigrationState.REJECTED, held.get());
        }
        var denial = Checklist.denial(facts, plan);
        if (denial.isPresent()) {
            return Step.End.at(MigrationState.REJECTED, Problems.denied(denial.get(), plan.planDigest()));
        }
        return dryRun(() -> dryRunPassed(plan));
    }

    /** Who owns what is still made known: the worker writes it into the inventory, and nothing to any target. */
    private Step nothingToWrite(ChangeRequest change, PlanSummary plan) {
        boolean known = plan.ownership().isEmpty() || facts.execution().closed().isPresent();
        return known || change.intent() == ChangeRequest.Intent.PLAN
                ? Step.End.at(MigrationState.NO_CHANGES)
                : new Step.Ask(new Question.Close(false));
    }

    /** What a target would refuse is refused here, before anybody approves it. */
    private Step dryRun(Supplier<Step> whenPassed) {
        var report = facts.preparation().dryRun();
        if (report.isEmpty()) {
            return new Step.Ask(new Question.DryRun());
        }
        return report.get().isRefused()
                ? new Step.End(MigrationState.REJECTED, Problems.refusedInDryRun(report.get()))
                : whenPassed.get();
    }

    private Step dryRunPassed(PlanSummary plan) {
        return switch (facts.preparation().snapshot().orElse(null)) {
            case null -> new Step.Ask(new Question.Snapshot());
            case SnapshotAnswer.Failed(var problem) -> Step.End.at(MigrationState.REJECTED, problem);
            case SnapshotAnswer.Stored stored -> snapshotted(plan, stored);
        };
    }

    private Step snapshotted(PlanSummary plan, SnapshotAnswer.Stored snapshot) {
        if (!snapshot.stateHash().equals(plan.beforeHash())) {
            // while another one writes there, the next plan would be as stale as this one
            return Queue.holders(environment, facts.id()).isEmpty()
                    ? anew(plan, Optional.of(snapshot.stateHash()))
                    : WAIT;
        }
        return new Rehearsing(environment, facts, rules)
                .next(plan)
                .map(this::outsideTheQueue)
                .orElseGet(() -> prepared(plan));
    }

    /** A rehearsal takes its time, and its end is open: whoever comes later does not wait for it in the queue. */
    private Step outsideTheQueue(Step step) {
        return step instanceof Step.End || environment.placeOf(facts.id()) == Place.PREPARING
                ? step
                : new Step.LeaveQueue();
    }

    private Step prepared(PlanSummary plan) {
        var place = environment.placeOf(facts.id());
        if (!Checklist.isReadyToQueue(environment, facts, now, rules) || isPaused()) {
            return place == Place.PREPARING ? WAIT : new Step.LeaveQueue();
        }
        return switch (place) {
            case PREPARING -> new Step.Enqueue();
            case QUEUED -> Queue.blockers(environment, facts.id()).isEmpty() ? new Step.TakeScope() : WAIT;
            case HOLDING -> holding(plan);
        };
    }

    private Step holding(PlanSummary plan) {
        var over = plan.judgedUntil().filter(until -> !now.isBefore(until));
        if (over.isPresent()) {
            return anew(Problems.judgementOver(facts.preparation().revision(), over.get()));
        }
        var monitoring = new Monitoring(facts, now, rules);
        return monitoring.next().orElseGet(() -> listened(plan, monitoring));
    }

    private Step listened(PlanSummary plan, Monitoring monitoring) {
        return switch (facts.preparation().check().orElse(null)) {
            case null -> new Step.Ask(new Question.CheckScope());
            case ScopeCheck.Unchanged _ -> monitoring.nextBeforeWriting().orElseGet(Step.Start::new);
            case ScopeCheck.Changed(var found) -> anew(plan, found);
            case ScopeCheck.Failed(var problem) -> Step.End.at(MigrationState.REJECTED, problem);
        };
    }

    private Step anew(PlanSummary plan, Optional<Digest> found) {
        return anew(Problems.stale(facts.preparation().revision(), plan.beforeHash(), found));
    }

    private Step anew(Problem why) {
        var revision = facts.preparation().revision();
        return revision >= rules.maxRevisions()
                ? Step.End.at(MigrationState.REJECTED, Problems.keepsChanging(revision))
                : new Step.PlanAnew(why);
    }

    private Step writing() {
        var execution = facts.execution();
        var phases = facts.plan().orElseThrow().phases();
        if (facts.orders().cancelled().isPresent()) {
            return Step.End.at(
                    MigrationState.CANCELLED, facts.orders().cancelled().get());
        }
        if (isPauseOver()) {
            return new Step.DecideRollback(Mishaps.pausedTooLong(pause()));
        }
        if (execution.closed().isPresent()) {
            return Step.End.at(MigrationState.SUCCEEDED);
        }
        if (facts.outstanding().isPresent() || isPaused()) {
            return WAIT;
        }
        if (execution.verified() == phases.size()) {
            return new Step.Ask(new Question.Close(false));
        }
        var baked = facts.bakesUntil();
        if (baked.isPresent()) {
            return now.isBefore(baked.get()) ? WAIT : new Step.Ask(new Question.Verify(execution.verified()));
        }
        var phase = phases.get(execution.verified());
        return execution.applied() < phase.firstBatch() + phase.batches()
                ? new Step.Ask(new Question.Apply(execution.applied()))
                : new Step.Ask(new Question.Verify(execution.verified()));
    }

    private Step undoing() {
        var execution = facts.execution();
        var undo = execution.undo().orElseThrow();
        if (facts.isApplyUnanswered()) {
            return WAIT;
        }
        if (!facts.isAnythingIssued()) {
            return Step.End.at(MigrationState.CANCELLED);
        }
        if (!undo.begun()) {
            return new Step.BeginUndoing();
        }
        if (execution.closed().isPresent()) {
            return Step.End.at(
                    execution.closed().get() == WorkerAnswer.Result.DONE
                            ? MigrationState.ROLLED_BACK
                            : MigrationState.ROLLBACK_INCOMPLETE);
        }
        if (facts.outstanding().isPresent()) {
            return WAIT;
        }
        if (undo.reverted() < execution.issued()) {
            return new Step.Ask(new Question.Revert(execution.issued() - 1 - undo.reverted()));
        }
        // what stood in its way may be undone by now, or a right may be back
        return undo.again().isEmpty()
                ? new Step.Ask(new Question.Close(true))
                : new Step.Ask(new Question.Revert(undo.again().getFirst().batch()));
    }

    private boolean isPaused() {
        return facts.orders().pause().isPresent();
    }

    private boolean isPauseOver() {
        return isPaused() && !now.isBefore(pause().deadline()) && !facts.isClosing();
    }

    private Orders.Pause pause() {
        return facts.orders().pause().orElseThrow();
    }
}
