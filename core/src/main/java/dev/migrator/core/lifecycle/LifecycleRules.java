package dev.migrator.core.lifecycle;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.environment.AnomalyDecision;
import dev.migrator.core.environment.Environment;
import dev.migrator.core.environment.Environments;
import dev.migrator.core.environment.Mode;
import dev.migrator.core.environment.Protection;
import dev.migrator.core.environment.SignalsDigest;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What may be set about the lifecycle.
 *
 * @param environments protection by environment name; a name that is not here is rejected
 * @param tasks when an unanswered request for a plan, a snapshot or a verification is published again; for ever, as
 *     waiting is right while nothing is written
 * @param commands when an unanswered worker command is published again; for ever, as its outcome has to be known
 * @param verifyAttempts publications of one VerifyPhase, from 1; when the last one goes unanswered too, the migration is
 *     rolled back, because late counts as "no"
 * @param maxRevisions plans made for one migration, from 1; a target that keeps changing ends it as REJECTED
 * @param pauseDeadline longest pause; then it is rolled back, or cancelled when nothing was written
 * @param earlyKept how long a fact waits for the request, plan or phase that it belongs to
 * @param endedKept how long an ended migration is remembered, so that its id starts nothing again
 * @param observed environments that are only looked at: a change that is to be carried out there is rejected
 * @param rehearsals by environment, the one that its plans are rehearsed in, which takes no changes of its own
 * @param drills by environment, how often one of its plans is drilled; more than zero
 * @param pausing environments in which what verification says "no" to is paused, and not undone at once
 * @param monitored by environment that declares monitoring, which has to be heard before the first write, the digest of what
 *     it declares
 */
