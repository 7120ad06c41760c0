package dev.migrator.target.connect;

import dev.migrator.core.error.Problem;
import dev.migrator.core.impact.Impact;
import dev.migrator.core.kinds.ConnectorKind;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Operation;
import dev.migrator.target.Capability;
import dev.migrator.target.SystemFacts;
import dev.migrator.target.TargetException;
import dev.migrator.target.TargetReader;
import dev.migrator.target.httpclient.EntryRefused;
import dev.migrator.target.httpclient.Json;
import dev.migrator.target.httpclient.Parallel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Looks at a Connect cluster; has no way to write to it. Thread-safe. */
final class ConnectReader implements TargetReader {
    private final String target;
    private final ConnectApi api;
    private final Connectors connectors;
    private final Contents contents;

    ConnectReader(String target, ConnectApi api) {
        this.target = target;
        this.api = api;
        this.connectors = new Connectors(api);
        this.contents = new Contents(api);
    }

    Connectors connectors() {
        return connectors;
    }

    Contents contents() {
        return contents;
    }

    /** Of the Kafka cluster that its workers keep everything in. */
    @Override
    public String identity() throws TargetException {
        return identity(api);
    }

    static String identity(ConnectApi api) throws TargetException {
        var answer = api.get("/");
        return Json.text(answer.object(), "kafka_cluster_id").orElseThrow(answer::strange);
    }

    /** Neither on workers before 3.6: they can stop no connector, and do not tell whether it has come anywhere. */
    @Override
    public Set<Capability> capabilities() throws TargetException {
        var root = api.get("/");
        var version = Json.text(root.object(), "version").orElseThrow(root::strange);
        if (!Release.of(version).isAtLeast(Release.THAT_CAN_RETIRE)) {
            return Set.of();
        }
        return Collections.unmodifiableSet(EnumSet.allOf(Capability.class));
    }

    @Override
    public SystemFacts facts() throws TargetException {
        return new ConnectFacts(api).read();
    }

    @Override
    public Stream<EntryKey> list(String kind) throws TargetException {
        if (!kind.equals(ConnectorKind.ENTRY)) {
            throw new TargetException.Refused(
                    Problem.of("TGT-KIND", "Kafka Connect has no such kind of entry")
                            .expected(ConnectorKind.ENTRY)
                            .found(kind),
                    null);
        }
        return connectors.all().values().stream()
                .filter(connector -> !connector.isRetired())
                .map(connector -> new EntryKey(target, ConnectorKind.ENTRY, connector.name()));
    }

    /** @throws TargetException.Refused also with {@code TGT-KIND} for a key of no connector */
    @Override
    public Map<EntryKey, EntryState> readAll(Set<EntryKey> keys) throws TargetException {
        return states(keys, true);
    }

    /** @param withOffsets else only what can be written: a call less for each connector */
    Map<EntryKey, EntryState> states(Set<EntryKey> keys, boolean withOffsets) throws TargetException {
        var names = new TreeSet<String>();
        for (var key : keys) {
            try {
                BatchRun.requireConnector(key);
            } catch (EntryRefused e) {
                throw new TargetException.Refused(e.problem(), e);
            }
            names.add(key.address());
        }
        var found = connectors.named(names);
        var offsets = withOffsets ? offsets(new ArrayList<>(found.keySet())) : Map.<String, Optional<String>>of();
        var states = new TreeMap<EntryKey, EntryState>();
        for (var key : keys) {
            var name = key.address();
            states.put(
                    key,
                    contents.state(Optional.ofNullable(found.get(name)), offsets.getOrDefault(name, Optional.empty())));
        }
        return Collections.unmodifiableSortedMap(states);
    }

    private Map<String, Optional<String>> offsets(List<String> names) throws TargetException {
        var texts = Parallel.map(names, connectors::offsetsText);
        var byName = new TreeMap<String, Optional<String>>();
        for (int i = 0; i < names.size(); i++) {
            byName.put(names.get(i), texts.get(i));
        }
        return byName;
    }

    @Override
    public Map<EntryKey, Impact> impact(Collection<? extends Operation> operations) throws TargetException {
        return new ConnectImpact(connectors).of(operations);
    }

    @Override
    public void close() {
        api.close();
    }
}
