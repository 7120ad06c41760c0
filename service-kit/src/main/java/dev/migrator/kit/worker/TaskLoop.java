package dev.migrator.kit.worker;

import dev.migrator.kit.avro.Wire;
import dev.migrator.kit.deadletters.DeadLetters;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jboss.logging.Logger;

/**
 * Reads topics and hands each record to a handler on a virtual thread: at least once, in order for each key. The
 * thread that polls never blocks on the work; offsets are committed up to the lowest record that is not finished.
 */
public final class TaskLoop implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(TaskLoop.class);
    private static final Duration POLL = Duration.ofMillis(50);

    private final TaskLoopSettings settings;
    private final Map<String, Object> consumerConfig;
    private final RecordRun run;
    private final Commits commits;
    private final ExecutorService workers;
    private final Thread thread;
    private final Map<TopicPartition, Lane> lanes = new ConcurrentHashMap<>();
    /** Lanes that were taken away while work was under way. Only on the polling thread. */
    private final Map<TopicPartition, Lane> ending = new HashMap<>();

    private final CountDownLatch stop = new CountDownLatch(1);
    private volatile Instant lastPoll = Instant.now();
    private long turnNanos = System.nanoTime(); // when this turn of the loop began

    /** @param consumerConfig as {@link dev.migrator.kit.kafka.KafkaClients#consumer(String)} */
    public TaskLoop(
            TaskLoopSettings settings,
            Map<String, Object> consumerConfig,
            Wire wire,
            DeadLetters deadLetters,
            TaskHandler handler,
            DelayListener delays) {
        this.settings = settings;
        this.consumerConfig = Map.copyOf(consumerConfig);
        this.commits = new Commits(settings.name(), lanes);
        this.run = new RecordRun(settings, wire, deadLetters, handler, delays);
        this.workers = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name(settings.name() + "-work-", 0).factory());
        this.thread =
                Thread.ofPlatform().name(settings.name() + "-poll").daemon().unstarted(this::loop);
    }

    /** Starts reading; to be called once. */
    public TaskLoop start() {
        thread.start();
        return this;
    }

    /** When the last poll returned; old when the thread, or the whole process, was stopped for a while. */
    public Instant lastPoll() {
        return lastPoll;
    }

    /**
     * How long ago the broker last confirmed that this process is a member and holds its partitions. Another member
     * gets them no sooner than the session time-out (6 s) after a confirmation, unless this process was told before.
     * Confirmed about once a second while it holds partitions.
     */
    public Duration sinceConfirmed() {
        return commits.sinceConfirmed();
    }

    /** Whether the polling thread runs. */
    public boolean alive() {
        return thread.isAlive();
    }

    /** Records taken and not finished. */
    public int outstanding() {
        return lanes.values().stream().mapToInt(Lane::outstanding).sum();
    }

    public Set<TopicPartition> assignment() {
        return Set.copyOf(lanes.keySet());
    }

    public String name() {
        return settings.name();
    }

    private void loop() {
        try {
            for (int failures = 0; !stopping(); failures++) {
                try (Consumer<byte[], byte[]> consumer =
                        new KafkaConsumer<>(consumerConfig, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
                    consumer.subscribe(settings.topics(), new Rebalance(consumer));
                    while (!stopping()) {
                        turn(consumer);
                        failures = 0;
                    }
                    finish(consumer);
                } catch (WakeupException e) {
                    LOG.debugf("Woken up: loop=%s", settings.name());
                } catch (RuntimeException e) {
                    LOG.errorf(e, "Reading failed and is started anew: loop=%s", settings.name());
                    dropAll();
                    Duration pause = settings.backoff().before(failures + 1, ThreadLocalRandom.current());
                    if (stop.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                        return;
                    }
                }
            }
        } catch (InterruptedException e) {
            LOG.warnf("Interrupted, and stops: loop=%s", settings.name());
        } finally {
            dropAll();
        }
    }

    private boolean stopping() {
        return stop.getCount() == 0;
    }

    private void turn(Consumer<byte[], byte[]> consumer) {
        turnNanos = System.nanoTime();
        try {
            var records = consumer.poll(POLL);
            for (TopicPartition partition : records.partitions()) {
                Lane lane = lanes.get(partition);
                if (lane != null) { // else revoked in this very poll
                    lane.add(
                            records.records(partition),
                            workers::execute,
                            record -> run.run(record, () -> !stopping() && lane.owned(), lane::heldFor));
                }
            }
        } catch (org.apache.kafka.common.errors.AuthorizationException
                | org.apache.kafka.common.errors.AuthenticationException
                | org.apache.kafka.common.errors.RetriableException e) {
            LOG.warnf("Polling failed and is tried again: loop=%s, error=%s", settings.name(), e.getMessage());
            pause(turnNanos);
        }
        lastPoll = Instant.now();
        holdBack(consumer);
        commits.learnStarts(consumer);
        commits.commitChanged(consumer);
    }

    /** Keeps a failing poll from spinning; bounded by the time that a poll may take anyway. */
    private static void pause(long sinceNanos) {
        java.util.concurrent.locks.LockSupport.parkNanos(
                Math.max(1, TimeUnit.SECONDS.toNanos(1) - (System.nanoTime() - sinceNanos)));
    }

    private void holdBack(Consumer<byte[], byte[]> consumer) {
        Set<TopicPartition> assigned = consumer.assignment();
        Set<TopicPartition> full = new HashSet<>();
        Set<TopicPartition> free = new HashSet<>();
        lanes.forEach((partition, lane) -> {
            if (assigned.contains(partition)) {
                if (lane.outstanding() >= settings.perPartition()) {
                    full.add(partition);
                } else if (lane.outstanding() <= settings.perPartition() / 2) {
                    free.add(partition);
                }
            }
        });
        consumer.pause(full);
        free.retainAll(consumer.paused());
        consumer.resume(free);
    }

    private void drop(Collection<TopicPartition> partitions) {
        partitions.forEach(partition -> {
            commits.forget(partition);
            Lane lane = lanes.remove(partition);
            if (lane != null) {
                lane.revoke();
                ending.put(partition, lane);
            }
        });
        ending.values().removeIf(lane -> !lane.busy());
    }

    private void dropAll() {
        drop(Set.copyOf(lanes.keySet()));
    }

    /** The work under way gets its grace, then is interrupted; what was finished is committed. */
    private void finish(Consumer<byte[], byte[]> consumer) throws InterruptedException {
        run.stop();
        workers.shutdown();
        if (!workers.awaitTermination(settings.grace().toMillis(), TimeUnit.MILLISECONDS)) {
            workers.shutdownNow();
            workers.awaitTermination(settings.grace().toMillis(), TimeUnit.MILLISECONDS);
        }
        commits.commitNow(consumer, consumer.assignment());
    }

    /** Ends reading: waits for the work under way up to the grace, commits, and leaves the group. */
    @Override
    public void close() {
        stop.countDown();
        try {
            Duration patience = settings.grace().multipliedBy(2).plus(Commits.PATIENCE.multipliedBy(3));
            if (thread.getState() != Thread.State.NEW && !thread.join(patience)) {
                LOG.warnf("Does not end in time: loop=%s", settings.name());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        workers.shutdownNow();
    }

    private final class Rebalance implements ConsumerRebalanceListener {
        private final Consumer<byte[], byte[]> consumer;

        Rebalance(Consumer<byte[], byte[]> consumer) {
            this.consumer = consumer;
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            commits.confirmed(turnNanos);
            partitions.forEach(
                    partition -> lanes.put(partition, new Lane(Optional.ofNullable(ending.remove(partition)))));
            LOG.infof("Takes partitions: loop=%s, count=%d", settings.name(), partitions.size());
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            commits.commitNow(consumer, partitions);
            drop(partitions);
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            LOG.warnf("Lost partitions: loop=%s, count=%d", settings.name(), partitions.size());
            drop(partitions);
        }
    }
}
