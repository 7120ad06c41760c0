package dev.migrator.target.connect;

import dev.migrator.core.model.EntryKey;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Outcome;
import dev.migrator.core.plan.Removal;
import dev.migrator.target.CannotPurge;
import dev.migrator.target.TargetException;
import dev.migrator.target.httpclient.EntryRefused;
import dev.migrator.target.httpclient.Raced;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Writes one connector. Cut off between any two calls, it is either still as before or already as planned, a mark aside
 * that nobody sees: a connector goes out of use with the one call that stops it, and comes back with the one that starts
 * it.
 */
final class ConnectorWriter {
    private static final String FAILED = "FAILED";

    private final Connectors connectors;
    private final Readiness readiness;

    ConnectorWriter(Connectors connectors) {
        this.connectors = connectors;
        this.readiness = new Readiness(connectors);
    }

    /**
     * @param operation judged: the connector is as it expects
     * @param found what it was judged by
     * @throws Raced if the connector turns out to be another by now
     */
    Outcome write(Operation operation, Optional<Found> found, Wanted wanted, ConnectWrites writes)
            throws TargetException, EntryRefused, Raced {
        return switch (operation) {
            case Operation.Create create ->
                found.isEmpty()
                        ? create(create.key(), wanted, writes)
                        : takeIntoUseAgain(create.key(), found.get(), wanted, writes);
            case Operation.Update update -> update(update.key(), found.orElseThrow(Raced::new), wanted, writes);
            case Operation.Delete purge when purge.isPurge() -> purge(purge.key(), writes);
            case Operation.Delete delete -> delete(delete, found.orElseThrow(Raced::new), writes);
        };
    }

    private Outcome create(EntryKey key, Wanted wanted, ConnectWrites writes)
            throws TargetException, EntryRefused, Raced {
        var config = wanted.on(Map.of());
        config.put("name", key.address());
        var run = wanted.run().orElse(Run.RUNNING);
        writes.create(config, run);
        writes.acknowledged().changed(config.keySet());
        writes.acknowledged().runs(run);
        return awaited(key, new Readiness.Awaited(run, false, false), writes);
    }

    private Outcome awaited(EntryKey key, Readiness.Awaited awaited, ConnectWrites writes) throws TargetException {
        return readiness.await(key, awaited, writes.redaction()).orElseGet(() -> new Outcome.Applied(key, ""));
    }

    /** Its settings first, and that it was there before, as long as it stands still; what is left of the other mark last. */
    private Outcome takeIntoUseAgain(EntryKey key, Found found, Wanted wanted, ConnectWrites writes)
            throws TargetException, EntryRefused, Raced {
        var before = found.config().getOrDefault(Marks.RETIRED, Run.RUNNING.name());
        var run = wanted.run().or(() -> Run.of(before)).orElse(Run.RUNNING);
        var unmarked = new TreeMap<String, Optional<String>>();
        unmarked.put(Marks.RETIRED, Optional.empty());
        unmarked.put(Marks.RETURNED, Optional.of("true"));
        if (run == Run.STOPPED) {
            var changes = wanted.changesOf(found.config());
            changes.putAll(unmarked);
            writes.change(changes, found.config());
            writes.acknowledged().changed(wanted.settings().keySet());
            return new Outcome.Applied(key, "");
        }
        var changes = new TreeMap<>(wanted.changesOf(found.config()));
        // before it runs: cut off from there, an undo would take it for one that was made, and remove it
        changes.put(Marks.RETURNED, Optional.of("true"));
        writes.change(changes, found.config());
        writes.run(run);
        writes.acknowledged().changed(wanted.settings().keySet());
        writes.acknowledged().runs(run);
        boolean wasUnwell = before.equals(FAILED);
        var notReady = readiness.await(key, new Readiness.Awaited(run, false, wasUnwell), writes.redaction());
        if (notReady.isPresent()) {
            return notReady.get();
        }
        writes.change(unmarked, wanted.on(found.config()));
        return awaited(key, new Readiness.Awaited(run, true, wasUnwell), writes);
    }

    private Outcome update(EntryKey key, Found found, Wanted wanted, ConnectWrites writes)
            throws TargetException, EntryRefused, Raced {
        var now = found.run();
        var run = wanted.run().or(() -> now).orElse(Run.RUNNING);
        boolean wasUnwell = found.status().isEmpty()
                || found.hasFailed()
                || !found.status().get().is(now.orElse(Run.RUNNING));
        boolean changesRun = wanted.run().isPresent() && !wanted.run().equals(now);
        var changes = wanted.changesOf(found.config());
        if (found.isMarked()) {
            // left by a retirement that was undone before it took effect
            changes.put(Marks.RETIRED, Optional.empty());
        }
        // what is to stand still does so before its settings change, and what is to run has them before it starts
        if (changesRun && run != Run.RUNNING) {
            if (found.isMarked()) {
                writes.change(Map.of(Marks.RETIRED, Optional.empty()), found.config());
            }
            writes.run(run);
            writes.acknowledged().runs(run);
            change(changes, found, writes);
        } else {
            change(changes, found, writes);
            if (changesRun) {
                writes.run(run);
                writes.acknowledged().runs(run);
            }
        }
        return awaited(key, new Readiness.Awaited(run, !changes.isEmpty(), wasUnwell), writes);
    }

    private static void change(Map<String, Optional<String>> changes, Found found, ConnectWrites writes)
            throws TargetException, EntryRefused, Raced {
        writes.change(changes, found.config());
        writes.acknowledged().changed(changes.keySet());
    }

    private Outcome delete(Operation.Delete delete, Found found, ConnectWrites writes)
            throws TargetException, EntryRefused, Raced {
        var key = delete.key();
        var before =
                found.hasFailed() ? FAILED : found.run().orElse(Run.RUNNING).name();
        writes.change(Map.of(Marks.RETIRED, Optional.of(before)), found.config());
        if (!before.equals(Run.STOPPED.name())) {
            writes.run(Run.STOPPED);
            writes.acknowledged().isOutOfUse();
            var notStopped = readiness.await(key, new Readiness.Awaited(Run.STOPPED, false, false), writes.redaction());
            if (notStopped.isPresent()) {
                return notStopped.get();
            }
        }
        writes.acknowledged().isOutOfUse();
        if (delete.removal() == Removal.RETIRE) {
            return new Outcome.Applied(key, "");
        }
        if (found.config().containsKey(Marks.RETURNED)) {
            return new Outcome.Retained(key, "it was there before, out of use");
        }
        var offsets = connectors.offsets(key.address());
        if (offsets.isEmpty()) {
            return new Outcome.Retained(key, "the cluster does not tell how far it has come");
        }
        if (!offsets.get().isEmpty()) {
            return new Outcome.Retained(key, "it has committed offsets");
        }
        writes.delete();
        return new Outcome.Applied(key, "");
    }

    /**
     * How far it has come goes first: a connector of that name would go on from there. Only one that is stopped lets it
     * go, so one that somebody has taken into use meanwhile stays as it is. Cut off in between, it is still retired.
     */
    private Outcome purge(EntryKey key, ConnectWrites writes) throws TargetException, EntryRefused, Raced {
        var offsets = connectors.offsets(key.address());
        if (offsets.isEmpty()) {
            return CannotPurge.outcome(key, "the cluster does not tell how far it has come");
        }
        if (!offsets.get().isEmpty()) {
            var refusal = writes.resetOffsets();
            if (refusal.isPresent()) {
                return CannotPurge.outcome(key, refusal.get());
            }
        }
        writes.delete();
        return new Outcome.Applied(key, "");
    }
}
