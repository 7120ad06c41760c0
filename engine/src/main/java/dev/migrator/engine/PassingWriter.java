package dev.migrator.engine;

import dev.migrator.core.impact.Impact;
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
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Passes every call on to another writer; whoever extends it does something else with some of them. */
abstract class PassingWriter implements TargetWriter {
    private final TargetWriter writer;

    PassingWriter(TargetWriter writer) {
        this.writer = writer;
    }

    @Override
    public List<Outcome> apply(List<Operation> operations, Map<EntryKey, String> incarnations, WriteGuard guard)
            throws TargetException {
        return writer.apply(operations, incarnations, guard);
    }

    @Override
    public List<DryRunOutcome> dryRun(List<Operation> operations) throws TargetException {
        return writer.dryRun(operations);
    }

    @Override
    public void settle(Duration atMost, WriteGuard guard) throws TargetException {
        writer.settle(atMost, guard);
    }

    @Override
    public Duration waited() {
        return writer.waited();
    }

    @Override
    public int maxBatch() {
        return writer.maxBatch();
    }

    @Override
    public String identity() throws TargetException {
        return writer.identity();
    }

    @Override
    public Optional<String> position() throws TargetException {
        return writer.position();
    }

    @Override
    public Set<Capability> capabilities() throws TargetException {
        return writer.capabilities();
    }

    @Override
    public Stream<EntryKey> list(String kind) throws TargetException {
        return writer.list(kind);
    }

    @Override
    public Map<EntryKey, EntryState> readAll(Set<EntryKey> keys) throws TargetException {
        return writer.readAll(keys);
    }

    @Override
    public SystemFacts facts() throws TargetException {
        return writer.facts();
    }

    @Override
    public Map<EntryKey, Impact> impact(Collection<? extends Operation> operations) throws TargetException {
        return writer.impact(operations);
    }

    @Override
    public void close() {
        writer.close();
    }
}
