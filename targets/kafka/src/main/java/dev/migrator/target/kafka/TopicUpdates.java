package dev.migrator.target.kafka;

import dev.migrator.core.error.ProblemException;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Outcome;
import dev.migrator.target.TargetException;
import dev.migrator.target.WriteGuard;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Changes topics: configs first, then replicas, then partitions, as those cannot be taken back. Where a topic was to have
 * fewer partitions again, all else is put back, and the outcome says what stays.
 */
final class TopicUpdates {
    private final TopicConfigs configs;
    private final TopicShapes shapes;

    TopicUpdates(KafkaConnection connection) {
        this.configs = new TopicConfigs(connection);
        this.shapes = new TopicShapes(connection);
    }

    Map<EntryKey, Outcome> update(List<Operation.Update> operations, Seen seen, Duration patience, WriteGuard guard)
            throws TargetException {
        var outcomes = new HashMap<EntryKey, Outcome>();
        var open = new LinkedHashMap<String, TopicShapes.Wanted>();
        var changes = new HashMap<String, Map<String, Optional<String>>>();
        for (var operation : operations) {
            var key = operation.key();
            try {
                var fields = TopicFields.of(operation.after());
                open.put(key.address(), TopicShapes.Wanted.of(key, fields));
                var needed = TopicCreates.differences(fields, States.content(seen.state(key)));
                if (!needed.isEmpty()) {
                    changes.put(key.address(), needed);
                }
            } catch (ProblemException e) {
                outcomes.put(key, new Outcome.Failed(key, e.problem()));
            }
        }
        configs.alter(changes, guard).forEach((name, answer) -> {
            if (answer instanceof Answer.Err<Void>(var error)) {
                var key = open.remove(name).key();
                outcomes.put(key, failed(key, error));
            }
        });
        var stopped = shapes.change(List.copyOf(open.values()), seen, patience, guard);
        open.values()
                .forEach(topic -> outcomes.put(
                        topic.key(),
                        stopped.getOrDefault(
                                topic.key(),
                                new Outcome.Applied(topic.key(), States.incarnation(seen.state(topic.key()))))));
        return outcomes;
    }

    static Outcome failed(EntryKey key, Throwable error) {
        return error instanceof UnknownTopicOrPartitionException
                ? Faults.raced(key, "it is gone by now")
                : Faults.outcome(key, error);
    }
}
