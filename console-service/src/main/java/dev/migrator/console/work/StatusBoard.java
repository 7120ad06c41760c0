package dev.migrator.console.work;

import dev.migrator.core.lifecycle.MigrationId;
import dev.migrator.core.lifecycle.MigrationStatus;
import dev.migrator.kit.feed.StatusFeed;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * The newest status of each migration, as read from the status topic. Bounded: of those that ended and hold nothing, the
 * newest {@value #ENDED_KEPT} are kept; how many may hold something is bounded by the lifecycle.
 */
@ApplicationScoped
public class StatusBoard implements StatusFeed.Listener {
    static final int ENDED_KEPT = 10_000;

    private final Map<MigrationId, MigrationStatus> newest = new ConcurrentHashMap<>();
    private final Map<MigrationId, List<Consumer<MigrationStatus>>> followers = new ConcurrentHashMap<>();

    /** Takes a status in; an older one than the one known changes nothing. */
    @Override
    public void accept(MigrationStatus status) {
        var kept =
                newest.merge(status.id(), status, (known, next) -> next.sequence() > known.sequence() ? next : known);
        if (kept == status) {
            followers.getOrDefault(status.id(), List.of()).forEach(follower -> follower.accept(status));
            if (status.ended()) {
                forgetOldest();
            }
        }
    }

    /** The status topic says that a migration is forgotten. */
    @Override
    public void forget(MigrationId id) {
        newest.remove(id);
    }

    public Optional<MigrationStatus> find(MigrationId id) {
        return Optional.ofNullable(newest.get(id));
    }

    /** Newest first. */
    public List<MigrationStatus> all() {
        return newest.values().stream()
                .sorted(Comparator.comparing(MigrationStatus::updatedAt)
                        .reversed()
                        .thenComparing(MigrationStatus::id))
                .toList();
    }

    /**
     * Calls {@code follower} with each new status, the present one first. A status may come twice when it changes at
     * this very moment, so followers look at its sequence.
     *
     * @return ends the following
     */
    public Runnable follow(MigrationId id, Consumer<MigrationStatus> follower) {
        followers.computeIfAbsent(id, _ -> new CopyOnWriteArrayList<>()).add(follower);
        find(id).ifPresent(follower);
        return () -> followers.computeIfPresent(id, (_, all) -> {
            all.remove(follower);
            return all.isEmpty() ? null : all;
        });
    }

    private void forgetOldest() {
        var ended = newest.values().stream()
                .filter(status -> status.ended() && !status.holdsChanges())
                .toList();
        if (ended.size() > ENDED_KEPT + ENDED_KEPT / 10) {
            ended.stream()
                    .sorted(Comparator.comparing(MigrationStatus::updatedAt))
                    .limit(ended.size() - ENDED_KEPT)
                    .forEach(status -> newest.remove(status.id(), status));
        }
    }
}
