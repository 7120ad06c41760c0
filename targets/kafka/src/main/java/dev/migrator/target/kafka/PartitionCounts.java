package dev.migrator.target.kafka;

import dev.migrator.core.error.Problem;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.plan.Outcome;
import dev.migrator.target.TargetException;
import dev.migrator.target.WriteGuard;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.CreatePartitionsOptions;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.common.errors.InvalidPartitionsException;

/** Gives topics more partitions. There is no way back: Kafka never takes one away. */
final class PartitionCounts {
    private final KafkaConnection connection;

    PartitionCounts(KafkaConnection connection) {
        this.connection = connection;
    }

    /** @param from what the topic has @param to what it is to have, more than that */
    record Growth(EntryKey key, int from, int to) {
        private int records() {
            return to - from;
        }
    }

    /** What became of those that did not get them. */
    Map<EntryKey, Outcome> grow(List<Growth> topics, WriteGuard guard) throws TargetException {
        var stopped = new HashMap<EntryKey, Outcome>();
        Bulk.send(topics, Growth::records, some -> {
                    guard.check();
                    return send(some, false);
                })
                .forEach((topic, answer) -> {
                    if (answer instanceof Answer.Err<Void>(var error)) {
                        stopped.put(
                                topic.key(),
                                error instanceof InvalidPartitionsException
                                        ? Faults.raced(topic.key(), Faults.text(error))
                                        : TopicUpdates.failed(topic.key(), error));
                    }
                });
        return stopped;
    }

    /** What the cluster would say. */
    Map<EntryKey, Answer<Void>> validate(List<Growth> topics) throws TargetException {
        var answers = new HashMap<EntryKey, Answer<Void>>();
        Bulk.send(topics, Growth::records, some -> send(some, true))
                .forEach((topic, answer) -> answers.put(topic.key(), answer));
        return answers;
    }

    private Map<Growth, Answer<Void>> send(List<Growth> topics, boolean validateOnly) throws TargetException {
        var sent = connection
                .admin()
                .createPartitions(
                        topics.stream()
                                .collect(Collectors.toMap(
                                        topic -> topic.key().address(), topic -> NewPartitions.increaseTo(topic.to()))),
                        new CreatePartitionsOptions().validateOnly(validateOnly));
        var byName = connection.awaitEach("add partitions to " + topics.size() + " topics", sent.values());
        var answers = new HashMap<Growth, Answer<Void>>();
        topics.forEach(topic -> answers.put(topic, byName.get(topic.key().address())));
        return answers;
    }

    static Problem stay(EntryKey key, int has, int wanted) {
        return Problem.of("TGT-PARTITIONS", "a topic never has fewer partitions again")
                .about(key.toString())
                .expected(String.valueOf(wanted))
                .found(has + " partitions, which stay; its other fields are as wanted")
                .todo("leave it so, or move to a new topic");
    }
}
