package dev.migrator.core.lifecycle;

import dev.migrator.core.error.Problem;
import dev.migrator.core.lifecycle.EnvironmentState.Place;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What people see of a migration, computed from what is known. */
record StatusOf(EnvironmentState environment, Facts facts, Instant now, LifecycleRules rules) {
    /** @param sequence and {@code at} only stamp it */
    MigrationStatus status(long sequence, Instant at) {
        var change = facts.change().orElseThrow();
        var plan = facts.plan();
        var report = facts.report();
        return new MigrationStatus(
                facts.id(),
                change.environment(),
                sequence,
                state(),
                facts.isEnded(),
                change.intent(),
                change.commit(),
                change.requester(),
                Optional.of(change.bundleDigest()),
                change.bundleUri(),
                facts.preparation().revision(),
                phase(),
                batchesDone(),
                plan.map(PlanSummary::batchCount).orElse(0),
                report.counts(),
                WaitsFor.of(environment, facts, now, rules),
                plan.map(PlanSummary::planDigest),
                plan.map(PlanSummary::planUri),
                facts.snapshot().map(Preparation.SnapshotAnswer.Stored::uri),
                facts.snapshot().map(Preparation.SnapshotAnswer.Stored::stateHash),
                report.endHash(),
                checklist(),
                problems(report),
                report.retained(),
                report.differences(),
                report.outcomesUri(),
                at,
                plan.flatMap(PlanSummary::surroundings),
                change.selector(),
                lock(),
                change.document(),
                change.fleet());
    }

    private Optional<Lock> lock() {
        var member = environment.members().get(facts.id());
        if (member == null || facts.isEnded()) {
            return Optional.empty();
        }
        return switch (member.place()) {
            case PREPARING -> Optional.empty();
            case QUEUED -> Optional.of(Lock.of(false, member.scope(), Queue.blockers(environment, facts.id())));
            case HOLDING -> Optional.of(Lock.of(true, member.scope(), List.of()));
        };
    }

    /** What verification found stands there as long as nobody has decided about it. */
    private List<Problem> problems(Report report) {
        return facts.orders()
                .pause()
                .map(pause -> report.with(pause.found()))
                .orElse(report)
                .problems();
    }

    /** A migration that has ended keeps the checklist it ended with, whatever the rules say later. */
    private List<ChecklistLine> checklist() {
        return facts.isEnded() && facts.status().filter(MigrationStatus::ended).isPresent()
                ? facts.status().get().checklist()
                : Checklist.of(environment, facts, now, rules);
    }

    private MigrationState state() {
        if (facts.ended().isPresent()) {
            return facts.ended().get().state();
        }
        if (facts.isRollbackDecided()) {
            return MigrationState.ROLLING_BACK;
        }
        if (facts.orders().pause().isPresent() && !facts.isApplyUnanswered()) {
            return MigrationState.PAUSED;
        }
        if (facts.isStarted()) {
            return facts.isClosing()
                            || facts.isVerificationPending()
                            || facts.bakesUntil().isPresent()
                    ? MigrationState.VERIFYING
                    : MigrationState.EXECUTING;
        }
        return preparing();
    }

    private MigrationState preparing() {
        if (facts.plan().isEmpty()) {
            return MigrationState.REQUESTED;
        }
        if (!Checklist.isSnapshotVerified(facts) || !Checklist.isDryRunPassed(facts)) {
            return MigrationState.PLANNED;
        }
        if (environment.placeOf(facts.id()) != Place.PREPARING) {
            return MigrationState.QUEUED;
        }
        if (Rehearsing.line(facts, rules).mark() == ChecklistLine.Mark.MISSING) {
            return MigrationState.SNAPSHOTTED;
        }
        if (!Checklist.isApproved(facts, rules)) {
            return MigrationState.AWAITING_APPROVAL;
        }
        return facts.preparation().rehearsal().isPresent() ? MigrationState.REHEARSED : MigrationState.SNAPSHOTTED;
    }

    private String phase() {
        if (facts.isEnded() || !facts.isStarted()) {
            return "";
        }
        var phases = facts.plan().map(PlanSummary::phases).orElse(List.of());
        int current = Math.min(facts.execution().verified(), phases.size() - 1);
        return current < 0 ? "" : phases.get(current).name();
    }

    private int batchesDone() {
        return facts.execution()
                .undo()
                .filter(Execution.Undo::begun)
                .map(undo -> facts.execution().issued()
                        - undo.reverted()
                        + undo.again().size())
                .or(() -> Optional.of(facts.execution().applied()))
                .get();
    }
}
