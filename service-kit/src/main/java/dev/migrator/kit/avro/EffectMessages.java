package dev.migrator.kit.avro;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.lifecycle.Effect;
import dev.migrator.core.lifecycle.Position;
import dev.migrator.core.lifecycle.StoredObject;
import dev.migrator.core.lifecycle.WorkerCommand;
import dev.migrator.core.report.AuditRecord;
import dev.migrator.events.v1.ApplyBatch;
import dev.migrator.events.v1.AuditEntry;
import dev.migrator.events.v1.CheckScope;
import dev.migrator.events.v1.Close;
import dev.migrator.events.v1.DrillReported;
import dev.migrator.events.v1.DrillRequested;
import dev.migrator.events.v1.DryRunRequested;
import dev.migrator.events.v1.MigrationStatusChanged;
import dev.migrator.events.v1.MonitoringRequested;
import dev.migrator.events.v1.PlanRequested;
import dev.migrator.events.v1.RehearsalRequested;
import dev.migrator.events.v1.RevertBatch;
import dev.migrator.events.v1.SnapshotRequested;
import dev.migrator.events.v1.VerifyPhase;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/** Effects and worker commands as records and back. */
final class EffectMessages {
    private EffectMessages() {}

    static SpecificRecord of(Effect effect, String service, Instant at) {
        return switch (effect) {
            case Effect.PlanRequested(
                    var id,
                    var revision,
                    var env,
                    var commit,
                    var digest,
                    var uri,
                    var inline,
                    var selector,
                    var overwritesDrift) ->
                new PlanRequested(
                        id.value(),
                        revision,
                        env,
                        commit,
                        digest.toString(),
                        inline.map(ByteBuffer::wrap).orElse(null),
                        uri.orElse(null),
                        Parts.text(selector),
                        overwritesDrift);
            case Effect.DryRunRequested(var id, var revision, var env, var commit, var digest, var uri) ->
                new DryRunRequested(id.value(), revision, env, commit, digest.toString(), uri);
            case Effect.SnapshotRequested(var id, var revision, var env, var commit, var digest, var uri) ->
                new SnapshotRequested(id.value(), revision, env, commit, digest.toString(), uri);
            case Effect.RehearsalRequested(
                    var id,
                    var revision,
                    var env,
                    var commit,
                    var digest,
                    var uri,
                    var place,
                    var snapshot,
                    var before) ->
                new RehearsalRequested(
                        id.value(),
                        revision,
                        env,
                        commit,
                        digest.toString(),
                        uri,
                        place,
                        snapshot.uri(),
                        snapshot.digest().toString(),
                        before.toString());
            case Effect.DrillRequested asked -> DrillMessages.of(asked);
            case Effect.DrillReported(var report) -> DrillMessages.of(report);
            case Effect.MonitoringRequested(
                    var id,
                    var revision,
                    var asking,
                    var env,
                    var commit,
                    var digest,
                    var signals) ->
                new MonitoringRequested(
                        id.value(), revision, asking, env, commit, digest.toString(), Parts.text(signals));
            case Effect.VerifyPhase(
                    var id,
                    var epoch,
                    var phase,
                    var env,
                    var commit,
                    var digest,
                    var uri,
                    var since,
                    var signals) ->
                new VerifyPhase(
                        id.value(),
                        epoch,
                        phase,
                        env,
                        commit,
                        digest.toString(),
                        uri,
                        since.map(Parts::millis).orElse(null),
                        Parts.text(signals));
            case Effect.Command(var command) -> of(command);
            case Effect.StatusChanged(var status) -> StatusMessages.of(status);
            case Effect.Audited audited -> of(audited, service, at);
        };
    }

