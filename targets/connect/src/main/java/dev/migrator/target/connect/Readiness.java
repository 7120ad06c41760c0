package dev.migrator.target.connect;

import dev.migrator.core.error.Problem;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.plan.Outcome;
import dev.migrator.target.TargetException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Waits until a connector and all its tasks do what they are wanted to, for as long as one call may take. A worker says
 * neither which configuration a status belongs to nor whether there will be tasks, so a status that may be an old one
 * counts only once it has stood for a while, and one without tasks too.
 */
final class Readiness {
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    /** A worker takes up a new configuration within a few hundred milliseconds; what it has taken up goes on as fast. */
    private static final long STEADY_NANOS = TimeUnit.SECONDS.toNanos(1);
    /** While nothing was seen to change, as a busy worker takes longer to begin. */
    private static final long UNCHANGED_NANOS = TimeUnit.SECONDS.toNanos(2);

    private static final long WITHOUT_TASKS_NANOS = TimeUnit.SECONDS.toNanos(3);

    private final Connectors connectors;

    Readiness(Connectors connectors) {
        this.connectors = connectors;
    }

    /**
     * What a wait is for.
     *
     * @param mayBeOld whether the status may for a moment be the one from before the write
     * @param wasUnwell whether it was not as it should be before the write either: then this write is not to blame
     */
    record Awaited(Run run, boolean mayBeOld, boolean wasUnwell) {}

    /** Empty when all is as wanted, else why not. */
    Optional<Outcome> await(EntryKey key, Awaited awaited, Redaction redaction) throws TargetException {
        long start = System.nanoTime();
        long deadline = start + connectors.api().callTimeout().toNanos();
        long since = start;
        long pause = PAUSE_NANOS;
        var last = Optional.<Status>empty();
        boolean hasChanged = false;
        while (true) {
            var status = connectors.status(key.address());
            long now = System.nanoTime();
            if (!status.equals(last)) {
                hasChanged |= last.isPresent();
                since = now;
                last = status;
                pause = PAUSE_NANOS;
            }
            if (status.isPresent() && now - since >= standing(status.get(), awaited, hasChanged)) {
                if (status.get().is(awaited.run())) {
                    return Optional.empty();
                }
                if (status.get().hasFailed() && awaited.run() != Run.STOPPED) {
                    return awaited.wasUnwell() ? Optional.empty() : Optional.of(failed(key, status.get(), redaction));
                }
            }
            if (now > deadline || Thread.currentThread().isInterrupted()) {
                return awaited.wasUnwell() ? Optional.empty() : Optional.of(notReady(key, awaited.run(), last));
            }
            LockSupport.parkNanos(pause);
            pause = Math.min(2 * pause, LONGEST_PAUSE_NANOS);
        }
    }

    /** How long a status has to stand before it counts. */
    private static long standing(Status status, Awaited awaited, boolean hasChanged) {
        boolean tasksMayCome = awaited.run() == Run.RUNNING && status.tasks().isEmpty() && status.is(Run.RUNNING);
        if (tasksMayCome) {
            return WITHOUT_TASKS_NANOS;
        }
        if (!awaited.mayBeOld()) {
            return 0;
        }
        return hasChanged ? STEADY_NANOS : UNCHANGED_NANOS;
    }

    private static Outcome failed(EntryKey key, Status status, Redaction redaction) {
        return new Outcome.Failed(
                key,
                Problem.of("CNR-FAILED", "the connector, or one of its tasks, failed when it was started")
                        .about(key.toString())
                        .expected("a connector that runs, with all its tasks")
                        .found(redaction.of(status.failure()))
                        .todo("look at the log of the worker; correct the settings, or what the connector needs"));
    }

    private static Outcome notReady(EntryKey key, Run wanted, Optional<Status> last) {
        return new Outcome.Failed(
                key,
                Problem.of("CNR-NOT-READY", "the connector is not in the wanted state in time")
                        .about(key.toString())
                        .expected(wanted + ", with all its tasks")
                        .found(last.map(Status::words).orElse("no status"))
                        .todo("see whether all workers are there, and how loaded they are"));
    }
}
