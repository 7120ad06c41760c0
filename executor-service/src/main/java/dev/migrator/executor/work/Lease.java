package dev.migrator.executor.work;

import dev.migrator.core.error.Problem;
import dev.migrator.kit.worker.Task;
import dev.migrator.target.TargetException;
import dev.migrator.target.WriteGuard;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * The right to write, which ends by itself. The broker gives a partition to another member no sooner than the session
 * time-out after it last heard of this one; the lease is shorter, so a worker that was stopped for a while finds it over
 * when it wakes and starts no call.
 */
final class Lease {
    /** Shorter than the consumer's session time-out of 6 s by more than clocks drift apart meanwhile. */
    static final Duration TIME = Duration.ofSeconds(5);

    private final Supplier<Duration> sinceConfirmed;

    /** @param sinceConfirmed how long ago the broker last confirmed that this process holds its partitions */
    Lease(Supplier<Duration> sinceConfirmed) {
        this.sinceConfirmed = sinceConfirmed;
    }

    WriteGuard guard(Task task) {
        return () -> {
            if (!task.owned().getAsBoolean() || sinceConfirmed.get().compareTo(TIME) >= 0) {
                throw new TargetException.Fenced(
                        Problem.of("WRK-LEASE", "the right to write is over; no further call was started")
                                .about(task.place())
                                .todo("nothing: whoever holds the partition now goes on"));
            }
        };
    }
}
