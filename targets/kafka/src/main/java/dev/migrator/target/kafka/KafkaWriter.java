package dev.migrator.target.kafka;

import dev.migrator.core.impact.Impact;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Outcome;
import dev.migrator.target.Capability;
import dev.migrator.target.DryRunOutcome;
import dev.migrator.target.Judged;
import dev.migrator.target.SystemFacts;
import dev.migrator.target.TargetException;
import dev.migrator.target.TargetWriter;
import dev.migrator.target.WriteGuard;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Writes a cluster, each entry only if it holds what was expected. */
final class KafkaWriter implements TargetWriter {
    static final int MAX_BATCH = 5_000;

    private final KafkaConnection connection;
    private final ClusterReads reads;
    private final ImpactReads impacts;
    private final Settlement settlement;
    private final ClusterWrites writes;
    private final Unsettled unsettled = new Unsettled();

    KafkaWriter(KafkaConnection connection) {
        this.connection = connection;
        this.reads = new ClusterReads(connection);
        this.impacts = new ImpactReads(connection, Clock.systemUTC());
        this.settlement = new Settlement(connection, Clock.systemUTC());
        this.writes = new ClusterWrites(connection, settlement);
    }

    @Override
    public String identity() {
        return connection.clusterId();
    }

    @Override
    public Optional<String> position() throws TargetException {
        return MetadataPosition.read(connection);
    }

    @Override
    public SystemFacts facts() throws TargetException {
        return new ClusterFacts(connection, reads).read();
    }

    @Override
    public Set<Capability> capabilities() throws TargetException {
        return reads.capabilities();
    }

    @Override
    public Stream<EntryKey> list(String kind) throws TargetException {
        return reads.list(kind);
    }

    @Override
    public Map<EntryKey, EntryState> readAll(Set<EntryKey> keys) throws TargetException {
        return reads.look(keys).states();
    }

    @Override
    public Map<EntryKey, Impact> impact(Collection<? extends Operation> operations) throws TargetException {
        return impacts.of(operations);
    }

    @Override
    public int maxBatch() {
        return MAX_BATCH;
    }

    @Override
    public void settle(Duration atMost, WriteGuard guard) throws TargetException {
        long mark = unsettled.mark();
        settlement.settle(atMost, guard);
        unsettled.settled(mark);
    }

    @Override
    public Duration waited() {
        return settlement.waited();
    }

    @Override
    public List<DryRunOutcome> dryRun(List<Operation> operations) throws TargetException {
        if (operations.size() > MOST_DRY_RUN) {
            throw new IllegalArgumentException("at most " + MOST_DRY_RUN + " operations, found " + operations.size());
        }
        return new ClusterDryRun(connection, reads).ask(operations);
    }

    @Override
    public List<Outcome> apply(List<Operation> operations, Map<EntryKey, String> incarnations, WriteGuard guard)
            throws TargetException {
        if (operations.size() > MAX_BATCH) {
            throw new IllegalArgumentException("at most " + MAX_BATCH + " operations, found " + operations.size());
        }
        var keys = keys(operations);
        if (unsettled.holdsAnyOf(keys)) {
            settle(patience(), guard);
        }
        var seen = reads.look(keys);
        var judged = Judged.of(operations, incarnations, seen.states());
        if (judged.writes().size() < operations.size() && unsettled.any()) {
            // "already there" and "not as expected" may be an old state that a broker still shows
            settle(patience(), guard);
            seen = reads.look(keys);
            judged = Judged.of(operations, incarnations, seen.states());
        }
        var toWrite = new ArrayList<>(judged.writes());
        toWrite.addAll(Removals.unfinished(operations, incarnations, seen));
        if (toWrite.isEmpty()) {
            return judged.outcomes(Map.of());
        }
        unsettled.wrote(keys(toWrite));
        var written = new HashMap<>(writes.write(toWrite, seen, patience(), guard));
        written.putAll(judgeRaced(toWrite, incarnations, written, guard));
        return answered(Removals.merged(judged.outcomes(written), written));
    }

    /** What somebody else wrote in between is judged once more, by what it is now. */
    private Map<EntryKey, Outcome> judgeRaced(
            List<Operation> operations,
            Map<EntryKey, String> incarnations,
            Map<EntryKey, Outcome> written,
            WriteGuard guard)
            throws TargetException {
        var raced = operations.stream()
                .filter(operation ->
                        written.containsKey(operation.key()) && Faults.isRaced(written.get(operation.key())))
                .toList();
        if (raced.isEmpty()) {
            return Map.of();
        }
        settle(patience(), guard);
        var judged = Judged.of(raced, incarnations, reads.look(keys(raced)).states());
        var again = new HashMap<EntryKey, Outcome>();
        judged.outcomes(written).forEach(outcome -> again.put(outcome.key(), outcome));
        return again;
    }

    private static List<Outcome> answered(List<Outcome> outcomes) throws TargetException.Unavailable {
        if (outcomes.stream().allMatch(Outcome.Unknown.class::isInstance)) {
            throw new TargetException.Unavailable(((Outcome.Unknown) outcomes.getFirst()).problem(), null);
        }
        return outcomes;
    }

    private Duration patience() {
        return connection.settings().callTimeout();
    }

    private static Set<EntryKey> keys(List<Operation> operations) {
        var keys = new TreeSet<EntryKey>();
        operations.forEach(operation -> keys.add(operation.key()));
        return keys;
    }

    @Override
    public void close() {
        connection.close();
    }
}
