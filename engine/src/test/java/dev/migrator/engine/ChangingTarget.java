package dev.migrator.engine;

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
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Does something else than it was told, and says that it did as it was told. */
record ChangingTarget(TargetWriter target, UnaryOperator<Operation> change) implements TargetWriter {
    @Override
    public Map<EntryKey, EntryState> readAll(Set<EntryKey> keys) throws TargetException {
        return target.readAll(keys);
    }

    @Override
    public List<Outcome> apply(List<Operation> operations, Map<EntryKey, String> incarnations, WriteGuard guard)
            throws TargetException {
        return target.apply(operations.stream().map(change).toList(), incarnations, guard);
    }

    @Override
    public List<DryRunOutcome> dryRun(List<Operation> operations) throws TargetException {
        return target.dryRun(operations);
    }

    @Override
    public void settle(Duration atMost, WriteGuard guard) throws TargetException {
        target.settle(atMost, guard);
    }

    @Override
    public int maxBatch() {
        return target.maxBatch();
    }

    @Override
    public String identity() throws TargetException {
        return target.identity();
    }

    @Override
    public SystemFacts facts() throws TargetException {
        return target.facts();
    }

    @Override
    public Set<Capability> capabilities() throws TargetException {
        return target.capabilities();
    }

    @Override
    public Stream<EntryKey> list(String kind) throws TargetException {
        return target.list(kind);
    }

    @Override
    public void close() {
        target.close();
    }
}
