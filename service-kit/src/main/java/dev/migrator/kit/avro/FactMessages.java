package dev.migrator.kit.avro;

import dev.migrator.core.lifecycle.DryRunReport;
import dev.migrator.core.lifecycle.Fact;
import dev.migrator.core.lifecycle.MonitoringReport;
import dev.migrator.core.lifecycle.PlanSummary;
import dev.migrator.core.lifecycle.Position;
import dev.migrator.core.lifecycle.RehearsalReport;
import dev.migrator.core.lifecycle.StoredObject;
import dev.migrator.core.lifecycle.WorkerAnswer;
import dev.migrator.core.plan.ApprovalNeed;
import dev.migrator.core.plan.Risk;
import dev.migrator.events.v1.AnomalyDetected;
import dev.migrator.events.v1.AnswerKind;
import dev.migrator.events.v1.AnswerResult;
import dev.migrator.events.v1.ApprovalDenied;
import dev.migrator.events.v1.ApprovalGranted;
import dev.migrator.events.v1.BatchAnswered;
import dev.migrator.events.v1.ChangeRequested;
import dev.migrator.events.v1.CommandKind;
import dev.migrator.events.v1.DrillOrdered;
import dev.migrator.events.v1.DrillReported;
import dev.migrator.events.v1.DryRunAnswered;
import dev.migrator.events.v1.MigrationCommand;
import dev.migrator.events.v1.MonitoringAnswered;
import dev.migrator.events.v1.PhaseVerified;
import dev.migrator.events.v1.PlanPhase;
import dev.migrator.events.v1.PlanProposed;
import dev.migrator.events.v1.PlanRejected;
import dev.migrator.events.v1.RehearsalAnswered;
import dev.migrator.events.v1.RollbackCommanded;
import dev.migrator.events.v1.SnapshotFailed;
import dev.migrator.events.v1.SnapshotStored;
import dev.migrator.events.v1.WorkDelayed;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/** Facts as records and back. */
final class FactMessages {
    private FactMessages() {}

    static SpecificRecord of(Fact.OfMigration fact) {
        return switch (fact) {
            case Fact.Requested(var change) -> ChangeMessages.of(change);
            case Fact.PlanProposed proposed -> of(proposed);
            case Fact.PlanRejected(var id, var revision, var problems) ->
                new PlanRejected(id.value(), revision, Parts.ofProblems(problems));
            case Fact.DryRunAnswered(var id, var revision, var plan, var report) ->
                new DryRunAnswered(
                        id.value(),
                        revision,
                        plan.toString(),
                        report.accepted(),
                        report.refused(),
                        report.unchecked(),
                        Parts.ofProblems(report.problems()),
                        report.notChecked(),
                        report.uri(),
                        Parts.text(report.digest()));
            case Fact.RehearsalAnswered(var id, var revision, var plan, var snapshot, var report) ->
                new RehearsalAnswered(
                        id.value(),
                        revision,
                        plan.toString(),
                        snapshot.toString(),
                        report.operations(),
                        report.asPredicted(),
                        report.notProven(),
                        report.reasons(),
                        report.problem().map(Parts::of).orElse(null),
                        report.uri(),
                        Parts.text(report.digest()));
            case Fact.MonitoringAnswered(var id, var revision, var asking, var plan, var report) ->
                new MonitoringAnswered(
                        id.value(),
                        revision,
                        asking,
                        plan.toString(),
                        report.heard(),
                        Parts.ofProblems(report.problems()),
                        report.uri(),
                        Parts.text(report.digest()));
            case Fact.SnapshotStored(var id, var revision, var plan, var uri, var digest, var hash, var entries) ->
                new SnapshotStored(
                        id.value(), revision, plan.toString(), uri, digest.toString(), hash.toString(), entries);
            case Fact.DrillOrdered(var order) -> DrillMessages.of(order);
            case Fact.DrillAnswered(var report) -> DrillMessages.of(report);
            case Fact.SnapshotFailed(var id, var revision, var problem) ->
                new SnapshotFailed(id.value(), revision, Parts.of(problem));
            case Fact.Approval approval ->
                ApprovalMessages.of(approval, "", new byte[0], ""); // unsigned: refused by whoever checks it
            case Fact.Commanded(var id, var requestId, var command, var by, var reason) ->
                new MigrationCommand(id.value(), requestId, CommandKind.valueOf(command.name()), by, reason);
            case Fact.Answered(var answer) -> of(answer);
            case Fact.PhaseVerified(var id, var epoch, var phase, var evidence) ->
                new PhaseVerified(id.value(), epoch, phase, evidence);
            case Fact.AnomalyDetected(var id, var epoch, var phase, var problems) ->
                new AnomalyDetected(id.value(), epoch, phase, Parts.ofProblems(problems));
            case Fact.RollbackCommanded(var id, var epoch, var phase, var reason) ->
                new RollbackCommanded(id.value(), epoch, phase, reason);
            case Fact.WorkDelayed(var id, var service, var problem) ->
                new WorkDelayed(id.value(), service, Parts.of(problem));
        };
    }

