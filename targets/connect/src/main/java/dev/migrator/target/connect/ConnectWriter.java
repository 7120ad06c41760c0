package dev.migrator.target.connect;

import dev.migrator.core.error.Problem;
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
import dev.migrator.target.httpclient.Settling;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Looks at a Connect cluster and writes to it. Thread-safe. */
final class ConnectWriter implements TargetWriter {
    /** The cluster shares out its connectors anew for each of them. */
    private static final int MAX_BATCH = 50;

    private static final Problem LATE = Problem.of(
                    "TGT-NOT-SETTLED", "Kafka Connect does not show yet what it acknowledged")
            .found("something else")
            .todo("the call is tried again; if it stays so, see whether the address leads to one cluster");

    private final ConnectReader reader;
    private final Unsettled unsettled = new Unsettled();

    ConnectWriter(String target, ConnectApi api) {
        this.reader = new ConnectReader(target, api);
    }

    @Override
    public List<Outcome> apply(List<Operation> operations, Map<EntryKey, String> incarnations, WriteGuard guard)
            throws TargetException {
        if (operations.size() > MAX_BATCH) {
            throw new IllegalArgumentException("at most " + MAX_BATCH + " operations, found " + operations.size());
        }
        return new BatchRun(reader.connectors(), reader.contents(), unsettled, Map.copyOf(incarnations), guard)
                .run(operations);
    }

    @Override
    public List<DryRunOutcome> dryRun(List<Operation> operations) throws TargetException {
        if (operations.size() > MOST_DRY_RUN) {
            throw new IllegalArgumentException("at most " + MOST_DRY_RUN + " operations, found " + operations.size());
        }
        return operations.isEmpty()
                ? List.of()
                : new ConnectDryRun(reader.connectors(), reader.contents()).of(operations);
    }

    /** Reads what was written until reads show it, several times in a row; writes nothing. */
    @Override
    public void settle(Duration atMost, WriteGuard guard) throws TargetException {
        Settling.await(unsettled, keys -> reader.states(keys, false), atMost, LATE);
    }

    @Override
    public int maxBatch() {
        return MAX_BATCH;
    }

    @Override
    public String identity() throws TargetException {
        return reader.identity();
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
    public Map<EntryKey, Impact> impact(Collection<? extends Operation> operations) throws TargetException {
        return reader.impact(operations);
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
