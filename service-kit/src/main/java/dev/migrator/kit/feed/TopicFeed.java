package dev.migrator.kit.feed;

import dev.migrator.core.error.Problem;
import dev.migrator.kit.avro.Decoded;
import dev.migrator.kit.avro.Wire;
import dev.migrator.kit.kafka.KafkaUnavailable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
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
 * Reads a whole compacted topic from its beginning, and goes on. Without a group: each instance knows everything. All of
 * its reader's methods are called on one thread.
 */
public final class TopicFeed implements AutoCloseable {
    /** Takes in what the topic says, newest last for each key. */
    public interface Reader {
        void accept(String key, SpecificRecord value);

        /** The topic says that nothing is known under this key any more. */
        void forget(String key);

        /** What stands under this key cannot be read; later records may put it right. */
        void unreadable(String key, Problem problem);
    }

    private static final Logger LOG = Logger.getLogger(TopicFeed.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** Somebody who waits until what is in the topic by now was read. */
    private static final class Waiter {
        final CompletableFuture<Void> reached = new CompletableFuture<>();
        private Map<TopicPartition, Long> ends;
    }

    private final String topic;
    private final Supplier<Consumer<String, byte[]>> consumers;
    private final boolean asksOverAnother;
    private final Wire wire;
    private final Reader reader;
    private final Thread thread;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Queue<Waiter> waiters = new ConcurrentLinkedQueue<>();
    /** Where to go on with another consumer. Only on the feed's thread. */
    private final Map<TopicPartition, Long> positions = new HashMap<>();

    private volatile boolean caughtUp;
    /** The consumer while it may be woken up. */
    private volatile Consumer<String, byte[]> polled;

    /** @param config of a consumer without a group */
    public TopicFeed(String topic, Map<String, Object> config, Wire wire, Reader reader) {
        this(
                topic,
                () -> new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer()),
                true,
                wire,
                reader);
    }

    /** With consumers of the caller's; each is closed when it fails, and at the end. */
    public TopicFeed(String topic, Supplier<Consumer<String, byte[]>> consumers, Wire wire, Reader reader) {
        this(topic, consumers, false, wire, reader);
    }

    /**
     * @param asksOverAnother whether where the topic ends is asked over a connection of its own: a broker answers the
     *     questions of one connection in turn, and holds back the one for new records until there are some
     */
    private TopicFeed(
            String topic,
            Supplier<Consumer<String, byte[]>> consumers,
            boolean asksOverAnother,
            Wire wire,
            Reader reader) {
        this.topic = topic;
        this.consumers = consumers;
        this.asksOverAnother = asksOverAnother;
        this.wire = wire;
        this.reader = reader;
        this.thread = Thread.ofVirtual().name(topic + "-feed").unstarted(this::run);
    }

    /** To be called once. */
    public TopicFeed start() {
        thread.start();
        return this;
    }

    /** Whether everything was read that was there when it started. */
    public boolean caughtUp() {
        return caughtUp;
    }

    public boolean alive() {
        return thread.isAlive();
    }

    /**
     * Returns when the reader has taken in everything that was in the topic at the time of the call.
     *
     * @throws KafkaUnavailable if that takes longer: what the reader knows may be old
     */
    public void awaitEnd(Duration atMost) {
        var waiter = new Waiter();
        waiters.add(waiter);
        wake();
        try {
            waiter.reached.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new KafkaUnavailable("read " + topic + " up to its end", e);
        } catch (ExecutionException e) {
            throw new KafkaUnavailable("read " + topic + " up to its end", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaUnavailable("read " + topic + " up to its end", e);
        } finally {
            waiters.remove(waiter);
        }
    }

    /** A poll that waits for records would keep whoever asks waiting as well. */
    private void wake() {
        var waitingForRecords = polled;
        if (waitingForRecords != null) {
            waitingForRecords.wakeup();
        }
    }

    private void run() {
        while (stop.getCount() > 0) {
            try (var consumer = consumers.get();
                    var asking = asksOverAnother ? consumers.get() : null) {
                read(consumer, asking == null ? consumer : asking);
            } catch (WakeupException _) {
                // somebody asked before the reading had begun
            } catch (KafkaException e) {
                LOG.warnf("A topic cannot be read and is tried again: topic=%s, error=%s", topic, e.getMessage());
                isTimeToStop(PAUSE);
            }
        }
        waiters.forEach(waiter -> waiter.reached.completeExceptionally(new IllegalStateException("stopped")));
    }

    private void read(Consumer<String, byte[]> consumer, Consumer<String, byte[]> asking) {
        var partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        // not from the beginning again: for a while that would say what was true long ago
        positions.forEach(consumer::seek);
        var first = consumer.endOffsets(partitions);
        polled = consumer;
        try {
            while (stop.getCount() > 0) {
                turn(consumer, asking, partitions, first);
            }
        } finally {
            polled = null;
        }
    }

    private void turn(
            Consumer<String, byte[]> consumer,
            Consumer<String, byte[]> asking,
            List<TopicPartition> partitions,
            Map<TopicPartition, Long> first) {
        try {
            look(asking, partitions);
            release(consumer);
            for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                take(record);
                positions.put(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
            }
            caughtUp = caughtUp || isPast(consumer, first);
            release(consumer);
        } catch (WakeupException _) {
            // somebody asks: where the topic ends is looked at first
        }
    }

    /** Where the topic ends for those who asked since the last turn: one question for all of them. */
    private void look(Consumer<String, byte[]> consumer, List<TopicPartition> partitions) {
        var asking = new ArrayList<>(waiters);
        asking.removeIf(waiter -> waiter.ends != null);
        if (!asking.isEmpty()) {
            var ends = consumer.endOffsets(partitions);
            asking.forEach(waiter -> waiter.ends = ends);
        }
    }

    private void release(Consumer<String, byte[]> consumer) {
        waiters.removeIf(
                waiter -> waiter.ends != null && isPast(consumer, waiter.ends) && waiter.reached.complete(null));
    }

    private static boolean isPast(Consumer<String, byte[]> consumer, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    private void take(ConsumerRecord<String, byte[]> record) {
        if (record.value() == null) {
            reader.forget(record.key());
            return;
        }
        for (Decoded decoded = wire.decode(record.value()); ; decoded = wire.decode(record.value())) {
            switch (decoded) {
                case Decoded.Message(var value) -> {
                    reader.accept(record.key(), value);
                    return;
                }
                case Decoded.Undecodable(var _, var problem) -> {
                    LOG.errorf(
                            "A record cannot be read: topic=%s, partition=%d, offset=%d, code=%s",
                            topic, record.partition(), record.offset(), problem.code());
                    reader.unreadable(record.key(), problem);
                    return;
                }
                case Decoded.Unresolved(var _, var problem) -> {
                    LOG.warnf("A record cannot be read yet: topic=%s, problem=%s", topic, problem.code());
                    if (isTimeToStop(PAUSE)) {
                        return;
                    }
                }
            }
        }
    }

    /** Waits that long. */
    private boolean isTimeToStop(Duration after) {
        try {
            return stop.await(after.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    @Override
    public void close() {
        stop.countDown();
        if (thread.getState() == Thread.State.NEW) {
            return; // never started: nothing to wait for
        }
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