    static Optional<Fact.OfMigration> fact(SpecificRecord event) {
        return Optional.ofNullable(
                switch (event) {
                    case ChangeRequested e -> new Fact.Requested(ChangeMessages.change(e));
                    case PlanProposed e -> proposed(e);
                    case PlanRejected e ->
                        new Fact.PlanRejected(
                                Parts.id(e.getMigrationId()),
                                revision(e.getRevision()),
                                Parts.problems(e.getProblems()));
                    case DryRunAnswered e ->
                        new Fact.DryRunAnswered(
                                Parts.id(e.getMigrationId()),
                                revision(e.getRevision()),
                                Parts.digest("planDigest", e.getPlanDigest()),
                                new DryRunReport(
                                        e.getAccepted(),
                                        e.getRefused(),
                                        e.getUnchecked(),
                                        Parts.problems(e.getProblems()),
                                        e.getNotChecked(),
                                        e.getUri(),
                                        Parts.digestOrNone("digest", e.getDigest())));
                    case MonitoringAnswered e ->
                        new Fact.MonitoringAnswered(
                                Parts.id(e.getMigrationId()),
                                revision(e.getRevision()),
                                Parts.atLeast(1, "asking", e.getAsking()),
                                Parts.digest("planDigest", e.getPlanDigest()),
                                new MonitoringReport(
                                        e.getHeard(),
                                        Parts.problems(e.getProblems()),
                                        e.getUri(),
                                        Parts.digestOrNone("digest", e.getDigest())));
                    case RehearsalAnswered e ->
                        new Fact.RehearsalAnswered(
                                Parts.id(e.getMigrationId()),
                                revision(e.getRevision()),
                                Parts.digest("planDigest", e.getPlanDigest()),
                                Parts.digest("snapshotDigest", e.getSnapshotDigest()),
                                new RehearsalReport(
                                        e.getOperations(),
                                        e.getAsPredicted(),
                                        e.getNotProven(),
                                        e.getReasons(),
                                        Optional.ofNullable(e.getProblem()).map(Parts::problem),
                                        e.getUri(),
                                        Parts.digestOrNone("digest", e.getDigest())));
                    case DrillOrdered e -> DrillMessages.fact(e);
                    case DrillReported e -> new Fact.DrillAnswered(DrillMessages.report(e));
                    case SnapshotStored e ->
                        new Fact.SnapshotStored(
                                Parts.id(e.getMigrationId()),
                                revision(e.getRevision()),
                                Parts.digest("planDigest", e.getPlanDigest()),
                                e.getUri(),
                                Parts.digest("digest", e.getDigest()),
                                Parts.digest("stateHash", e.getStateHash()),
                                e.getEntries());
                    case SnapshotFailed e ->
                        new Fact.SnapshotFailed(
                                Parts.id(e.getMigrationId()), revision(e.getRevision()), Parts.problem(e.getProblem()));
                    case ApprovalGranted e -> ApprovalMessages.fact(e);
                    case ApprovalDenied e -> ApprovalMessages.fact(e);
                    case MigrationCommand e ->
                        new Fact.Commanded(
                                Parts.id(e.getMigrationId()),
                                e.getRequestId(),
                                Parts.symbol(Fact.Commanded.Command.class, "command", e.getCommand()),
                                e.getBy(),
                                e.getReason());
                    case BatchAnswered e -> new Fact.Answered(answer(e));
                    case PhaseVerified e ->
                        new Fact.PhaseVerified(
                                Parts.id(e.getMigrationId()), e.getEpoch(), e.getPhase(), e.getEvidenceUri());
                    case AnomalyDetected e ->
                        new Fact.AnomalyDetected(
                                Parts.id(e.getMigrationId()),
                                e.getEpoch(),
                                e.getPhase(),
                                Parts.problems(e.getProblems()));
                    case RollbackCommanded e ->
                        new Fact.RollbackCommanded(
                                Parts.id(e.getMigrationId()), e.getEpoch(), e.getPhase(), e.getReason());
                    case WorkDelayed e ->
                        new Fact.WorkDelayed(
                                Parts.id(e.getMigrationId()), e.getService(), Parts.problem(e.getProblem()));
                    default -> null;
                });
    }

