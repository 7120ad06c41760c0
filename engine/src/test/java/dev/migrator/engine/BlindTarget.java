package dev.migrator.engine;

import dev.migrator.core.error.Problem;
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
import java.util.TreeMap;
import java.util.stream.Stream;

/** Never shows one entry, and answers every write of it with "it exists". */
record BlindTarget(TargetWriter target, EntryKey hidden) implements TargetWriter {
    @Override
    public Map<EntryKey, EntryState> readAll(Set<EntryKey> keys) throws TargetException {
        var states = new TreeMap<>(target.readAll(keys));
        states.computeIfPresent(hidden, (_, _) -> EntryState.ABSENT);
        return states;
    }

    @Override
    public List<Outcome> apply(List<Operation> operations, Map<EntryKey, String> incarnations, WriteGuard guard)
            throws TargetException {
        var others = operations.stream()
                .filter(operation -> !operation.key().equals(hidden))
                .toList();
        var outcomes = target.apply(others, incarnations, guard).iterator();
        return operations.stream()
                .map(operation -> operation.key().equals(hidden)
                        ? new Outcome.Unknown(hidden, Problem.of("TGT-RACED", "it exists"))
                        : outcomes.next())
                .toList();
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
