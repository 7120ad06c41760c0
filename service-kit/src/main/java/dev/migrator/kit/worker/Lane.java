package dev.migrator.kit.worker;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What was taken from one partition and is not finished: in order for each key, keys side by side. Thread-safe. */
final class Lane {
    private final TreeSet<Long> unfinished = new TreeSet<>();
    private final Map<ByteBuffer, Queue<ConsumerRecord<byte[], byte[]>>> waiting = new HashMap<>();
    private final Optional<Lane> before;
    private long next = -1;
    private int chains;
    private boolean revoked;
    private final long sinceNanos = System.nanoTime();

    /** @param before the lane of the same partition from an earlier assignment: its work comes to an end first */
    Lane(Optional<Lane> before) {
        this.before = before.filter(Lane::busy);
    }

    /**
     * Takes records, and starts a chain for each key that has none under way.
     *
     * @param start runs the chain on a thread of its own
     * @param handle returns whether the record is finished; if not, the lane stays as it is and takes nothing more of
     *     that key
     */
    synchronized void add(
            List<ConsumerRecord<byte[], byte[]>> records,
            Consumer<Runnable> start,
            Predicate<ConsumerRecord<byte[], byte[]>> handle) {
        for (var record : records) {
            unfinished.add(record.offset());
            next = record.offset() + 1;
            ByteBuffer key = ByteBuffer.wrap(record.key() == null ? new byte[0] : record.key());
            Queue<ConsumerRecord<byte[], byte[]>> queue = waiting.get(key);
            if (queue != null) {
                queue.add(record);
            } else {
                waiting.put(key, new ArrayDeque<>());
                chains++;
                start.accept(() -> chain(key, record, handle));
            }
        }
    }

    private void chain(
            ByteBuffer key, ConsumerRecord<byte[], byte[]> first, Predicate<ConsumerRecord<byte[], byte[]>> handle) {
        try {
            if (before.isPresent()) {
                before.get().awaitEnd();
            }
            var record = first;
            while (record != null && handle.test(record)) {
                record = finished(key, record.offset());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the loop stops; the record comes again
        } finally {
            chainEnded();
        }
    }

    private synchronized void chainEnded() {
        chains--;
        notifyAll();
    }

    private synchronized void awaitEnd() throws InterruptedException {
        while (chains > 0) {
            wait();
        }
    }

    /** Whether work is under way. */
    synchronized boolean busy() {
        return chains > 0;
    }

    private synchronized ConsumerRecord<byte[], byte[]> finished(ByteBuffer key, long offset) {
        unfinished.remove(offset);
        var following = revoked ? null : waiting.get(key).poll();
        if (following == null) {
            waiting.remove(key);
        }
        return following;
    }

    /** The offset of the first record that is to come; of no meaning once one was taken. */
    synchronized void startAt(long offset) {
        if (next < 0) {
            next = offset;
        }
    }

    /** Where to go on after a restart: the lowest record that is not finished. Empty if that is not known yet. */
    synchronized OptionalLong position() {
        if (next < 0) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(unfinished.isEmpty() ? next : unfinished.first());
    }

    synchronized int outstanding() {
        return unfinished.size();
    }

    /** The partition is another member's now: what waits is not started. */
    synchronized void revoke() {
        revoked = true;
    }

    /** For how long the partition has been this process's. */
    Duration heldFor() {
        return Duration.ofNanos(System.nanoTime() - sinceNanos);
    }

    synchronized boolean owned() {
        return !revoked;
    }
}
