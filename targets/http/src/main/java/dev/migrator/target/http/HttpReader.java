package dev.migrator.target.http;

import dev.migrator.core.kinds.ExternalKind;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.target.Capability;
import dev.migrator.target.SystemFacts;
import dev.migrator.target.TargetException;
import dev.migrator.target.TargetReader;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Looks at a system; has no way to write to it. Thread-safe. */
final class HttpReader implements TargetReader {
    private final ServedSystem served;
    private final EntryReads reads;
    private final Listing listing;

    HttpReader(String target, ServedSystem served) {
        this.served = served;
        this.reads = new EntryReads(served);
        this.listing = new Listing(target, served.calls());
    }

    @Override
    public String identity() throws TargetException {
        return served.describe().identity();
    }

    @Override
    public Optional<String> position() throws TargetException {
        return served.describe().position();
    }

    @Override
    public Set<Capability> capabilities() throws TargetException {
        return served.describe().capabilities();
    }

    @Override
    public SystemFacts facts() throws TargetException {
        return HttpFacts.of(served.describe());
    }

    @Override
    public Stream<EntryKey> list(String kind) throws TargetException {
        if (!kind.equals(ExternalKind.ENTRY)) {
            throw new TargetException.Refused(EntryReads.noSuchKind(kind), null);
        }
        return listing.keys(served.describe()).stream();
    }

    @Override
    public Map<EntryKey, EntryState> readAll(Set<EntryKey> keys) throws TargetException {
        return keys.isEmpty() ? Map.of() : reads.states(new TreeSet<>(keys), served.describe());
    }

    @Override
    public void close() {
        served.close();
    }
}
