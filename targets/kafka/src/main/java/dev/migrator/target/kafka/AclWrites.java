package dev.migrator.target.kafka;

import dev.migrator.core.error.ProblemException;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Outcome;
import dev.migrator.target.TargetException;
import dev.migrator.target.WriteGuard;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.DeleteAclsResult.FilterResults;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;

/** Writes ACLs. An ACL is its tuple: it is there or not, and nothing about it can be updated. */
final class AclWrites {
    /**
     * The controller compares each rule to be deleted with every rule that it holds, in one go: 5,000 of 10,000 keep it from
     * all else for longer than a call may take. So no more than 500 are asked for at once.
     */
    static final int WEIGHT_OF_DELETE = Bulk.MAX_RECORDS / 500;

    private final KafkaConnection connection;

    AclWrites(KafkaConnection connection) {
        this.connection = connection;
    }

    Map<EntryKey, Outcome> create(List<Operation.Create> operations, WriteGuard guard) throws TargetException {
        var outcomes = new HashMap<EntryKey, Outcome>();
        var bindings = bindings(operations, outcomes);
        var answers = Bulk.send(List.copyOf(bindings.keySet()), _ -> 1, some -> {
            guard.check();
            return connection.awaitEach(
                    "create " + some.size() + " ACLs",
                    connection.admin().createAcls(some).values());
        });
        answers.forEach((binding, answer) -> {
            var key = bindings.get(binding);
            outcomes.put(
                    key,
                    answer instanceof Answer.Err<Void>(var error)
                            ? Faults.outcome(key, error)
                            : new Outcome.Applied(key, ""));
        });
        return outcomes;
    }

    Map<EntryKey, Outcome> delete(List<Operation.Delete> operations, WriteGuard guard) throws TargetException {
        var outcomes = new HashMap<EntryKey, Outcome>();
        var bindings = bindings(operations, outcomes);
        var answers = Bulk.send(List.copyOf(bindings.keySet()), _ -> WEIGHT_OF_DELETE, some -> {
            guard.check();
            return delete(connection, "delete " + some.size() + " ACLs", some);
        });
        answers.forEach(
                (binding, answer) -> outcomes.put(bindings.get(binding), deleted(bindings.get(binding), answer)));
        return outcomes;
    }

    private static Outcome deleted(EntryKey key, Answer<Integer> answer) {
        return switch (answer) {
            case Answer.Err<Integer>(var error) -> Faults.outcome(key, error);
            // the controller itself did not find it: somebody else was faster
            case Answer.Ok<Integer>(var count) when count == 0 -> new Outcome.AlreadyApplied(key, "");
            case Answer.Ok<Integer> _ -> new Outcome.Applied(key, "");
        };
    }

    private static Map<AclBinding, EntryKey> bindings(
            List<? extends Operation> operations, Map<EntryKey, Outcome> outcomes) {
        var bindings = new LinkedHashMap<AclBinding, EntryKey>();
        for (var operation : operations) {
            try {
                bindings.put(Acls.binding(operation.key().address()), operation.key());
            } catch (ProblemException e) {
                outcomes.put(operation.key(), new Outcome.Failed(operation.key(), e.problem()));
            }
        }
        return bindings;
    }

    /** By ACL, how many the controller found and deleted: 0 or 1. */
    static Map<AclBinding, Answer<Integer>> delete(KafkaConnection connection, String doing, List<AclBinding> bindings)
            throws TargetException {
        var filters = new LinkedHashMap<AclBindingFilter, AclBinding>();
        bindings.forEach(binding -> filters.put(binding.toFilter(), binding));
        Map<AclBindingFilter, KafkaFuture<FilterResults>> sent =
                connection.admin().deleteAcls(filters.keySet()).values();
        var deleted = new HashMap<AclBinding, Answer<Integer>>();
        connection
                .awaitEach(doing, sent)
                .forEach((filter, answer) -> deleted.put(filters.get(filter), counted(answer)));
        return deleted;
    }

    private static Answer<Integer> counted(Answer<FilterResults> answer) {
        return switch (answer) {
            case Answer.Err<FilterResults>(var error) -> Answer.err(error);
            case Answer.Ok<FilterResults>(var results) -> {
                for (var result : results.values()) {
                    if (result.exception() != null) {
                        yield Answer.err(result.exception());
                    }
                }
                yield Answer.ok(results.values().size());
            }
        };
    }
}