    static Optional<Effect> effect(SpecificRecord event) {
        return switch (event) {
            case PlanRequested e ->
                Optional.of(new Effect.PlanRequested(
                        Parts.id(e.getMigrationId()),
                        Parts.atLeast(1, "revision", e.getRevision()),
                        e.getEnvironment(),
                        e.getCommit(),
                        Parts.digest("bundleDigest", e.getBundleDigest()),
                        Optional.ofNullable(e.getBundleUri()),
                        Optional.ofNullable(e.getBundle()).map(Parts::bytes),
                        Parts.selector(e.getSelector()),
                        e.getOverwritesDrift()));
            case DryRunRequested e ->
                Optional.of(new Effect.DryRunRequested(
                        Parts.id(e.getMigrationId()),
                        Parts.atLeast(1, "revision", e.getRevision()),
                        e.getEnvironment(),
                        e.getCommit(),
                        Parts.digest("planDigest", e.getPlanDigest()),
                        e.getPlanUri()));
            case SnapshotRequested e ->
                Optional.of(new Effect.SnapshotRequested(
                        Parts.id(e.getMigrationId()),
                        Parts.atLeast(1, "revision", e.getRevision()),
                        e.getEnvironment(),
                        e.getCommit(),
                        Parts.digest("planDigest", e.getPlanDigest()),
                        e.getPlanUri()));
            case RehearsalRequested e ->
                Optional.of(new Effect.RehearsalRequested(
                        Parts.id(e.getMigrationId()),
                        Parts.atLeast(1, "revision", e.getRevision()),
                        e.getEnvironment(),
                        e.getCommit(),
                        Parts.digest("planDigest", e.getPlanDigest()),
                        e.getPlanUri(),
                        e.getRehearsalEnvironment(),
                        new StoredObject(
                                String.valueOf(e.getSnapshotUri()),
                                Parts.digest("snapshotDigest", String.valueOf(e.getSnapshotDigest()))),
                        Parts.digest("beforeHash", String.valueOf(e.getBeforeHash()))));
            case DrillRequested e -> Optional.of(DrillMessages.asked(e));
            case DrillReported e -> Optional.of(new Effect.DrillReported(DrillMessages.report(e)));
            case VerifyPhase e ->
                Optional.of(new Effect.VerifyPhase(
                        Parts.id(e.getMigrationId()),
                        e.getEpoch(),
                        e.getPhase(),
                        e.getEnvironment(),
                        e.getCommit(),
                        Parts.digest("planDigest", e.getPlanDigest()),
                        e.getPlanUri(),
                        Optional.ofNullable(e.getSince()),
                        Parts.digestOrNone("signals", e.getSignals())));
            case MonitoringRequested e ->
                Optional.of(new Effect.MonitoringRequested(
                        Parts.id(e.getMigrationId()),
                        Parts.atLeast(1, "revision", e.getRevision()),
                        Parts.atLeast(1, "asking", e.getAsking()),
                        e.getEnvironment(),
                        e.getCommit(),
                        Parts.digest("planDigest", e.getPlanDigest()),
                        Parts.digestOrNone("signals", e.getSignals())));
            case MigrationStatusChanged e -> Optional.of(new Effect.StatusChanged(StatusMessages.status(e)));
            case AuditEntry e -> Optional.of(audited(e));
            default -> command(event).map(Effect.Command::new);
        };
    }

    static SpecificRecord of(WorkerCommand command) {
        var e = command.envelope();
        String id = e.id().value();
        int epoch = e.position().epoch();
        long seq = e.position().seq();
        String plan = e.planDigest().toString();
        return switch (command) {
            case WorkerCommand.CheckScope(var _, var before, var snapshot) ->
                new CheckScope(
                        id,
                        e.environment(),
                        e.commit(),
                        epoch,
                        seq,
                        plan,
                        e.planUri(),
                        before.toString(),
                        snapshot.map(StoredObject::uri).orElse(null),
                        Parts.text(snapshot.map(StoredObject::digest)));
            case WorkerCommand.ApplyBatch(var _, var batch) ->
                new ApplyBatch(id, e.environment(), e.commit(), epoch, seq, plan, e.planUri(), batch);
            case WorkerCommand.RevertBatch(var _, var batch) ->
                new RevertBatch(id, e.environment(), e.commit(), epoch, seq, plan, e.planUri(), batch);
            case WorkerCommand.Close(var _, var rolledBack, var before) ->
                new Close(
                        id, e.environment(), e.commit(), epoch, seq, plan, e.planUri(), rolledBack, before.toString());
        };
    }

