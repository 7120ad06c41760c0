package dev.migrator.kit.avro;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.lifecycle.Effect;
import dev.migrator.core.lifecycle.Fact;
import dev.migrator.core.lifecycle.MigrationStatus;
import dev.migrator.core.lifecycle.WorkerAnswer;
import dev.migrator.core.lifecycle.WorkerCommand;
import dev.migrator.events.EventTypes;
import dev.migrator.events.v1.AuditEntry;
import dev.migrator.events.v1.BatchAnswered;
import dev.migrator.events.v1.MigrationStatusChanged;
import dev.migrator.kit.topics.Topics;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/**
 * Core values as Avro records and back: the only place where they meet. Writing is total. Reading throws {@link
 * ProblemException} with a code {@code EVT-…} or {@code CHG-…} for a record that could be decoded and makes no sense.
 */
public final class Messages {
    static {
        EventTypes.trust();
    }

    private Messages() {}

    /** An approval comes out unsigned, and is refused by its readers: use {@link #approval} for one that counts. */
    public static SpecificRecord of(Fact.OfMigration fact) {
        return FactMessages.of(fact);
    }

    /** The fact in a record, empty for a record that carries none (tasks, batches, statuses, audit). Signatures are not checked here. */
    public static Optional<Fact.OfMigration> fact(SpecificRecord event) {
        return FactMessages.fact(event);
    }

    /** @param at when, and {@code service} who, for audit entries */
    public static SpecificRecord of(Effect effect, String service, Instant at) {
        return EffectMessages.of(effect, service, at);
    }

    /** The effect in a record, empty for a record that carries none. */
    public static Optional<Effect> effect(SpecificRecord event) {
        return EffectMessages.effect(event);
    }

    /** As {@link #of(Effect, String, Instant)}, with topic and key. */
    public static Outgoing outgoing(Effect effect, String service, Instant at) {
        SpecificRecord value = of(effect, service, at);
        return switch (effect) {
            case Effect.PlanRequested e -> new Outgoing(Topics.TASKS, e.id().value(), value);
            case Effect.DryRunRequested e -> new Outgoing(Topics.TASKS, e.id().value(), value);
            case Effect.SnapshotRequested e -> new Outgoing(Topics.TASKS, e.id().value(), value);
            // by environment: there is one place to rehearse in, so one worker does it, one rehearsal after another
            case Effect.RehearsalRequested e -> new Outgoing(Topics.TASKS, e.environment(), value);
            case Effect.DrillRequested e -> new Outgoing(Topics.TASKS, e.environment(), value);
            case Effect.DrillReported(var report) ->
                new Outgoing(Topics.DRILLS, report.environment() + "/" + report.request(), value);
            case Effect.MonitoringRequested e -> new Outgoing(Topics.TASKS, e.id().value(), value);
            case Effect.VerifyPhase e -> new Outgoing(Topics.TASKS, e.id().value(), value);
            case Effect.Command e ->
                new Outgoing(Topics.BATCHES, e.command().envelope().id().value(), value);
            case Effect.StatusChanged e ->
                new Outgoing(Topics.STATUS, e.status().id().value(), value);
            case Effect.Audited e -> new Outgoing(Topics.AUDIT, e.environment(), value);
        };
    }

    public static SpecificRecord of(WorkerCommand command) {
        return EffectMessages.of(command);
    }

    /** The command in a record, empty for a record that carries none. */
    public static Optional<WorkerCommand> command(SpecificRecord event) {
        return EffectMessages.command(event);
    }

    public static BatchAnswered of(WorkerAnswer answer) {
        return FactMessages.of(answer);
    }

    public static WorkerAnswer answer(BatchAnswered event) {
        return FactMessages.answer(event);
    }

    public static MigrationStatusChanged of(MigrationStatus status) {
        return StatusMessages.of(status);
    }

    public static MigrationStatus status(MigrationStatusChanged event) {
        return StatusMessages.status(event);
    }

    /** ApprovalGranted or ApprovalDenied, with its signature. */
    public static SpecificRecord approval(Fact.Approval approval, String environment, byte[] signature, String keyId) {
        return ApprovalMessages.of(approval, environment, signature, keyId);
    }

    /** An audit entry whose id is made of its content; details above 100 lines are left out. */
    public static AuditEntry audit(
            String service,
            Instant at,
            String environment,
            String migrationId,
            String decision,
            String actor,
            Optional<Digest> planDigest,
            Optional<Problem> problem,
            List<String> details) {
        return EffectMessages.AuditMessages.entry(
                service, at, environment, migrationId, decision, actor, planDigest, problem, details);
    }
}
