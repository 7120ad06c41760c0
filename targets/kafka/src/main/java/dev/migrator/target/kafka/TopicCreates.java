package dev.migrator.target.kafka;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Outcome;
import dev.migrator.target.TargetException;
import dev.migrator.target.WriteGuard;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.CreateTopicsResult;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.TopicExistsException;

/** Creates topics, and takes retired ones into use again. */
final class TopicCreates {
    private final KafkaConnection connection;
    private final Retirement retirement;
    private final TopicConfigs configs;
    private final TopicShapes shapes;

    TopicCreates(KafkaConnection connection, Retirement retirement) {
        this.connection = connection;
        this.retirement = retirement;
        this.configs = new TopicConfigs(connection);
        this.shapes = new TopicShapes(connection);
    }

    private record New(EntryKey key, TopicFields fields) {
        NewTopic topic() {
            return fields.newTopic(key.address());
        }
    }

    /** @param patience longest wait for the copies of topics that come back with other replicas */
    Map<EntryKey, Outcome> create(List<Operation.Create> operations, Seen seen, Duration patience, WriteGuard guard)
            throws TargetException {
        var outcomes = new HashMap<EntryKey, Outcome>();
        var fresh = new ArrayList<New>();
        var retired = new ArrayList<New>();
        for (var operation : operations) {
            try {
                var one = new New(operation.key(), TopicFields.of(operation.after()));
                boolean isRetired = seen.state(operation.key()) instanceof EntryState.Retired;
                var _ = (isRetired ? retired : fresh).add(one);
            } catch (ProblemException e) {
                outcomes.put(operation.key(), new Outcome.Failed(operation.key(), e.problem()));
            }
        }
        outcomes.putAll(createFresh(fresh, seen, guard));
        outcomes.putAll(reuse(retired, seen, patience, guard));
        return outcomes;
    }

    private Map<EntryKey, Outcome> createFresh(List<New> topics, Seen seen, WriteGuard guard) throws TargetException {
        var answers = Bulk.send(topics, topic -> topic.fields().records(), some -> {
            guard.check();
            return send(some);
        });
        var outcomes = new HashMap<EntryKey, Outcome>();
        var marked = new HashMap<EntryKey, String>();
        answers.forEach((topic, answer) -> {
            outcomes.put(topic.key(), created(topic.key(), answer));
            if (answer.isOk() && seen.marked().contains(topic.key().address())) {
                marked.put(topic.key(), topic.key().address());
            }
        });
        // the marks of a topic that is long gone would take the new one out of use
        var lifted = retirement.lift(marked.values(), guard);
        marked.forEach((key, topic) -> {
            if (lifted.get(topic) instanceof Answer.Err<String>(var error)) {
                outcomes.put(key, Faults.outcome(key, error));
            }
        });
        return outcomes;
    }

    private Map<New, Answer<Optional<String>>> send(List<New> topics) throws TargetException {
        CreateTopicsResult sent =
                connection.admin().createTopics(topics.stream().map(New::topic).toList());
        String doing = "create " + topics.size() + " topics";
        var created = connection.awaitEach(doing, sent.values());
        Map<String, KafkaFuture<Uuid>> idsAsked = created.keySet().stream()
                .filter(name -> created.get(name).isOk())
                .collect(Collectors.toMap(name -> name, sent::topicId));
        var ids = connection.awaitEach(doing, idsAsked);
        var answers = new HashMap<New, Answer<Optional<String>>>();
        for (var topic : topics) {
            answers.put(
                    topic,
                    switch (created.get(topic.key().address())) {
                        case Answer.Err<Void>(var error) -> Answer.err(error);
                        case Answer.Ok<Void> _ ->
                            ids.get(topic.key().address()) instanceof Answer.Ok<Uuid>(var id)
                                    ? Answer.ok(Optional.of(id.toString()))
                                    : Answer.ok(Optional.empty());
                    });
        }
        return answers;
    }

    private static Outcome created(EntryKey key, Answer<Optional<String>> answer) {
        return switch (answer) {
            case Answer.Err<Optional<String>>(TopicExistsException _) -> Faults.raced(key, "it exists by now");
            case Answer.Err<Optional<String>>(var error) -> Faults.outcome(key, error);
            case Answer.Ok<Optional<String>>(var id) ->
                id.isPresent()
                        ? new Outcome.Applied(key, id.get())
                        : Faults.raced(key, "it was created, and its id was not told");
        };
    }

    private Map<EntryKey, Outcome> reuse(List<New> topics, Seen seen, Duration patience, WriteGuard guard)
            throws TargetException {
        var outcomes = new HashMap<EntryKey, Outcome>();
        var ready = new HashMap<String, New>();
        var changes = new HashMap<String, Map<String, Optional<String>>>();
        for (var topic : topics) {
            var found = (EntryState.Retired) seen.state(topic.key());
            if (hasOtherPartitions(topic.fields(), found.content())) {
                outcomes.put(topic.key(), new Outcome.Conflict(topic.key(), found));
                continue;
            }
            ready.put(topic.key().address(), topic);
            var needed = differences(topic.fields(), found.content());
            if (!needed.isEmpty()) {
                changes.put(topic.key().address(), needed);
            }
        }
        // first the configs, last the rights: nobody uses the topic with configs of its former life
        configs.alter(changes, guard).forEach((name, answer) -> {
            if (answer instanceof Answer.Err<Void>(var error)) {
                var key = ready.remove(name).key();
                outcomes.put(key, TopicUpdates.failed(key, error));
            }
        });
        var wanted = ready.values().stream()
                .map(topic -> TopicShapes.Wanted.of(topic.key(), topic.fields()))
                .toList();
        shapes.change(wanted, seen, patience, guard).forEach((key, stopped) -> {
            ready.remove(key.address());
            outcomes.put(key, stopped);
        });
        retirement.lift(List.copyOf(ready.keySet()), guard).forEach((name, answer) -> {
            var key = ready.get(name).key();
            outcomes.put(
                    key,
                    answer instanceof Answer.Err<String>(var error)
                            ? Faults.outcome(key, error)
                            : new Outcome.Applied(key, ((EntryState.Retired) seen.state(key)).incarnation()));
        });
        return outcomes;
    }

    /** Whether a retired topic cannot become the wanted one: it comes back with the partitions that it has. */
    static boolean hasOtherPartitions(TopicFields wanted, Content found) {
        return found.get(TopicFields.PARTITIONS) instanceof Value.Num(var number)
                && wanted.partitions()
                        .filter(count -> count != number.intValueExact())
                        .isPresent();
    }

    /** Configs that a topic has to get to become the wanted one. */
    static Map<String, Optional<String>> differences(TopicFields wanted, Content found) {
        var needed = new TreeMap<String, Optional<String>>();
        wanted.configs().forEach((name, value) -> {
            Value now = found.get(TopicFields.CONFIG + name);
            if (!now.equals(value.map(Value::of).orElse(Value.NULL))) {
                needed.put(name, value);
            }
        });
        return needed;
    }
}
