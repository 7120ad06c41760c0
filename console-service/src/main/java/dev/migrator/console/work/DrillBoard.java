package dev.migrator.console.work;

import dev.migrator.core.drill.DrillReport;
import dev.migrator.core.lifecycle.MigrationId;
import dev.migrator.kit.feed.DrillFeed;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What came of the drills of each environment. Bounded: of each environment the newest {@value #KEPT} are kept, and the last one
 * that says something.
 */
@ApplicationScoped
public class DrillBoard implements DrillFeed.Listener {
    static final int KEPT = 100;

    private static final Comparator<DrillReport> OLDEST_FIRST =
            Comparator.comparing(DrillReport::at).thenComparing(DrillReport::request);

    /** By environment, then by the order's id. */
    private final Map<String, Map<String, DrillReport>> known = new HashMap<>();

    /** Takes a report in; one of the same order that is older than the one known changes nothing. */
    @Override
    public synchronized void accept(DrillReport report) {
        var drills = known.computeIfAbsent(report.environment(), _ -> new HashMap<>());
        drills.merge(report.request(), report, (old, next) -> next.at().isBefore(old.at()) ? old : next);
        if (drills.size() > KEPT) {
            var kept = lastTelling(report.environment());
            drills.values().stream()
                    .filter(old -> !kept.equals(Optional.of(old)))
                    .min(OLDEST_FIRST)
                    .ifPresent(oldest -> drills.remove(oldest.request()));
        }
    }

    /** The topic says that a drill is forgotten. */
    @Override
    public synchronized void forget(String environment, String request) {
        known.getOrDefault(environment, new HashMap<>()).remove(request);
    }

    public synchronized Optional<DrillReport> find(String environment, String request) {
        return Optional.ofNullable(known.getOrDefault(environment, Map.of()).get(request));
    }

    /** Newest first. */
    public synchronized List<DrillReport> of(String environment) {
        return drills(environment).sorted(OLDEST_FIRST.reversed()).toList();
    }

    /** By which it is judged whether the environment can go back. */
    public synchronized Optional<DrillReport> lastTelling(String environment) {
        return drills(environment).filter(DrillReport::isTelling).max(OLDEST_FIRST);
    }

    /** The last one with the plan of that migration, whether it says something or not. */
    synchronized Optional<DrillReport> lastWith(String environment, MigrationId migration) {
        return drills(environment)
                .filter(report -> report.migration().equals(migration))
                .max(OLDEST_FIRST);
    }

    /** How many of those that are known had no effect on that migration's plan. */
    synchronized long withoutEffect(String environment, MigrationId migration) {
        return drills(environment)
                .filter(report -> report.migration().equals(migration))
                .filter(report -> report.problem()
                        .filter(why -> why.code().equals(DrillReport.NO_EFFECT))
                        .isPresent())
                .count();
    }

    private Stream<DrillReport> drills(String environment) {
        return known.getOrDefault(environment, Map.of()).values().stream();
    }
}
