package dev.migrator.executor.stream;

import dev.migrator.core.fleet.Beside;
import dev.migrator.core.fleet.FleetId;
import dev.migrator.core.fleet.FleetRun;
import dev.migrator.core.fleet.FleetRunCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.apache.kafka.streams.state.KeyValueStore;

/** Runs of fleets of the partition at hand, by id. Those that have not ended are kept in memory too: each tick needs them. */
final class FleetStore {
    static final String NAME = "fleets";

    private final KeyValueStore<String, byte[]> store;
    private final TreeMap<FleetId, FleetRun> live = new TreeMap<>();

    FleetStore(KeyValueStore<String, byte[]> store) {
        this.store = store;
        try (var all = store.all()) {
            all.forEachRemaining(entry -> {
                var run = FleetRunCodec.read(entry.value);
                if (!run.isEnded()) {
                    live.put(run.id(), run);
                }
            });
        }
    }

    FleetRun run(FleetId id) {
        if (live.containsKey(id)) {
            return live.get(id);
        }
        var stored = store.get(id.value());
        return stored == null ? FleetRun.none(id) : FleetRunCodec.read(stored);
    }

    void keep(FleetRun run) {
        if (run.isEmpty()) {
            store.delete(run.id().value());
        } else {
            store.put(run.id().value(), FleetRunCodec.bytes(run));
        }
        if (run.isEmpty() || run.isEnded()) {
            live.remove(run.id());
        } else {
            live.put(run.id(), run);
        }
    }

    /** Those that have not ended, ascending. */
    List<FleetId> live() {
        return List.copyOf(live.keySet());
    }

    Beside beside(FleetId id) {
        int stops = 0;
        int others = 0;
        for (var run : live.values()) {
            if (!run.id().equals(id)) {
                others++;
                stops += run.isOnlyStop() ? 1 : 0;
            }
        }
        return new Beside(others - stops, stops);
    }

    /** All others. For rare sweeps. */
    List<FleetId> ended() {
        var ended = new ArrayList<FleetId>();
        try (var all = store.all()) {
            all.forEachRemaining(entry -> ended.add(new FleetId(entry.key)));
        }
        ended.removeAll(live.keySet());
        return ended;
    }
}
