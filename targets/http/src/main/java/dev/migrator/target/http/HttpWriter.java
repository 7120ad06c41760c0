package dev.migrator.target.http;

import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Outcome;
import dev.migrator.target.Capability;
import dev.migrator.target.DryRunOutcome;
import dev.migrator.target.SystemFacts;
import dev.migrator.target.TargetException;
import dev.migrator.target.TargetWriter;
import dev.migrator.target.WriteGuard;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Looks at a system and writes to it. Thread-safe. */
final class HttpWriter implements TargetWriter {
    static final int MAX_BATCH = 500;

    private final HttpReader reader;
    private final ServedSystem served;

    HttpWriter(String target, ServedSystem served) {
        this.reader = new HttpReader(target, served);
        this.served = served;
    }

    /** The system is asked first who it is: whatever follows is for that one only. */
    @Override
    public List<Outcome> apply(List<Operation> operations, Map<EntryKey, String> incarnations, WriteGuard guard)
            throws TargetException {
        if (operations.size() > MAX_BATCH) {
            throw new IllegalArgumentException("at most " + MAX_BATCH + " operations, found " + operations.size());
        }
        return operations.isEmpty()
                ? List.of()
                : new BatchRun(served, served.describe(), Map.copyOf(incarnations), guard).run(operations);
    }

    @Override
    public List<DryRunOutcome> dryRun(List<Operation> operations) throws TargetException {
        if (operations.size() > MOST_DRY_RUN) {
            throw new IllegalArgumentException("at most " + MOST_DRY_RUN + " operations, found " + operations.size());
        }
        return operations.isEmpty() ? List.of() : new DryRun(served, served.describe()).ask(operations);
    }

    /** By the protocol a read that begins after a write was acknowledged shows it, so there is nothing to wait for. */
    @Override
    public void settle(Duration atMost, WriteGuard guard) throws TargetException {
        var _ = served.describe();
    }

    /** Not the server's own bound: larger batches are cut into requests that it takes. */
    @Override
    public int maxBatch() {
        return MAX_BATCH;
    }

    @Override
    public String identity() throws TargetException {
        return reader.identity();
    }

    @Override
    public Optional<String> position() throws TargetException {
        return reader.position();
    }

    @Override
    public SystemFacts facts() throws TargetException {
        return reader.facts();
    }

    @Override
    public Set<Capability> capabilities() throws TargetException {
        return reader.capabilities();
    }

    @Override
    public Stream<EntryKey> list(String kind) throws TargetException {
        return reader.list(kind);
    }

    @Override
    public Map<EntryKey, EntryState> readAll(Set<EntryKey> keys) throws TargetException {
        return reader.readAll(keys);
    }

    @Override
    public void close() {
        reader.close();
    }
}
