package dev.migrator.target.connect;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.kinds.ConnectorKind;
import dev.migrator.target.TargetException;
import dev.migrator.target.httpclient.Parallel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The reading half of the REST interface. */
final class Connectors {
    /** Fewer are asked for one by one. */
    private static final int FEW = 8;

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long LONGEST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final int LONGEST_OFFSETS = 256 * 1024;

    private final ConnectApi api;

    Connectors(ConnectApi api) {
        this.api = api;
    }

    ConnectApi api() {
        return api;
    }

    /**
     * All connectors by name. Two calls: asked for configuration and status at once, a worker leaves out connectors that
     * have no status yet, and they would count as not there.
     */
    SortedMap<String, Found> all() throws TargetException {
        var infos = api.get(Paths.CONNECTORS + "?expand=info").object();
        var statuses = api.get(Paths.CONNECTORS + "?expand=status").object();
        var found = new TreeMap<String, Found>();
        infos.fields().forEach((name, expanded) -> {
            if (expanded instanceof Value.Obj fields && fields.get("info") instanceof Value.Obj info) {
                found.put(name, Found.from(name, info, status(statuses.get(name))));
            }
        });
        return found;
    }

    private static Optional<Status> status(Value expanded) {
        return expanded instanceof Value.Obj fields && fields.get("status") instanceof Value.Obj status
                ? Optional.of(Status.from(status))
                : Optional.empty();
    }

    /**
     * Those of these names that are there. Waits a moment for those of which no worker says yet whether they run: it is
     * about to take them up.
     */
    SortedMap<String, Found> named(Collection<String> names) throws TargetException {
        long deadline = System.nanoTime()
                + Math.min(LONGEST_WAIT_NANOS, api.callTimeout().toNanos());
        while (true) {
            var found = namedNow(names);
            if (found.values().stream().allMatch(connector -> connector.run().isPresent())
                    || System.nanoTime() + PAUSE_NANOS > deadline
                    || Thread.currentThread().isInterrupted()) {
                return found;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private SortedMap<String, Found> namedNow(Collection<String> names) throws TargetException {
        // no path leads to some connectors, which workers list all the same
        if (names.size() > FEW || !names.stream().allMatch(ConnectorKind::isLegal)) {
            var all = new TreeMap<>(all());
            all.keySet().retainAll(new TreeSet<>(names));
            return all;
        }
        var found = new TreeMap<String, Found>();
        for (var one : Parallel.map(List.copyOf(names), this::ask)) {
            one.ifPresent(connector -> found.put(connector.name(), connector));
        }
        return found;
    }

    Optional<Found> find(String name) throws TargetException {
        return Optional.ofNullable(namedNow(List.of(name)).get(name));
    }

    private Optional<Found> ask(String name) throws TargetException {
        var answer = api.get(Paths.connector(name));
        if (answer.absent()) {
            return Optional.empty();
        }
        var info = answer.object();
        if (!info.get("name").equals(Value.of(name))) {
            throw answer.strange(); // a proxy that rewrites paths
        }
        return Optional.of(Found.from(name, info, status(name)));
    }

    /** Empty when no worker said anything yet, and when there is no such connector. */
    Optional<Status> status(String name) throws TargetException {
        var answer = api.get(Paths.of(name, "status"));
        return answer.absent() ? Optional.empty() : Optional.of(Status.from(answer.object()));
    }

    /**
     * How far a connector has come, in an order of its own; empty where the cluster does not tell.
     *
     * @throws TargetException.Unavailable if it cannot tell now
     */
    Optional<List<Value>> offsets(String name) throws TargetException {
        if (!ConnectorKind.isLegal(name)) {
            return Optional.empty();
        }
        var answer = api.get(Paths.of(name, "offsets"));
        if (!answer.ok() || !(answer.object().get("offsets") instanceof Value.Arr(var items))) {
            return Optional.empty();
        }
        var sorted = new TreeMap<String, Value>();
        items.forEach(item -> sorted.put(CanonicalJson.text(item), item));
        return Optional.of(new ArrayList<>(sorted.values()));
    }

    /** The same as text, for snapshots; empty also where it is longer than anybody would keep. */
    Optional<String> offsetsText(String name) throws TargetException {
        return offsets(name)
                .map(Value::array)
                .map(CanonicalJson::text)
                .filter(text -> text.length() <= LONGEST_OFFSETS);
    }
}
