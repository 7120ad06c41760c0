package dev.migrator.executor.work;

import dev.migrator.core.error.Problem;
import dev.migrator.core.lifecycle.WorkerAnswer;
import dev.migrator.core.lifecycle.WorkerCommand;
import dev.migrator.core.undo.UndoKeys;
import dev.migrator.kit.objects.ObjectStore;
import dev.migrator.kit.objects.ObjectStoreUnavailable;
import dev.migrator.target.TargetException;
import dev.migrator.target.WriteGuard;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Whether a person undoes a migration by its kit. The receipt lies in the bucket before the kit writes anything; from then on
 * nothing of that migration may be written forward, or what was undone would be applied again. Undoing never asks.
 */
final class UndoReceipts {
    /** How long an answer of "no" holds; whoever undoes by kit waits longer than this and a call in flight. */
    static final Duration GOOD_FOR = Duration.ofSeconds(1);

    /**
     * How long a batch waits for a bucket that does not answer. Then it is given up and undone: a rollback waits for the
     * answer to every batch, and must not wait for the bucket.
     */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ObjectStore bucket;
    private final LongSupplier nanos;
    private final Map<String, Long> notThereAt = new Moments();
    private final Map<String, Long> unknownSince = new Moments();

    /** By key of the receipt; the longest unused go. */
    private static final class Moments extends LinkedHashMap<String, Long> {
        private static final long serialVersionUID = 1L;
        private static final int MOST = 10_000;

        Moments() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > MOST;
        }
    }

    /** @param nanos time that never goes back */
    UndoReceipts(ObjectStore bucket, LongSupplier nanos) {
        this.bucket = bucket;
        this.nanos = nanos;
    }

    /** @throws ObjectStoreUnavailable if that cannot be known now */
    boolean isUndone(WorkerCommand.Envelope envelope) {
        var key = UndoKeys.receipt(envelope.commit(), envelope.id());
        long asked = nanos.getAsLong();
        synchronized (notThereAt) {
            var last = notThereAt.get(key);
            if (last != null && asked - last < GOOD_FOR.toNanos()) {
                return false;
            }
        }
        boolean there;
        try {
            there = bucket.exists(key);
        } catch (ObjectStoreUnavailable e) {
            synchronized (notThereAt) {
                unknownSince.putIfAbsent(key, asked);
            }
            throw e;
        }
        synchronized (notThereAt) {
            unknownSince.remove(key);
            if (there) {
                notThereAt.remove(key);
            } else {
                notThereAt.put(key, asked);
            }
        }
        return there;
    }

    /**
     * Why the command is not carried out, empty if it may be.
     *
     * @throws ObjectStoreUnavailable if that cannot be known now and is worth waiting for
     */
    Optional<Problem> refusal(WorkerCommand command) {
        if (!concerns(command)) {
            return Optional.empty();
        }
        try {
            return isUndone(command.envelope()) ? Optional.of(problem(command.envelope())) : Optional.empty();
        } catch (ObjectStoreUnavailable e) {
            if (command instanceof WorkerCommand.ApplyBatch && isGivenUp(command.envelope())) {
                return Optional.of(Problem.of(
                                "APL-BLIND",
                                "nothing says whether a person undoes this migration; the batch is given up")
                        .about("migration " + command.envelope().id())
                        .expected("an answer of the bucket within " + PATIENCE.toSeconds() + " s")
                        .found(e.problem().found())
                        .todo("see to the object store; then submit again under a new id"));
            }
            throw e;
        }
    }

    private boolean isGivenUp(WorkerCommand.Envelope envelope) {
        synchronized (notThereAt) {
            var since = unknownSince.get(UndoKeys.receipt(envelope.commit(), envelope.id()));
            return since != null && nanos.getAsLong() - since >= PATIENCE.toNanos();
        }
    }

    /** Whether the command leads forward, so that it has to ask. */
    static boolean concerns(WorkerCommand command) {
        return switch (command) {
            case WorkerCommand.CheckScope _, WorkerCommand.ApplyBatch _ -> true;
            case WorkerCommand.Close close -> !close.rolledBack();
            case WorkerCommand.RevertBatch _ -> false;
        };
    }

    /** Asked before every call that writes forward, after the lease. What cannot be known stops the call, and nothing else. */
    WriteGuard guard(WorkerCommand command, WriteGuard lease) {
        if (!(command instanceof WorkerCommand.ApplyBatch)) {
            return lease;
        }
        return () -> {
            lease.check();
            try {
                if (isUndone(command.envelope())) {
                    throw new TargetException.Fenced(problem(command.envelope()));
                }
            } catch (ObjectStoreUnavailable e) {
                throw new TargetException.Fenced(e.problem());
            }
        };
    }

    static Problem problem(WorkerCommand.Envelope envelope) {
        return Problem.of(
                        WorkerAnswer.UNDONE, "a person undoes this migration by its undo kit; nothing more is written")
                .about("migration " + envelope.id())
                .expected("no receipt in the bucket")
                .found(UndoKeys.receipt(envelope.commit(), envelope.id()))
                .todo("nothing: what is left is undone, and the end is measured");
    }
}
