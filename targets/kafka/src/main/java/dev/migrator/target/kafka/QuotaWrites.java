package dev.migrator.target.kafka;

import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.kinds.QuotaEntity;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Outcome;
import dev.migrator.core.plan.Removal;
import dev.migrator.target.DryRunOutcome;
import dev.migrator.target.TargetException;
import dev.migrator.target.WriteGuard;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.AlterClientQuotasOptions;
import org.apache.kafka.common.quota.ClientQuotaAlteration;

/**
 * Sets and removes client quotas, many in one request. Kafka keeps no quota without a limit: removing the last one removes
 * the quota. A removal takes away what it knows of and nothing that others have added since.
 */
final class QuotaWrites {
    private static final String OTHERS = "limits that others have set since are kept";

    private final KafkaConnection connection;

    QuotaWrites(KafkaConnection connection) {
        this.connection = connection;
    }

    private record Change(EntryKey key, ClientQuotaAlteration alteration) {
        int records() {
            return Math.max(1, alteration.ops().size());
        }
    }

    Map<EntryKey, Outcome> write(List<Operation> operations, Seen seen, WriteGuard guard) throws TargetException {
        var outcomes = new HashMap<EntryKey, Outcome>();
        var changes = new ArrayList<Change>();
        var shared = new HashSet<EntryKey>();
        for (var operation : operations) {
            var key = operation.key();
            try {
                var found = States.content(seen.state(key));
                boolean others = operation instanceof Operation.Delete(var _, var before, var _)
                        && !before.fields().keySet().containsAll(found.fields().keySet());
                if (others && ((Operation.Delete) operation).removal() == Removal.RETIRE) {
                    // not as the plan saw it: undoing could not bring back what it does not know
                    outcomes.put(key, new Outcome.Conflict(key, seen.state(key)));
                    continue;
                }
                var change = change(operation, found);
                if (others) {
                    shared.add(key);
                }
                if (change.alteration().ops().isEmpty()) {
                    outcomes.put(key, written(key, shared));
                } else {
                    changes.add(change);
                }
            } catch (ProblemException e) {
                outcomes.put(key, new Outcome.Failed(key, e.problem()));
            }
        }
        Bulk.send(changes, Change::records, some -> {
                    guard.check();
                    return send(some, false);
                })
                .forEach((change, answer) -> outcomes.put(
                        change.key(),
                        answer instanceof Answer.Err<Void>(var error)
                                ? Faults.outcome(change.key(), error)
                                : written(change.key(), shared)));
        return outcomes;
    }

    private static Outcome written(EntryKey key, Set<EntryKey> shared) {
        return shared.contains(key) ? new Outcome.Retained(key, OTHERS) : new Outcome.Applied(key, "");
    }

    /** The same requests with {@code validateOnly}. */
    Map<EntryKey, DryRunOutcome> validate(List<Operation> operations, Seen seen) throws TargetException {
        var outcomes = new HashMap<EntryKey, DryRunOutcome>();
        var changes = new ArrayList<Change>();
        for (var operation : operations) {
            var key = operation.key();
            try {
                changes.add(change(operation, States.content(seen.state(key))));
            } catch (ProblemException e) {
                outcomes.put(
                        key,
                        new DryRunOutcome.Refused(
                                key, e.problem().about(key + ", " + e.problem().thing())));
            }
        }
        var answers = Bulk.send(changes, Change::records, some -> send(some, true));
        for (var change : changes) {
            outcomes.put(change.key(), Refusals.outcome(change.key(), answers.get(change)));
        }
        return outcomes;
    }

    private Map<Change, Answer<Void>> send(List<Change> changes, boolean validateOnly) throws TargetException {
        var sent = connection
                .admin()
                .alterClientQuotas(
                        changes.stream().map(Change::alteration).toList(),
                        new AlterClientQuotasOptions().validateOnly(validateOnly));
        var byEntity = connection.awaitEach("alter " + changes.size() + " client quotas", sent.values());
        var answers = new HashMap<Change, Answer<Void>>();
        changes.forEach(
                change -> answers.put(change, byEntity.get(change.alteration().entity())));
        return answers;
    }

    /** @throws ProblemException if no cluster can hold it */
    private static Change change(Operation operation, Content found) {
        var entity = QuotaEntity.parse(operation.key().address());
        if (entity.isReserved()) {
            throw new ProblemException(Problem.of("QUO-RESERVED", "this quota is in use by the migrator itself")
                    .about(operation.key().toString())
                    .expected("a user whose name does not begin with " + QuotaEntity.RESERVED)
                    .found(operation.key().address()));
        }
        var limits = limits(operation, found);
        var ops = new ArrayList<ClientQuotaAlteration.Op>();
        limits.forEach((field, limit) -> ops.add(new ClientQuotaAlteration.Op(Quotas.kafkaName(field), limit)));
        return new Change(operation.key(), new ClientQuotaAlteration(Quotas.entity(entity), ops));
    }

    /** New limit by field, null where it is to be removed. */
    private static Map<String, Double> limits(Operation operation, Content found) {
        var limits = new TreeMap<String, Double>();
        switch (operation) {
            case Operation.Create(var key, var after) -> {
                after.fields().forEach((field, value) -> limits.put(field, Quotas.limit(field, value)));
                limits.values().removeIf(limit -> limit == null);
                if (limits.isEmpty()) {
                    throw new ProblemException(Problem.of("QUO-NO-LIMIT", "a quota limits nothing")
                            .about(key.toString())
                            .expected("at least one limit"));
                }
            }
            case Operation.Update(var _, var _, var after) ->
                after.fields().forEach((field, value) -> limits.put(field, Quotas.limit(field, value)));
            case Operation.Delete(var _, var before, var _) ->
                before.fields().keySet().stream()
                        .filter(field -> !found.get(field).isNull())
                        .forEach(field -> limits.put(field, null));
        }
        return limits;
    }
}
