package dev.migrator.core.impact;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.model.EntryKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What was seen around a plan when it was made. It changes by the second, so it is no part of the plan's bytes and of what
 * an approval binds to; it is kept beside the plan and shown with it.
 *
 * @param plan digest of the plan that it belongs to
 * @param readAt when reading began
 * @param took how long reading took, planning included
 * @param targets that were read
 * @param unchanged desired entries that are there already
 * @param notManaged entries that the bundle does not speak of, by target and kind; what is missing was not counted
 * @param impact of the plan's operations, by key; one that is missing was not asked for
 * @param notAsked operations whose impact was left out because there are too many
 */
public record Surroundings(
        Digest plan,
        Instant readAt,
        Duration took,
        int targets,
        Optional<Integer> unchanged,
        SortedMap<String, SortedMap<String, Long>> notManaged,
        SortedMap<EntryKey, Impact> impact,
        int notAsked) {
    public Surroundings {
        Objects.requireNonNull(plan);
        Objects.requireNonNull(readAt);
        Objects.requireNonNull(took);
        Objects.requireNonNull(unchanged);
        var counts = new TreeMap<String, SortedMap<String, Long>>();
        notManaged.forEach(
                (target, byKind) -> counts.put(target, Collections.unmodifiableSortedMap(new TreeMap<>(byKind))));
        notManaged = Collections.unmodifiableSortedMap(counts);
        impact = Collections.unmodifiableSortedMap(new TreeMap<>(impact));
    }

    /** Nothing but the time, to be added to. */
    public static Surroundings of(Digest plan, Instant readAt) {
        return new Surroundings(plan, readAt, Duration.ZERO, 0, Optional.empty(), new TreeMap<>(), new TreeMap<>(), 0);
    }

    public Surroundings read(int ofTargets, Duration within) {
        return new Surroundings(plan, readAt, within, ofTargets, unchanged, notManaged, impact, notAsked);
    }

    public Surroundings unchanged(int count) {
        return new Surroundings(plan, readAt, took, targets, Optional.of(count), notManaged, impact, notAsked);
    }

    public Surroundings notManaged(Map<String, ? extends SortedMap<String, Long>> counts) {
        return new Surroundings(plan, readAt, took, targets, unchanged, new TreeMap<>(counts), impact, notAsked);
    }

    public Surroundings impact(Map<EntryKey, Impact> ofEntries, int leftOut) {
        return new Surroundings(plan, readAt, took, targets, unchanged, notManaged, new TreeMap<>(ofEntries), leftOut);
    }

    /** Of all targets and kinds that were counted; empty if none was. */
    public Optional<Long> notManagedCount() {
        return notManaged.values().stream()
                .flatMap(byKind -> byKind.values().stream())
                .reduce(Long::sum);
    }
}
