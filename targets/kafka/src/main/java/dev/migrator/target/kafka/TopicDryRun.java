package dev.migrator.target.kafka;

import dev.migrator.core.error.ProblemException;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Operation;
import dev.migrator.target.DryRunOutcome;
import dev.migrator.target.Judged;
import dev.migrator.target.TargetException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.CreateTopicsOptions;

/** Topics and their configs, asked with {@code validateOnly}: the controller goes all the way and keeps nothing. */
final class TopicDryRun {
    private final KafkaConnection connection;
    private final TopicConfigs configs;
    private final TopicShapes shapes;
    private final Seen seen;

    private final Map<EntryKey, DryRunOutcome> outcomes = new HashMap<>();
    private final List<Fresh> fresh = new ArrayList<>();
    private final Map<String, EntryKey> byNormalName = new HashMap<>();
    /** Config changes by topic: of updates, and of retired topics that are taken into use again. */
    private final Map<String, Map<String, Optional<String>>> changes = new HashMap<>();

    private final Map<String, EntryKey> changed = new HashMap<>();
    private final List<TopicShapes.Wanted> reshaped = new ArrayList<>();

    private record Fresh(EntryKey key, TopicFields fields) {}

    TopicDryRun(KafkaConnection connection, Seen seen) {
        this.connection = connection;
        this.configs = new TopicConfigs(connection);
        this.shapes = new TopicShapes(connection);
        this.seen = seen;
    }

    void add(Operation operation) {
        var key = operation.key();
        var found = seen.state(key);
        try {
            switch (operation) {
                case Operation.Create(var _, var after) -> create(key, TopicFields.of(after), found);
                case Operation.Update update -> change(key, TopicFields.of(update.after()), found);
                // with the right to retire, which is asked of the cluster: what cannot be deleted is kept out of use
                case Operation.Delete _ -> outcomes.put(key, new DryRunOutcome.Accepted(key));
            }
        } catch (ProblemException e) {
            outcomes.put(
                    key,
                    new DryRunOutcome.Refused(
                            key, e.problem().about(key + ", " + e.problem().thing())));
        }
    }

    private void create(EntryKey key, TopicFields wanted, EntryState found) {
        if (found instanceof EntryState.Retired(Content content, var _)) {
            if (TopicCreates.hasOtherPartitions(wanted, content)) {
                outcomes.put(key, new DryRunOutcome.Unchecked(key, Judged.NOT_AS_PLANNED));
            } else {
                change(key, wanted, found);
            }
            return;
        }
        var other = byNormalName.putIfAbsent(key.address().replace('.', '_'), key);
        if (other == null) {
            fresh.add(new Fresh(key, wanted));
        } else {
            // one request for both is taken as it is, in two requests the second is refused: it is up to the batches
            outcomes.put(key, Refusals.collision(key, other));
        }
    }

    private void change(EntryKey key, TopicFields wanted, EntryState found) {
        outcomes.put(key, new DryRunOutcome.Accepted(key));
        reshaped.add(TopicShapes.Wanted.of(key, wanted));
        var needed = TopicCreates.differences(wanted, States.content(found));
        if (!needed.isEmpty()) {
            changes.put(key.address(), needed);
            changed.put(key.address(), key);
        }
    }

    /** Asks the cluster, some thousand topics at a time. */
    Map<EntryKey, DryRunOutcome> ask() throws TargetException {
        var created = Bulk.send(fresh, topic -> topic.fields().records(), this::validate);
        for (var topic : fresh) {
            outcomes.put(topic.key(), Refusals.outcome(topic.key(), created.get(topic)));
        }
        var altered = configs.validate(changes);
        for (var topic : changed.entrySet()) {
            outcomes.put(topic.getValue(), Refusals.outcome(topic.getValue(), altered.get(topic.getKey())));
        }
        shapes.validate(reshaped, seen).forEach((key, outcome) -> outcomes.merge(key, outcome, TopicDryRun::worse));
        return outcomes;
    }

    /** The first that is not accepted. */
    private static DryRunOutcome worse(DryRunOutcome one, DryRunOutcome other) {
        return one instanceof DryRunOutcome.Accepted ? other : one;
    }

    private Map<Fresh, Answer<Void>> validate(List<Fresh> topics) throws TargetException {
        var sent = connection
                .admin()
                .createTopics(
                        topics.stream()
                                .map(topic ->
                                        topic.fields().newTopic(topic.key().address()))
                                .toList(),
                        new CreateTopicsOptions().validateOnly(true));
        var byName = connection.awaitEach("validate " + topics.size() + " topics", sent.values());
        var answers = new HashMap<Fresh, Answer<Void>>();
        topics.forEach(topic -> answers.put(topic, byName.get(topic.key().address())));
        return answers;
    }
}
