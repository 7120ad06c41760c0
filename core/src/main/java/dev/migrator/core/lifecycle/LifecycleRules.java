package dev.migrator.core.lifecycle;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.environment.AnomalyDecision;
import dev.migrator.core.environment.Environments;
import dev.migrator.core.environment.Protection;
import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * What may be set about the lifecycle.
 *
 * @param environments by name; one that is not here is rejected
 * @param tasks when an unanswered request for a plan, a snapshot or a verification is published again; for ever, as
 *     waiting is right while nothing is written
 * @param commands when an unanswered worker command is published again; for ever, as its outcome has to be known
 * @param verifyAttempts publications of one VerifyPhase, from 1; when the last one goes unanswered too, the migration is
 *     rolled back, because late counts as "no"
 * @param maxRevisions plans made for one migration, from 1; a target that keeps changing ends it as REJECTED
 * @param pauseDeadline longest pause; then it is rolled back, or cancelled when nothing was written
 * @param earlyKept how long a fact waits for the request, plan or phase that it belongs to
 * @param endedKept how long an ended migration is remembered, so that its id starts nothing again
 */
public record LifecycleRules(
        SortedMap<String, EnvironmentRules> environments,
        Backoff tasks,
        Backoff commands,
        int verifyAttempts,
        int maxRevisions,
        Duration pauseDeadline,
        Duration earlyKept,
        Duration endedKept,
        Bounds bounds) {

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
        environments = Collections.unmodifiableSortedMap(new TreeMap<>(environments));
        if (verifyAttempts < 1 || maxRevisions < 1) {
            throw new IllegalArgumentException("verifyAttempts and maxRevisions are at least 1");
        }
    }

    /** The defaults, with these environments. */
    public static LifecycleRules of(Environments environments) {
        var rules = new TreeMap<String, EnvironmentRules>();
        environments.all().forEach(environment -> rules.put(environment.name(), EnvironmentRules.of(environment)));
        return usual(rules);
    }

    /** The defaults, with environments that declare nothing but their protection. */
    public static LifecycleRules of(SortedMap<String, Protection> environments) {
        var rules = new TreeMap<String, EnvironmentRules>();
        environments.forEach((name, protection) -> rules.put(name, EnvironmentRules.of(protection)));
        return usual(rules);
    }

    private static LifecycleRules usual(SortedMap<String, EnvironmentRules> environments) {
        return new LifecycleRules(
                environments,
                new Backoff(Duration.ofSeconds(15), Duration.ofMinutes(5)),
                new Backoff(Duration.ofSeconds(15), Duration.ofMinutes(2)),
                40,
                20,
                Duration.ofHours(4),
                Duration.ofHours(1),
                Duration.ofDays(90),
                Bounds.DEFAULT);
    }

    /** The same, with other rules for an environment that is here. */
    public LifecycleRules in(String environment, UnaryOperator<EnvironmentRules> change) {
        var changed = new TreeMap<>(environments);
        changed.computeIfPresent(environment, (_, rules) -> change.apply(rules));
        return with(changed, pauseDeadline, bounds);
    }

    /** The same, with another longest pause. */
    public LifecycleRules pausingAtMost(Duration longest) {
        return with(environments, longest, bounds);
    }

    /** The same, with other bounds. */
    public LifecycleRules within(Bounds others) {
        return with(environments, pauseDeadline, others);
    }

    private LifecycleRules with(SortedMap<String, EnvironmentRules> others, Duration longestPause, Bounds atMost) {
        return new LifecycleRules(
                others, tasks, commands, verifyAttempts, maxRevisions, longestPause, earlyKept, endedKept, atMost);
    }

    private Optional<EnvironmentRules> of(String environment) {
        return Optional.ofNullable(environments.get(environment));
    }

    /** Whether it is only looked at. */
    public boolean isObserved(String environment) {
        return of(environment).filter(EnvironmentRules::observed).isPresent();
    }

    /** Where plans of that environment are rehearsed. */
    public Optional<String> rehearsalOf(String environment) {
        return of(environment).flatMap(EnvironmentRules::rehearsedIn);
    }

    /** How often plans of that environment are drilled; empty if that is left to people. */
    public Optional<Duration> drillsOf(String environment) {
        return of(environment).flatMap(EnvironmentRules::drilledEvery);
    }

    /** Whether what verification says "no" to is paused there, until a person decides. */
    public boolean isPausedByAnomaly(String environment) {
        return of(environment)
                .filter(rules -> rules.onAnomaly() == AnomalyDecision.PAUSE)
                .isPresent();
    }

    /** Whether its monitoring has to be heard before anything is written there. */
    public boolean isMonitored(String environment) {
        return signalsOf(environment).isPresent();
    }

    /** Of the signals that are declared there; empty if there are none. */
    public Optional<Digest> signalsOf(String environment) {
        return of(environment).flatMap(EnvironmentRules::signals);
    }

    /** Whether it is there for rehearsals alone. */
    public boolean isForRehearsals(String environment) {
        return environments.values().stream()
                .flatMap(rules -> rules.rehearsedIn().stream())
                .anyMatch(environment::equals);
    }

    public Optional<Protection> protection(String environment) {
        return of(environment).map(EnvironmentRules::protection);
    }
}