    static BatchAnswered of(WorkerAnswer answer) {
        return new BatchAnswered(
                answer.id().value(),
                answer.position().epoch(),
                answer.position().seq(),
                AnswerKind.valueOf(answer.kind().name()),
                answer.batch(),
                AnswerResult.valueOf(answer.result().name()),
                Parts.of(answer.counts()),
                Parts.text(answer.stateHash()),
                answer.retained(),
                answer.differences(),
                answer.problem().map(Parts::of).orElse(null),
                answer.outcomesUri().orElse(null),
                answer.undoKit().map(StoredObject::uri).orElse(null),
                Parts.text(answer.undoKit().map(StoredObject::digest)));
    }

    static WorkerAnswer answer(BatchAnswered e) {
        return new WorkerAnswer(
                Parts.id(e.getMigrationId()),
                new Position(e.getEpoch(), e.getSeq()),
                Parts.symbol(WorkerAnswer.Kind.class, "kind", e.getKind()),
                e.getBatch(),
                Parts.symbol(WorkerAnswer.Result.class, "result", e.getResult()),
                Parts.counts(e.getCounts()),
                Parts.digestOrNone("stateHash", e.getStateHash()),
                e.getRetained(),
                e.getDifferences(),
                Optional.ofNullable(e.getProblem()).map(Parts::problem),
                Optional.ofNullable(e.getOutcomesUri()),
                Parts.stored("undoKit", e.getUndoKitUri(), e.getUndoKitDigest()));
    }

    private static PlanProposed of(Fact.PlanProposed proposed) {
        PlanSummary plan = proposed.plan();
        return new PlanProposed(
                proposed.id().value(),
                proposed.revision(),
                plan.planDigest().toString(),
                plan.planUri(),
                plan.bundleUri(),
                plan.beforeHash().toString(),
                plan.phases().stream()
                        .map(p ->
                                new PlanPhase(p.name(), p.firstBatch(), p.batches(), p.checks(), Parts.text(p.bake())))
                        .toList(),
                plan.scope().stream().map(Parts::of).toList(),
                plan.changes(),
                plan.creates(),
                plan.updates(),
                plan.deletes(),
                dev.migrator.events.v1.Risk.valueOf(plan.worstRisk().name()),
                plan.warnings(),
                plan.ownership().map(PlanSummary.Ownership::changes).orElse(0),
                plan.ownership().map(PlanSummary.Ownership::adopted).orElse(0),
                plan.ownership().map(PlanSummary.Ownership::forgotten).orElse(0),
                plan.approvals().stream()
                        .map(need -> new dev.migrator.events.v1.ApprovalNeed(need.count(), need.group(), need.policy()))
                        .toList(),
                plan.judgedUntil()
                        .map(time -> time.truncatedTo(ChronoUnit.MILLIS))
                        .orElse(null),
                plan.surroundings().map(StoredObject::uri).orElse(null),
                Parts.text(plan.surroundings().map(StoredObject::digest)),
                plan.undoes(),
                plan.rehearsedFor());
    }

    private static Fact.PlanProposed proposed(PlanProposed e) {
        var summary = new PlanSummary(
                Parts.digest("planDigest", e.getPlanDigest()),
                e.getPlanUri(),
                e.getBundleUri(),
                Parts.digest("beforeHash", e.getBeforeHash()),
                e.getPhases().stream()
                        .map(p -> new PlanSummary.PhaseSummary(
                                p.getName(), p.getFirstBatch(), p.getBatches(), p.getChecks(), Parts.bake(p.getBake())))
                        .toList(),
                e.getScope().stream().map(Parts::claim).toList(),
                e.getChanges(),
                e.getCreates(),
                e.getUpdates(),
                e.getDeletes(),
                Parts.symbol(Risk.class, "worstRisk", e.getWorstRisk()),
                e.getWarnings(),
                e.getInventoryChanges() > 0
                        ? Optional.of(
                                new PlanSummary.Ownership(e.getInventoryChanges(), e.getAdopted(), e.getForgotten()))
                        : Optional.empty(),
                e.getApprovals().stream()
                        .map(need -> new ApprovalNeed(need.getCount(), need.getGroup(), need.getPolicy()))
                        .toList(),
                Optional.ofNullable(e.getJudgedUntil()),
                Parts.stored("surroundings", e.getSurroundingsUri(), e.getSurroundingsDigest()),
                e.getUndoes(),
                e.getRehearsedFor());
        return new Fact.PlanProposed(Parts.id(e.getMigrationId()), revision(e.getRevision()), summary);
    }

    private static int revision(int found) {
        return Parts.atLeast(1, "revision", found);
    }
}
