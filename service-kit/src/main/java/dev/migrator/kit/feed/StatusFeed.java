package dev.migrator.kit.feed;

import dev.migrator.core.lifecycle.MigrationId;
import dev.migrator.core.lifecycle.MigrationStatus;
import dev.migrator.events.v1.MigrationStatusChanged;
import dev.migrator.kit.avro.Decoded;
import dev.migrator.kit.avro.Messages;
import dev.migrator.kit.avro.Wire;
import dev.migrator.kit.topics.Topics;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jboss.logging.Logger;

/**
 * Reads the whole status topic, from its beginning, and goes on. Without a group: each instance of a service knows
 * everything. Ready once it has read what was there when it started.
 */
public final class StatusFeed implements AutoCloseable {
    /** Called by one thread, in the order of the topic's partitions. */
    public interface Listener {
        void accept(MigrationStatus status);

        /** The topic says that a migration is forgotten. */
        void forget(MigrationId id);
    }

    private static final Logger LOG = Logger.getLogger(StatusFeed.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Map<String, Object> config;
    private final Wire wire;
    private final Listener listener;
    private final Thread thread;
    private final CountDownLatch stop = new CountDownLatch(1);
    private volatile boolean caughtUp;
    private volatile Consumer<String, byte[]> open;

    /** @param config of a consumer without a group */
    public StatusFeed(Map<String, Object> config, Wire wire, Listener listener) {
        this.config = Map.copyOf(config);
        this.wire = wire;
        this.listener = listener;
        this.thread = Thread.ofPlatform().name("status-feed").daemon().unstarted(this::run);
    }

    public StatusFeed start() {
        thread.start();
        return this;
    }

    public boolean caughtUp() {
        return caughtUp;
    }

    public boolean alive() {
        return thread.isAlive();
    }

    private void run() {
        while (stop.getCount() > 0) {
            try (var consumer = new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer())) {
                open = consumer;
                read(consumer);
            } catch (WakeupException _) {
                // asked to stop
            } catch (KafkaException e) {
                LOG.warnf("The status topic cannot be read and is tried again: error=%s", e.getMessage());
                await(PAUSE);
            }
        }
    }

    private void read(Consumer<String, byte[]> consumer) {
        var partitions = consumer.partitionsFor(Topics.STATUS).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        var ends = consumer.endOffsets(partitions);
        while (stop.getCount() > 0) {
            for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                take(record);
            }
            caughtUp = caughtUp
                    || ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
        }
    }

    private void take(ConsumerRecord<String, byte[]> record) {
        if (record.value() == null) {
            listener.forget(new MigrationId(record.key()));
            return;
        }
        for (Decoded decoded = wire.decode(record.value()); ; decoded = wire.decode(record.value())) {
            switch (decoded) {
                case Decoded.Message(MigrationStatusChanged status) -> {
                    listener.accept(Messages.status(status));
                    return;
                }
                case Decoded.Message _, Decoded.Undecodable _ -> {
                    // only the lifecycle writes here; a record that is none of its own is not shown, and not hidden
                    LOG.errorf("A record of the status topic is no status: offset=%d", record.offset());
                    return;
                }
                case Decoded.Unresolved(var _, var problem) -> {
                    LOG.warnf("A status cannot be read yet: problem=%s", problem.code());
                    if (await(PAUSE)) {
                        return;
                    }
                }
            }
        }
    }

    /** @return whether it is time to stop */
    private boolean await(Duration time) {
        try {
            return stop.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    @Override
    public void close() {
        stop.countDown();
        var consumer = open;
        if (consumer != null) {
            consumer.wakeup();
        }
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
