package dev.migrator.target.postgres;

import dev.migrator.core.impact.Impact;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Operation;
import dev.migrator.target.Capability;
import dev.migrator.target.SystemFacts;
import dev.migrator.target.TargetException;
import dev.migrator.target.TargetReader;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Looks at a database and cannot do more. */
final class PostgresReader implements TargetReader {
    private final Sessions sessions;
    private final DatabaseReads reads;

    PostgresReader(Sessions sessions) {
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
    public void close() {
        sessions.close();
    }
}
