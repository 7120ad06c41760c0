package dev.migrator.target.registry;

import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.impact.Impact;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Operation;
import dev.migrator.target.Capability;
import dev.migrator.target.SystemFacts;
import dev.migrator.target.TargetException;
import dev.migrator.target.TargetReader;
import dev.migrator.target.httpclient.Parallel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Looks at a registry; has no way to write to it. Thread-safe. */
final class RegistryReader implements TargetReader {
    private final RegistryHttp http;
    private final RegistryReads reads;
    private final Entries entries;
    private final Listing listing;

    RegistryReader(String target, RegistryHttp http) {
        this.http = http;
        this.reads = new RegistryReads(http);
        this.entries = new Entries(reads);
        this.listing = new Listing(target, reads);
    }

    Entries entries() {
        return entries;
    }

    RegistryReads reads() {
        return reads;
    }

    /** Empty: a registry has no identity that outlives a restart or tells it from a copy. */
    @Override
    public String identity() {
        return "";
    }

    /** {@link Capability#DELETE} and {@link Capability#PURGE} only where the server allows to delete both artifacts and versions. */
    @Override
    public Set<Capability> capabilities() throws TargetException {
        return reads.deletionAllowed()
                ? Collections.unmodifiableSet(EnumSet.allOf(Capability.class))
                : Collections.unmodifiableSet(EnumSet.of(Capability.RETIRE));
    }

    @Override
    public SystemFacts facts() throws TargetException {
        return new RegistryFacts(http).read();
    }

    @Override
    public Stream<EntryKey> list(String kind) throws TargetException {
        return switch (kind) {
            case Fields.GLOBAL_RULE -> listing.globalRules().stream();
            case Fields.GROUP -> listing.groups().stream();
            case Fields.ARTIFACT -> listing.artifacts().stream();
            case Fields.VERSION -> listing.versions().stream();
            default ->
                throw new TargetException.Refused(
                        Problem.of("TGT-KIND", "a registry has no such kind of entry")
                                .expected("one of " + Fields.KINDS)
                                .found(kind),
                        null);
        };
    }

    /** @throws TargetException.Refused also with {@code TGT-KIND} or {@code SCH-ADDRESS} for a key of no registry */
    @Override
    public Map<EntryKey, EntryState> readAll(Set<EntryKey> keys) throws TargetException {
        List<EntryKey> asked = new ArrayList<>(new TreeSet<>(keys));
        var states = Parallel.map(asked, this::state);
        var byKey = new TreeMap<EntryKey, EntryState>();
        for (int i = 0; i < asked.size(); i++) {
            byKey.put(asked.get(i), states.get(i));
        }
        return Collections.unmodifiableSortedMap(byKey);
    }

    @Override
    public Map<EntryKey, Impact> impact(Collection<? extends Operation> operations) throws TargetException {
        return new RegistryImpact(reads).of(operations);
    }

    private EntryState state(EntryKey key) throws TargetException {
        try {
            return entries.state(key);
        } catch (ProblemException e) {
            throw new TargetException.Refused(e.problem(), e);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
