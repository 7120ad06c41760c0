package dev.migrator.target.confluent;

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
import dev.migrator.target.httpclient.Unsettled;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Looks at a registry and writes to it. Thread-safe. */
final class ConfluentWriter implements TargetWriter {
    private static final int MAX_BATCH = 500;

    private static final Problem LATE = Problem.of(
                    "TGT-NOT-SETTLED", "the registry does not show yet what it acknowledged")
            .found("what was there before")
            .todo("the call is tried again; if it stays so, see whether all servers share one database");

    private final ConfluentReader reader;
    private final SubjectHttp http;
    private final Unsettled unsettled = new Unsettled();

    ConfluentWriter(String target, SubjectHttp http) {
        this.reader = new ConfluentReader(target, http);
        this.http = http;
    }

    @Override
    public List<Outcome> apply(List<Operation> operations, Map<EntryKey, String> incarnations, WriteGuard guard)
            throws TargetException {
        if (operations.size() > MAX_BATCH) {
            throw new IllegalArgumentException("at most " + MAX_BATCH + " operations, found " + operations.size());
        }
        return new BatchRun(http, reader.reads(), unsettled, Map.copyOf(incarnations), guard).run(operations);
    }

    @Override
    public List<DryRunOutcome> dryRun(List<Operation> operations) throws TargetException {
        if (operations.size() > MOST_DRY_RUN) {
            throw new IllegalArgumentException("at most " + MOST_DRY_RUN + " operations, found " + operations.size());
        }
        return operations.isEmpty() ? List.of() : new SubjectDryRun(http, reader.reads(), operations).ask();
    }

    /** Reads what was written until each entry shows it; writes nothing. */
    @Override
    public void settle(Duration atMost, WriteGuard guard) throws TargetException {
        Settling.await(unsettled, reader::readAll, atMost, LATE);
    }

    @Override
    public int maxBatch() {
        return MAX_BATCH;
    }

    @Override
    public String identity() {
        return reader.identity();
    }

    @Override
    public SystemFacts facts() throws TargetException {
        return reader.facts();
    }

    @Override
    public Set<Capability> capabilities() {
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
