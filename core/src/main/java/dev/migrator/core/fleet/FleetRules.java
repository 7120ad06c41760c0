package dev.migrator.core.fleet;

import dev.migrator.core.environment.Environments;
import dev.migrator.core.environment.Fleet;
import dev.migrator.core.error.Problem;
import dev.migrator.core.lifecycle.LifecycleRules.Backoff;
import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What may be set about fleets.
 *
 * @param fleets by name; a name that is not here is rejected
 * @param asking when a change that no status has come for is published again
 * @param mostAsked publications of one change, from 1; when no status has come for the last one either, the environment counts as
 *     failed: unknown is no success
 * @param gap ticks further apart than this are an outage, in which nobody looked and no silence counts
 * @param earlyKept how long an order to stop waits for the request of its run
 * @param endedKept how long a run that has ended is remembered, so that its id starts nothing again
 * @param mostLive runs of one partition that have not ended; and as many of which only an order to stop is known
 */
public record FleetRules(
        SortedMap<String, Fleet> fleets,
        Backoff asking,
        int mostAsked,
        Duration gap,
        Duration earlyKept,
        Duration endedKept,
        int mostLive) {
    public FleetRules {
        fleets = Collections.unmodifiableSortedMap(new TreeMap<>(fleets));
        if (mostAsked < 1) {
            throw new IllegalArgumentException("mostAsked is at least 1");
        }
    }

    /** The defaults, with these fleets. */
    public static FleetRules of(Environments environments) {
        var fleets = new TreeMap<String, Fleet>();
        environments.fleets().forEach(fleet -> fleets.put(fleet.name(), fleet));
        return new FleetRules(
                fleets,
                new Backoff(Duration.ofSeconds(15), Duration.ofMinutes(2)),
                20,
                Duration.ofSeconds(10),
                Duration.ofHours(1),
                Duration.ofDays(90),
                200);
    }

    /** Why no run of that id and fleet can begin, whatever else is under way. */
    public Optional<Problem> refusal(FleetId id, String fleet) {
        var known = fleets.get(fleet);
        if (known == null) {
            return Optional.of(FleetProblems.unknown(id, fleet, fleets.keySet()));
        }
        return known.environments().stream()
                .filter(environment -> !id.fits(environment))
                .findFirst()
                .map(environment -> FleetProblems.idTooLong(id, environment));
    }
}