    static Optional<WorkerCommand> command(SpecificRecord event) {
        return Optional.ofNullable(
                switch (event) {
                    case CheckScope e ->
                        new WorkerCommand.CheckScope(
                                envelope(
                                        e.getMigrationId(),
                                        e.getEnvironment(),
                                        e.getCommit(),
                                        new Position(e.getEpoch(), e.getSeq()),
                                        e.getPlanDigest(),
                                        e.getPlanUri()),
                                Parts.digest("beforeHash", e.getBeforeHash()),
                                Parts.stored("snapshot", e.getSnapshotUri(), e.getSnapshotDigest()));
                    case ApplyBatch e ->
                        new WorkerCommand.ApplyBatch(
                                envelope(
                                        e.getMigrationId(),
                                        e.getEnvironment(),
                                        e.getCommit(),
                                        new Position(e.getEpoch(), e.getSeq()),
                                        e.getPlanDigest(),
                                        e.getPlanUri()),
                                e.getBatch());
                    case RevertBatch e ->
                        new WorkerCommand.RevertBatch(
                                envelope(
                                        e.getMigrationId(),
                                        e.getEnvironment(),
                                        e.getCommit(),
                                        new Position(e.getEpoch(), e.getSeq()),
                                        e.getPlanDigest(),
                                        e.getPlanUri()),
                                e.getBatch());
                    case Close e ->
                        new WorkerCommand.Close(
                                envelope(
                                        e.getMigrationId(),
                                        e.getEnvironment(),
                                        e.getCommit(),
                                        new Position(e.getEpoch(), e.getSeq()),
                                        e.getPlanDigest(),
                                        e.getPlanUri()),
                                e.getRolledBack(),
                                Parts.digest("beforeHash", e.getBeforeHash()));
                    default -> null;
                });
    }

    private static WorkerCommand.Envelope envelope(
            String id, String environment, String commit, Position position, String planDigest, String planUri) {
        return new WorkerCommand.Envelope(
                Parts.id(id), environment, commit, position, Parts.digest("planDigest", planDigest), planUri);
    }

    private static AuditEntry of(Effect.Audited audited, String service, Instant at) {
        return AuditMessages.entry(
                service,
                at,
                audited.environment(),
                audited.id().value(),
                audited.decision(),
                audited.actor(),
                audited.planDigest(),
                audited.problem(),
                audited.details());
    }

    private static Effect.Audited audited(AuditEntry e) {
        return new Effect.Audited(
                Parts.id(e.getMigrationId()),
                e.getEnvironment(),
                e.getDecision(),
                e.getActor(),
                Parts.digestOrNone("planDigest", e.getPlanDigest()),
                Optional.ofNullable(e.getProblem()).map(Parts::problem),
                e.getDetails());
    }

    /** Audit entries: the id is made of the content, so that the same entry published twice is one. */
    static final class AuditMessages {
        private AuditMessages() {}

        static AuditEntry entry(
                String service,
                Instant at,
                String environment,
                String migrationId,
                String decision,
                String actor,
                Optional<Digest> planDigest,
                Optional<dev.migrator.core.error.Problem> problem,
                List<String> details) {
            String id = AuditRecord.idOf(
                    service, at, environment, migrationId, decision, actor, planDigest, problem, details);
            return new AuditEntry(
                    id,
                    Instant.ofEpochMilli(at.toEpochMilli()),
                    service,
                    environment,
                    migrationId,
                    decision,
                    actor,
                    Parts.text(planDigest),
                    problem.map(Parts::of).orElse(null),
                    details.stream().limit(AuditRecord.MOST_DETAILS).toList());
        }
    }
}
