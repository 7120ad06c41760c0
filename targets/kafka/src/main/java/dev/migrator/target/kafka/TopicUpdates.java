package dev.migrator.target.kafka;

import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Outcome;
import dev.migrator.target.TargetException;
import dev.migrator.target.WriteGuard;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Changes configs of topics; partitions and replicas cannot be put back, so they are not changed here. */
final class TopicUpdates {
    private final TopicConfigs configs;

    TopicUpdates(KafkaConnection connection) {
        this.configs = new TopicConfigs(connection);
    }

    Map<EntryKey, Outcome> update(List<Operation.Update> operations, Seen seen, WriteGuard guard)
            throws TargetException {
        var outcomes = new HashMap<EntryKey, Outcome>();
        var keys = new HashMap<String, EntryKey>();
        var changes = new HashMap<String, Map<String, Optional<String>>>();
        for (var operation : operations) {
            try {
                changes.put(operation.key().address(), changes(operation));
                keys.put(operation.key().address(), operation.key());
            } catch (ProblemException e) {
                outcomes.put(operation.key(), new Outcome.Failed(operation.key(), e.problem()));
            }
        }
        configs.alter(changes, guard).forEach((name, answer) -> {
            var key = keys.get(name);
            outcomes.put(
                    key,
                    answer instanceof Answer.Err<Void>(var error)
                            ? failed(key, error)
                            : new Outcome.Applied(key, States.incarnation(seen.state(key))));
        });
        return outcomes;
    }

    /** @throws ProblemException {@code TGT-IMMUTABLE} or {@code TGT-FIELD} */
    static Map<String, Optional<String>> changes(Operation.Update operation) {
        var fields = TopicFields.of(operation.after());
        if (fields.partitions().isPresent() || fields.replicationFactor().isPresent()) {
            throw new ProblemException(
                    Problem.of("TGT-IMMUTABLE", "partitions and replicas of a topic stay as they are")
                            .about(operation.key().toString())
                            .expected("only config fields change")
                            .found(String.join(", ", operation.after().fields().keySet()))
                            .todo("create a topic under a new name and move to it"));
        }
        return fields.configs();
    }

    static Outcome failed(EntryKey key, Throwable error) {
        return error instanceof UnknownTopicOrPartitionException
                ? Faults.raced(key, "it is gone by now")
                : Faults.outcome(key, error);
    }
}
