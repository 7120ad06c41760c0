package dev.migrator.target.kafka;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.kinds.ActionAddress;
import dev.migrator.core.kinds.ActionType;
import dev.migrator.core.model.EntryKey;
import dev.migrator.target.ActionSystem;
import dev.migrator.target.Pauses;
import dev.migrator.target.SystemFacts;
import dev.migrator.target.TargetException;
import dev.migrator.target.WriteGuard;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Utils;

/**
 * Actions that are records. An action is done while the newest record of its key has the value of its {@code do}; what undoes
 * it is another record of that key, or a tombstone.
 */
final class KafkaActions implements ActionSystem {
    /** Header that is the same for each try, so that a consumer may leave repetitions out. */
    static final String HEADER = "migrator-action";

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

    private final KafkaConnection connection;
    private final NewestRecord newest;

    KafkaActions(KafkaConnection connection, LookedThrough looked) {
        this.connection = connection;
        this.newest = new NewestRecord(connection, looked);
    }

    @Override
    public ActionType type() {
        return ActionType.KAFKA;
    }

    @Override
    public String identity() {
        return connection.clusterId();
    }

    @Override
    public SystemFacts facts() throws TargetException {
        return new ClusterFacts(connection, new ClusterReads(connection)).read();
    }

    /** Without the topic there is no record: it may come with the same plan. */
    @Override
    public boolean isDone(EntryKey key, ActionAddress action) throws TargetException {
        var to = action.part(ActionAddress.DO);
        var where = where(to);
        return where.isPresent()
                && newest.of(where.get())
                        .filter(found -> found.holds(bytes(to, "value")))
                        .isPresent();
    }

    private Optional<NewestRecord.Where> where(Value.Obj to) throws TargetException {
        var topic = text(to, "topic");
        var asked = connection.admin().describeTopics(List.of(topic)).topicNameValues();
        return switch (connection.awaitEach("describe topic " + topic, asked).get(topic)) {
            case Answer.Ok<TopicDescription>(var found) ->
                // as the default partitioner of Kafka's own clients places keys
                Optional.of(new NewestRecord.Where(
                        new TopicPartition(
                                topic,
                                Utils.toPositive(Utils.murmur2(bytes(to, "key")))
                                        % found.partitions().size()),
                        found.topicId(),
                        bytes(to, "key")));
            case Answer.Err<TopicDescription>(UnknownTopicOrPartitionException _) -> Optional.empty();
            case Answer.Err<TopicDescription>(var error) -> throw Faults.of("describe topic " + topic, error);
        };
    }

    @Override
    public Effect carryOut(EntryKey key, ActionAddress action, boolean undo, WriteGuard guard) throws TargetException {
        var to = action.part(ActionAddress.DO);
        var where = where(to);
        if (where.isEmpty()) {
            throw new TargetException.Refused(
                    Problem.of("ACT-REFUSED", "the system does not do what the action asks for")
                            .about("action " + action.name())
                            .expected("the topic " + text(to, "topic"))
                            .found("none of that name")
                            .todo("make it first: metadata.dependsOn names its manifest"),
                    null);
        }
        var step = undo ? action.part(ActionAddress.UNDO) : to;
        var value = step.get("value") instanceof Value.Text(var text) ? text.getBytes(StandardCharsets.UTF_8) : null;
        var partition = where.get().partition();
        var record = new ProducerRecord<>(partition.topic(), partition.partition(), bytes(to, "key"), value);
        if (step.get("headers") instanceof Value.Obj headers) {
            headers.fields().keySet().forEach(name -> record.headers().add(name, bytes(headers, name)));
        }
        record.headers().add(HEADER, ActionAddress.idempotencyKey(key, undo).getBytes(StandardCharsets.UTF_8));
        guard.check();
        try {
            var written = send(record);
            if (written.hasOffset()) {
                newest.written(where.get(), written.offset(), value);
            }
        } catch (TargetException.Unavailable lost) {
            return lost(key, action, undo, lost.problem());
        }
        return awaited(key, action, undo);
    }

    /** A probe without an answer says nothing of the record, which may be written yet. */
    private Effect lost(EntryKey key, ActionAddress action, boolean undo, Problem problem) {
        try {
            return isDone(key, action) != undo ? new Effect.Seen() : new Effect.Doubtful(problem);
        } catch (TargetException _) {
            return new Effect.Doubtful(problem);
        }
    }

    private RecordMetadata send(ProducerRecord<byte[], byte[]> record) throws TargetException {
        var doing = "write to topic " + record.topic();
        try (var producer = new KafkaProducer<>(
                settings(connection.settings()), new ByteArraySerializer(), new ByteArraySerializer())) {
            var sent = producer.send(record);
            producer.flush();
            var written = sent.get(connection.settings().callTimeout().toMillis(), TimeUnit.MILLISECONDS);
            producer.close(Duration.ZERO);
            return written;
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            throw Faults.of(doing, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Faults.of(doing, e);
        }
    }

    /** What was acknowledged shows to readers a moment later. */
    private Effect awaited(EntryKey key, ActionAddress action, boolean undo) throws TargetException {
        long deadline = System.nanoTime() + connection.settings().callTimeout().toNanos();
        while (true) {
            Optional<Problem> unanswered = Optional.empty();
            try {
                if (isDone(key, action) != undo) {
                    return new Effect.Seen();
                }
            } catch (TargetException e) {
                unanswered = Optional.of(e.problem());
            }
            if (System.nanoTime() - deadline > 0) {
                return unanswered
                        .<Effect>map(Effect.Doubtful::new)
                        .orElseGet(() -> new Effect.NotSeen(notSeen(action, undo)));
            }
            Pauses.pause(BETWEEN_LOOKS, "probe");
        }
    }

    private static Problem notSeen(ActionAddress action, boolean undo) {
        return Problem.of(
                        undo ? "ACT-NOT-UNDONE" : "ACT-NOT-DONE",
                        undo
                                ? "the record was written, and the probe still says that the action is done"
                                : "the record was written, and the probe does not say that the action is done")
                .about("action " + action.name())
                .expected("it as the newest record of its key")
                .found("another one")
                .todo("find out who else writes records of this key");
    }

    static Map<String, Object> settings(ClientSettings client) {
        var settings = new HashMap<>(client.properties());
        // looking for the topic and sending take half of a call each: after a whole one, nothing of it can land any
        // more
        var bound = ClientSettings.millis(client.requestTimeout());
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
        settings.put(ProducerConfig.LINGER_MS_CONFIG, "0");
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, bound);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, bound);
        return settings;
    }

    private static String text(Value.Obj object, String field) {
        return object.get(field) instanceof Value.Text(var text) ? text : "";
    }

    private static byte[] bytes(Value.Obj object, String field) {
        return text(object, field).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        connection.close();
    }
}
