package dev.migrator.console.work;

import dev.migrator.core.fleet.FleetId;
import dev.migrator.core.fleet.FleetStatus;
import dev.migrator.kit.feed.FleetFeed;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The newest status of each run of a fleet. Bounded: of those that ended the newest {@value #ENDED_KEPT} are kept. */
@ApplicationScoped
public class FleetBoard implements FleetFeed.Listener {
    static final int ENDED_KEPT = 1_000;

    private final Map<FleetId, FleetStatus> newest = new ConcurrentHashMap<>();

    /** Takes a status in; an older one than the one known changes nothing. */
    @Override
    public void accept(FleetStatus status) {
        newest.merge(status.id(), status, (known, next) -> next.sequence() > known.sequence() ? next : known);
        if (status.ended()) {
            forgetOldest();
        }
    }

    @Override
    public void forget(FleetId id) {
        newest.remove(id);
    }

    public Optional<FleetStatus> find(FleetId id) {
        return Optional.ofNullable(newest.get(id));
    }

    /** Newest first. */
    public List<FleetStatus> all() {
        return newest.values().stream()
                .sorted(Comparator.comparing(FleetStatus::updatedAt).reversed().thenComparing(FleetStatus::id))
                .toList();
    }

    private void forgetOldest() {
        var ended = newest.values().stream().filter(FleetStatus::ended).toList();
        if (ended.size() > ENDED_KEPT + ENDED_KEPT / 10) {
            ended.stream()
                    .sorted(Comparator.comparing(FleetStatus::updatedAt))
                    .limit(ended.size() - ENDED_KEPT)
                    .forEach(status -> newest.remove(status.id(), status));
        }
    }
}
