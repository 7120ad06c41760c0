package dev.migrator.executor.work;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.lifecycle.WorkerCommand;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.plan.Batch;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Outcome;
import dev.migrator.core.plan.Plan;
import dev.migrator.core.plan.PlannedOperation;
import dev.migrator.engine.Execution;
import dev.migrator.events.v1.InventoryEntry;
import dev.migrator.kit.topics.Topics;
import dev.migrator.kit.worker.Publisher;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Notes in the inventory what was last applied under each uid. The inventory is never believed over the target, so a note
 * that is lost costs precision in a later comparison and nothing else.
 */
final class InventoryNotes {
    private static final Logger LOG = Logger.getLogger(InventoryNotes.class);

    private final Publisher publisher;
    private final Clock clock;

    InventoryNotes(Publisher publisher, Clock clock) {
        this.publisher = publisher;
        this.clock = clock;
    }

    void note(WorkerCommand command, Plan plan, Execution execution) {
        switch (command) {
            case WorkerCommand.ApplyBatch(var _, var batch) ->
                note(command, plan, batch, execution, Function.identity());
            case WorkerCommand.RevertBatch(var _, var batch) ->
                note(command, plan, batch, execution, Operation::inverse);
            case WorkerCommand.CheckScope _, WorkerCommand.Close _ -> {
                // nothing was written
            }
        }
    }

    private void note(
            WorkerCommand command,
            Plan plan,
            int number,
            Execution execution,
            Function<Operation, Operation> direction) {
        Map<EntryKey, Outcome> outcomes =
                execution.outcomes().stream().collect(Collectors.toMap(Outcome::key, Function.identity()));
        var operations = plan.batches()
                .filter(batch -> batch.number() == number)
                .findFirst()
                .map(Batch::operations)
                .orElse(List.of());
        for (PlannedOperation planned : operations) {
            var outcome = outcomes.get(planned.operation().key());
            if (outcome != null && outcome.done()) {
                send(command, planned, direction.apply(planned.operation()), outcome);
            }
        }
    }

    private void send(WorkerCommand command, PlannedOperation planned, Operation done, Outcome outcome) {
        var envelope = command.envelope();
        var entry = InventoryEntry.newBuilder()
                .setEnvironment(envelope.environment())
                .setUid(planned.uid())
                .setTarget(done.key().target())
                .setKind(done.key().kind())
                .setAddress(done.key().address())
                .setIncarnation(incarnation(outcome))
                .setFields(fingerprints(done))
                .setDeleted(done instanceof Operation.Delete)
                .setMigrationId(envelope.id().value())
                .setPlanDigest(envelope.planDigest().toString())
                .setUpdatedAt(clock.instant())
                .build();
        publisher
                .sendAsync(Topics.INVENTORY, key(envelope.environment(), planned), entry)
                .whenComplete((_, error) -> {
                    if (error != null) {
                        LOG.warnf("The inventory lacks a note: uid=%s, error=%s", planned.uid(), error.getMessage());
                    }
                });
    }

    /** A schema is two entries under one uid, its artifact and its newest version, hence the kind. */
    private static String key(String environment, PlannedOperation planned) {
        return environment + "/" + planned.uid() + "/"
                + planned.operation().key().kind();
    }

    private static String incarnation(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Applied(var _, var incarnation) -> incarnation;
            case Outcome.AlreadyApplied(var _, var incarnation) -> incarnation;
            case Outcome.Retained _, Outcome.Conflict _, Outcome.Failed _, Outcome.Unknown _ -> "";
        };
    }

    private static Map<String, String> fingerprints(Operation done) {
        Content content = switch (done) {
            case Operation.Create(var _, var after) -> after;
            case Operation.Update(var _, var _, var after) -> after;
            case Operation.Delete _ -> Content.EMPTY;
        };
        var fingerprints = new HashMap<String, String>();
        content.fields().forEach((field, value) -> fingerprints.put(field, fingerprint(value)));
        return fingerprints;
    }

    private static String fingerprint(Value value) {
        return Digest.of(value).toString();
    }
}
