package dev.migrator.target.kafka;

import dev.migrator.core.impact.Impact;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Operation;
import dev.migrator.target.Capability;
import dev.migrator.target.SystemFacts;
import dev.migrator.target.TargetException;
import dev.migrator.target.TargetReader;
import java.time.Clock;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Looks at a cluster and cannot do more. */
final class KafkaReader implements TargetReader {
    private final KafkaConnection connection;
    private final ClusterReads reads;
    private final ImpactReads impacts;

    KafkaReader(KafkaConnection connection) {
        this.connection = connection;
        this.reads = new ClusterReads(connection);
        this.impacts = new ImpactReads(connection, Clock.systemUTC());
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
    public void close() {
        connection.close();
    }
}
