package dev.migrator.target.kafka;

import dev.migrator.core.model.EntryKey;
import dev.migrator.target.TargetException;
import dev.migrator.target.WriteGuard;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicCollection;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.UnknownTopicIdException;

/** Deletes topics by their ids, so that another topic of the same name is never meant. */
final class TopicDeletion {
    private final KafkaConnection connection;

    TopicDeletion(KafkaConnection connection) {
        this.connection = connection;
    }

    /** By topic; ok when it is gone, by whomever. */
    Map<EntryKey, Answer<Void>> delete(Collection<EntryKey> topics, Seen seen, WriteGuard guard)
            throws TargetException {
        var ids = new LinkedHashMap<Uuid, EntryKey>();
        topics.forEach(topic -> ids.put(Uuid.fromString(States.incarnation(seen.state(topic))), topic));
        var answers = Bulk.send(List.copyOf(ids.keySet()), _ -> 1, some -> {
            guard.check();
            return connection.awaitEach(
                    "delete " + some.size() + " topics",
                    connection
                            .admin()
                            .deleteTopics(TopicCollection.ofTopicIds(some))
                            .topicIdValues());
        });
        var byTopic = new HashMap<EntryKey, Answer<Void>>();
        answers.forEach((id, answer) -> byTopic.put(
                ids.get(id), answer instanceof Answer.Err<Void>(UnknownTopicIdException _) ? Answer.ok(null) : answer));
        return byTopic;
    }
}
