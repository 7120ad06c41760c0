package dev.migrator.executor.work;

import dev.migrator.core.error.Problem;
import dev.migrator.core.lifecycle.MigrationId;
import dev.migrator.core.lifecycle.Position;
import dev.migrator.core.lifecycle.WorkerCommand;
import dev.migrator.engine.EngineUnavailable;
import dev.migrator.kit.avro.Decoded;
import dev.migrator.kit.avro.Messages;
import dev.migrator.kit.avro.Wire;
import dev.migrator.kit.topics.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * Knows the newest command of each migration by reading the log of commands to its end, apart from the group that hands
 * them out. Without it a batch that is delivered again after its rollback would find "before", and apply itself again.
 */
public final class CommandIndex implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int MOST_MIGRATIONS = 100_000;

    private final Consumer<String, byte[]> consumer;
    private final Wire wire;
    private final Duration patience;
    private final Map<TopicPartition, Long> readFrom = new HashMap<>();
    private final Map<MigrationId, Position> newest = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<MigrationId, Position> eldest) {
            return size() > MOST_MIGRATIONS; // the longest unused: its commands ended long ago
        }
    };

    /** @param consumer without a group, read-committed; used by this index alone */
    public CommandIndex(Consumer<String, byte[]> consumer, Wire wire) {
        this(consumer, wire, PATIENCE);
    }

    /** @param patience longest wait for the log's end, more than zero */
    CommandIndex(Consumer<String, byte[]> consumer, Wire wire, Duration patience) {
        this.consumer = consumer;
        this.wire = wire;
        this.patience = patience;
    }

    /**
     * Whether the log, as it ends now, holds no newer command of the migration. All commands of a migration are in one
     * partition, so what lies behind the command at hand is all that can be newer.
     *
     * @param offset of the command at hand
     * @throws EngineUnavailable if the log cannot be read to its end
     */
    public synchronized boolean isNewest(int partition, long offset, MigrationId id, Position position)
            throws EngineUnavailable {
        try {
            readToEnd(new TopicPartition(Topics.BATCHES, partition), offset);
        } catch (KafkaException e) {
            throw unavailable(e);
        }
        var found = newest.get(id);
        return found == null || found.compareTo(position) <= 0;
    }

    private void readToEnd(TopicPartition partition, long offset) throws EngineUnavailable {
        if (!readFrom.containsKey(partition)) {
            readFrom.put(partition, offset);
            consumer.assign(readFrom.keySet());
            consumer.seek(partition, offset);
        } else if (offset < readFrom.get(partition)) {
            readFrom.put(partition, offset); // handed out again from further back: what lies between was never read
            consumer.seek(partition, offset);
        }
        long end = consumer.endOffsets(List.of(partition), patience).get(partition);
        long giveUp = System.nanoTime() + patience.toNanos();
        while (consumer.position(partition, patience) < end) {
            consumer.poll(Duration.ofMillis(100)).forEach(this::take);
            if (System.nanoTime() - giveUp > 0) {
                throw unavailable(null);
            }
        }
    }

    private void take(ConsumerRecord<String, byte[]> record) {
        if (record.value() != null && wire.decode(record.value()) instanceof Decoded.Message(var event)) {
            Messages.command(event)
                    .map(WorkerCommand::envelope)
                    .ifPresent(command -> newest.merge(
                            command.id(),
                            command.position(),
                            (known, next) -> next.compareTo(known) > 0 ? next : known));
        }
    }

    private EngineUnavailable unavailable(Exception cause) {
        return new EngineUnavailable(
                Problem.of("WRK-COMMANDS", "the log of commands cannot be read to its end, so nothing is written")
                        .about(Topics.BATCHES)
                        .found(cause == null ? "no end within " + patience.toMillis() + " ms" : cause.toString())
                        .todo("look at the control cluster's brokers; the worker tries again by itself"),
                cause);
    }

    @Override
    public synchronized void close() {
        consumer.close();
    }
}
