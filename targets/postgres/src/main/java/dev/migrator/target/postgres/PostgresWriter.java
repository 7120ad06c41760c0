package dev.migrator.target.postgres;

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
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Writes a database, each entry only if it holds what was expected: one transaction for each call. */
final class PostgresWriter implements TargetWriter {
    static final int MAX_BATCH = 1_000;

    private final Sessions sessions;
    private final DatabaseReads reads;

    PostgresWriter(Sessions sessions) {
        this.sessions = sessions;
        this.reads = new DatabaseReads(sessions);
    }

    @Override
    public String identity() {
        return sessions.identity();
    }

    @Override
    public Set<Capability> capabilities() {
        return DatabaseReads.capabilities();
    }

    @Override
    public Stream<EntryKey> list(String kind) throws TargetException {
        return reads.list(kind);
    }

    @Override
    public Map<EntryKey, EntryState> readAll(Set<EntryKey> keys) throws TargetException {
        return reads.readAll(keys);
    }

    @Override
    public Optional<String> position() throws TargetException {
        return reads.position();
    }

    @Override
    public SystemFacts facts() throws TargetException {
        return reads.facts();
    }

    @Override
    public Map<EntryKey, Impact> impact(Collection<? extends Operation> operations) throws TargetException {
        return reads.impact(operations);
    }

    @Override
    public int maxBatch() {
        return MAX_BATCH;
    }

    @Override
    public void settle(Duration atMost, WriteGuard guard) throws TargetException {
        new Settlement(sessions).await(atMost);
    }

    @Override
    public List<DryRunOutcome> dryRun(List<Operation> operations) throws TargetException {
        if (operations.size() > MOST_DRY_RUN) {
            throw new IllegalArgumentException("at most " + MOST_DRY_RUN + " operations, found " + operations.size());
        }
        requireOnceEach(operations);
        return operations.isEmpty()
                ? List.of()
                : sessions.write("dry-run " + operations.size() + " operations", connection -> {
                    DryRun.prepare(connection, sessions.settings());
                    var stores = new Stores(sessions.settings(), connection);
                    return new DryRun(new Batch(connection, stores, WriteGuard.ALWAYS)).ask(operations);
                });
    }

    @Override
    public List<Outcome> apply(List<Operation> operations, Map<EntryKey, String> incarnations, WriteGuard guard)
            throws TargetException {
        if (operations.size() > MAX_BATCH) {
            throw new IllegalArgumentException("at most " + MAX_BATCH + " operations, found " + operations.size());
        }
        requireOnceEach(operations);
        return operations.isEmpty()
                ? List.of()
                : sessions.write("write " + operations.size() + " operations", connection -> {
                    // what is checked at the end of a transaction could not be told from a lost connection there
                    Rows.run(connection, "SET CONSTRAINTS ALL IMMEDIATE");
                    var batch = new Batch(connection, new Stores(sessions.settings(), connection), guard);
                    var outcomes = new HashMap<EntryKey, Outcome>();
                    for (var group : Groups.ofAnyOrder(operations)) {
                        outcomes.putAll(batch.run(group, incarnations));
                    }
                    if (batch.wrote()) {
                        guard.check();
                        connection.commit();
                    }
                    return inOrder(operations, outcomes);
                });
    }

    private static List<Outcome> inOrder(List<Operation> operations, Map<EntryKey, Outcome> outcomes) {
        var all = new ArrayList<Outcome>(operations.size());
        operations.forEach(operation -> all.add(outcomes.get(operation.key())));
        return List.copyOf(all);
    }

    private static void requireOnceEach(List<Operation> operations) {
        var keys = new HashSet<EntryKey>();
        for (var operation : operations) {
            if (!keys.add(operation.key())) {
                throw new IllegalArgumentException("one call names a key at most once: " + operation.key());
            }
        }
    }

    @Override
    public void close() {
        sessions.close();
    }
}
