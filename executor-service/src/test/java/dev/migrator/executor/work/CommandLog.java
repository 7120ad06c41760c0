package dev.migrator.executor.work;

import dev.migrator.core.lifecycle.WorkerCommand;
import dev.migrator.kit.avro.Messages;
import dev.migrator.kit.avro.Wire;
import dev.migrator.kit.topics.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;

/** The log of commands in partition 0, as a consumer sees it: each seek reads it again from there. */
final class CommandLog extends MockConsumer<String, byte[]> {
    private final TopicPartition partition = new TopicPartition(Topics.BATCHES, 0);
    private final Wire wire;
    private final List<byte[]> log = new ArrayList<>();
    private boolean silent;

    CommandLog(Wire wire) {
        super("none");
        this.wire = wire;
        updateEndOffsets(Map.of(partition, 0L));
    }

    /** @return its offset */
    long append(WorkerCommand command) {
        return append(wire.encode(Messages.of(command)));
    }

    long append(byte[] bytes) {
        log.add(bytes);
        long offset = log.size() - 1L;
        updateEndOffsets(Map.of(partition, offset + 1));
        if (assignment().contains(partition)) {
            deliver(offset);
        }
        return offset;
    }

    /** From now on nothing is delivered, as when the partition has no leader. */
    void fallSilent() {
        silent = true;
    }

    @Override
    public synchronized void seek(TopicPartition to, long offset) {
        super.seek(to, offset);
        for (long at = offset; at < log.size(); at++) {
            deliver(at);
        }
    }

    private void deliver(long offset) {
        if (!silent) {
            addRecord(new ConsumerRecord<>(
                    partition.topic(), partition.partition(), offset, "m-1", log.get((int) offset)));
        }
    }
}
