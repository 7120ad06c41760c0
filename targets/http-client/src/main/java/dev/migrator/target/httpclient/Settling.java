package dev.migrator.target.httpclient;

import dev.migrator.core.error.Problem;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.target.TargetException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Reads what was written until reads show it; writes nothing. */
public final class Settling {
    private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    /** Acknowledged writes that reads do not show yet. */
    public interface Pending {
        List<EntryKey> keys();

        /** Takes note of what reads answer now. @param nanos now, by {@link System#nanoTime} */
        void read(Map<EntryKey, EntryState> states, long nanos);
    }

    @FunctionalInterface
    public interface Reads {
        Map<EntryKey, EntryState> of(Set<EntryKey> keys) throws TargetException;
    }

    private Settling() {}

    /**
     * @param late what to say if they do not show it in time, without the entries that it is about and what was expected
     * @throws TargetException.Unavailable with {@code late} if not all were shown within {@code atMost}
     */
    public static void await(Pending pending, Reads reads, Duration atMost, Problem late) throws TargetException {
        long deadline = System.nanoTime() + atMost.toNanos();
        long pause = FIRST_PAUSE_NANOS;
        while (true) {
            var waiting = pending.keys();
            if (waiting.isEmpty()) {
                return;
            }
            pending.read(reads.of(Set.copyOf(waiting)), System.nanoTime());
            var left = pending.keys();
            if (left.isEmpty()) {
                return;
            }
            if (System.nanoTime() + pause > deadline || Thread.currentThread().isInterrupted()) {
                throw notSettled(left, atMost, late);
            }
            LockSupport.parkNanos(pause);
            pause = Math.min(2 * pause, LONGEST_PAUSE_NANOS);
        }
    }

    private static TargetException.Unavailable notSettled(List<EntryKey> left, Duration atMost, Problem late) {
        return new TargetException.Unavailable(
                late.about(left.getFirst() + (left.size() == 1 ? "" : " and " + (left.size() - 1) + " more"))
                        .expected("to read back what was written, within " + atMost.toMillis() + " ms"),
                null);
    }
}
