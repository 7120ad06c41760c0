package dev.migrator.executor.work;

import dev.migrator.core.error.Problem;
import dev.migrator.kit.worker.Task;
import dev.migrator.target.TargetException;
import java.time.Duration;

/**
 * Waits out the calls that a previous holder may still have in flight. Whoever held a partition before starts no call any
 * more once its lease is over, but one that it had started can land until the call time-out is over. So nothing is read
 * or written for a partition before this process has held it for that long; on a quiet system nobody notices.
 */
final class Takeover {
    private final Duration callTimeout;

    /** @param callTimeout longest time for which a call to a target can be in flight */
    Takeover(Duration callTimeout) {
        this.callTimeout = callTimeout;
    }

    /** Returns once the partition has been held for long enough. @throws TargetException.Fenced if it is lost meanwhile */
    void await(Task task) throws InterruptedException, TargetException.Fenced {
        while (true) {
            var rest = callTimeout.minus(task.heldFor().get());
            if (!rest.isPositive()) {
                return;
            }
            if (!task.owned().getAsBoolean()) {
                throw new TargetException.Fenced(Problem.of("WRK-LEASE", "the partition went to another worker")
                        .about(task.place())
                        .todo("nothing: whoever holds the partition now goes on"));
            }
            Thread.sleep(Math.min(100, rest.toMillis() + 1));
        }
    }
}