public record LifecycleRules(
        SortedMap<String, Protection> environments,
        Backoff tasks,
        Backoff commands,
        int verifyAttempts,
        int maxRevisions,
        Duration pauseDeadline,
        Duration earlyKept,
        Duration endedKept,
        Bounds bounds,
        SortedSet<String> observed,
        SortedMap<String, String> rehearsals,
        SortedMap<String, Duration> drills,
        SortedSet<String> pausing,
        SortedMap<String, Digest> monitored) {

    /** Doubling waits, from {@code first} up to {@code cap}, both more than zero. */
    public record Backoff(Duration first, Duration cap) {
        /** @param attempt publications so far, from 1 */
        public Duration after(int attempt) {
            var wait = first.multipliedBy(1L << Math.min(20, attempt - 1));
            return wait.compareTo(cap) < 0 ? wait : cap;
        }
    }

    /**
     * Upper bounds; what goes past one is refused with a problem, never dropped silently.
     *
     * @param live migrations of one environment that have not ended
     * @param holds rolled-back migrations of one environment whose changes are held
     * @param earlyIds ids of one environment that are known by early facts only
     * @param earlyFacts of one migration
     * @param earlyBytes of one migration, in written form
     * @param votes grants of one migration, and as many denials
     * @param inlineBytes of a bundle that travels in the request
     */
    public record Bounds(
            int live, int holds, int earlyIds, int earlyFacts, int earlyBytes, int votes, int inlineBytes) {
        public static final Bounds DEFAULT = new Bounds(500, 1_000, 1_000, 32, 512 * 1024, 100, 256 * 1024);
    }

    public LifecycleRules {
        observed = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(observed));
        rehearsals = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(rehearsals));
        drills = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(drills));
        pausing = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(pausing));
        monitored = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(monitored));
        environments = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(environments));
        if (verifyAttempts < 1 || maxRevisions < 1) {
            throw new IllegalArgumentException("verifyAttempts and maxRevisions are at least 1");
        }
    }

    /** Without rehearsals and monitoring. */
    public LifecycleRules(
            SortedMap<String, Protection> environments,
            Backoff tasks,
            Backoff commands,
            int verifyAttempts,
            int maxRevisions,
            Duration pauseDeadline,
            Duration earlyKept,
            Duration endedKept,
            Bounds bounds,
            SortedSet<String> observed) {
        this(
                environments,
                tasks,
                commands,
                verifyAttempts,
                maxRevisions,
                pauseDeadline,
                earlyKept,
                endedKept,
                bounds,
                observed,
                java.util.Collections.emptySortedMap(),
                java.util.Collections.emptySortedMap(),
                java.util.Collections.emptySortedSet(),
                java.util.Collections.emptySortedMap());
    }

    public static LifecycleRules of(Environments environments) {
        var protection = new TreeMap<String, Protection>();
        var observed = new TreeSet<String>();
        var rehearsals = new TreeMap<String, String>();
        var drills = new TreeMap<String, Duration>();
        var pausing = new TreeSet<String>();
        var monitored = new TreeMap<String, Digest>();
        environments.all().forEach((Environment e) -> {
            protection.put(e.name(), e.protection());
            if (e.mode() == Mode.OBSERVE) {
                observed.add(e.name());
            }
            if (e.onAnomaly() == AnomalyDecision.PAUSE) {
                pausing.add(e.name());
            }
            SignalsDigest.of(e.monitoring()).ifPresent(digest -> monitored.put(e.name(), digest));
            e.rehearsal().ifPresent(rule -> {
                rehearsals.put(e.name(), rule.environment());
                rule.drill().ifPresent(every -> drills.put(e.name(), every.duration()));
            });
        });
        return of(protection)
                .observing(observed)
                .rehearsing(rehearsals)
                .drilling(drills)
                .pausing(pausing)
                .monitoring(monitored);
    }

    /** The same, with another longest pause. */
    public LifecycleRules pausingAtMost(Duration longest) {
        return new LifecycleRules(
                environments,
                tasks,
                commands,
                verifyAttempts,
                maxRevisions,
                longest,
                earlyKept,
                endedKept,
                bounds,
                observed,
                rehearsals,
                drills,
                pausing,
                monitored);
    }

    /** The same, with these environments only looked at. */
    public LifecycleRules observing(SortedSet<String> some) {
        return new LifecycleRules(
                environments,
                tasks,
                commands,
                verifyAttempts,
                maxRevisions,
                pauseDeadline,
                earlyKept,
                endedKept,
                bounds,
                some,
                rehearsals,
                drills,
                pausing,
                monitored);
    }

    /** The same, with these environments to rehearse in. */
    public LifecycleRules rehearsing(SortedMap<String, String> places) {
        return new LifecycleRules(
                environments,
                tasks,
                commands,
                verifyAttempts,
                maxRevisions,
                pauseDeadline,
                earlyKept,
                endedKept,
                bounds,
                observed,
                places,
                drills,
                pausing,
                monitored);
    }

    /** The same, with these environments drilled so often. */
    public LifecycleRules drilling(SortedMap<String, Duration> intervals) {
        return new LifecycleRules(
                environments,
                tasks,
                commands,
                verifyAttempts,
                maxRevisions,
                pauseDeadline,
                earlyKept,
                endedKept,
                bounds,
                observed,
                rehearsals,
                intervals,
                pausing,
                monitored);
    }

    /** The same, with an anomaly paused in these environments, and not undone at once. */
    public LifecycleRules pausing(SortedSet<String> some) {
        return new LifecycleRules(
                environments,
                tasks,
                commands,
                verifyAttempts,
                maxRevisions,
                pauseDeadline,
                earlyKept,
                endedKept,
                bounds,
                observed,
                rehearsals,
                drills,
                some,
                monitored);
    }

    /** The same, with these environments monitored, by signals of which nobody knows more than that they are there. */
    public LifecycleRules monitoring(SortedSet<String> some) {
        var unknown = new TreeMap<String, Digest>();
        some.forEach(environment -> unknown.put(environment, Digest.ofText("")));
        return monitoring(unknown);
    }

    /** The same, with these environments monitored, each by the signals that have the digest. */
    public LifecycleRules monitoring(SortedMap<String, Digest> some) {
        return new LifecycleRules(
                environments,
                tasks,
                commands,
                verifyAttempts,
                maxRevisions,
                pauseDeadline,
                earlyKept,
                endedKept,
                bounds,
                observed,
                rehearsals,
                drills,
                pausing,
                some);
    }

    /** The defaults, with these environments. */
    public static LifecycleRules of(SortedMap<String, Protection> environments) {
        return new LifecycleRules(
                environments,
                new Backoff(Duration.ofSeconds(15), Duration.ofMinutes(5)),
                new Backoff(Duration.ofSeconds(15), Duration.ofMinutes(2)),
                40,
                20,
                Duration.ofHours(4),
                Duration.ofHours(1),
                Duration.ofDays(90),
                Bounds.DEFAULT,
                java.util.Collections.emptySortedSet());
    }

    public boolean isObserved(String environment) {
        return observed.contains(environment);
    }

    /** Where plans of that environment are rehearsed. */
    public Optional<String> rehearsalOf(String environment) {
        return Optional.ofNullable(rehearsals.get(environment));
    }

    /** How often plans of that environment are drilled; empty if that is left to people. */
    public Optional<Duration> drillsOf(String environment) {
        return Optional.ofNullable(drills.get(environment));
    }

    /** Whether what verification says "no" to is paused there, until a person decides. */
    public boolean isPausedByAnomaly(String environment) {
        return pausing.contains(environment);
    }

    /** Whether its monitoring has to be heard before anything is written there. */
    public boolean isMonitored(String environment) {
        return monitored.containsKey(environment);
    }

    /** Of the signals that are declared there; empty if there are none. */
    public Optional<Digest> signalsOf(String environment) {
        return Optional.ofNullable(monitored.get(environment));
    }

    /** Whether it is there for rehearsals alone. */
    public boolean isForRehearsals(String environment) {
        return rehearsals.containsValue(environment);
    }

    public Optional<Protection> protection(String environment) {
        return Optional.ofNullable(environments.get(environment));
    }
}
