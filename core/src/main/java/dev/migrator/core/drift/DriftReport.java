package dev.migrator.core.drift;

import dev.migrator.core.error.Problem;
import dev.migrator.core.model.EntryKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is known of an environment's drift. Whole: it takes the place of the one before.
 *
 * @param at when it was last tried to look
 * @param freshUntil until when this counts as known; after it, nothing is
 * @param targets those that hold something managed, ascending by name
 * @param drifted how many entries differ
 * @param findings of these at most {@value #MAX_FINDINGS}, ascending by entry, with {@value #MAX_FIELDS} fields in all
 * @param problem why the last try found out nothing, empty if it did
 * @param answers id of the newest request that this answers, may be empty
 */
public record DriftReport(
        String environment,
        Instant at,
        Instant freshUntil,
        List<Target> targets,
        long drifted,
        List<DriftFinding> findings,
        Optional<Problem> problem,
        String answers) {
    public static final int MAX_FINDINGS = 1_000;
    public static final int MAX_FIELDS = 4_000;

    /**
     * How one target was read.
     *
     * @param entries that are managed there
     * @param checkedAt when it was last read in full, empty for never
     * @param problem why it could not be read the last time, empty if it could
     */
    public record Target(String name, int entries, Optional<Instant> checkedAt, Optional<Problem> problem) {
        public Target {
            Objects.requireNonNull(name);
        }
    }

    public DriftReport {
        Objects.requireNonNull(environment);
        targets = List.copyOf(targets);
        findings = List.copyOf(findings);
        Objects.requireNonNull(problem);
        Objects.requireNonNull(answers);
    }

    /** With as many of the findings as a report holds. @param goodFor how long it counts */
    public static DriftReport of(
            String environment,
            Instant at,
            Duration goodFor,
            List<Target> targets,
            Collection<DriftFinding> all,
            String answers) {
        return new DriftReport(
                environment, at, at.plus(goodFor), targets, all.size(), cut(all), Optional.empty(), answers);
    }

    private static List<DriftFinding> cut(Collection<DriftFinding> all) {
        var some = new ArrayList<DriftFinding>();
        int fields = 0;
        for (var finding : all) {
            fields += finding.fields().size();
            if (some.size() == MAX_FINDINGS || fields > MAX_FIELDS) {
                break;
            }
            some.add(finding);
        }
        return some;
    }

    /** Nothing was ever found out about this environment. */
    public static DriftReport unknown(String environment, Instant at, Problem why, String answers) {
        return new DriftReport(environment, at, at, List.of(), 0, List.of(), Optional.of(why), answers);
    }

    /** What was known stays known for as long as it counts; the last try found out nothing. */
    public DriftReport interrupted(Instant when, Problem why, String answered) {
        return new DriftReport(environment, when, freshUntil, targets, drifted, findings, Optional.of(why), answered);
    }

    /** Whether this says anything at a time. */
    public boolean isFresh(Instant now) {
        return !now.isAfter(freshUntil);
    }

    /** Whether every target was read. */
    public boolean isComplete() {
        return targets.stream().allMatch(target -> target.problem().isEmpty());
    }

    /** When the target that was read the longest time ago was read; empty if one never was. */
    public Optional<Instant> checkedAt() {
        if (targets.isEmpty()) {
            return problem.isEmpty() ? Optional.of(at) : Optional.empty();
        }
        return targets.stream().anyMatch(target -> target.checkedAt().isEmpty())
                ? Optional.empty()
                : targets.stream().map(target -> target.checkedAt().get()).min(Instant::compareTo);
    }

    public SortedMap<EntryKey, DriftFinding> findingsIn(String target) {
        var found = new TreeMap<EntryKey, DriftFinding>();
        findings.stream()
                .filter(finding -> finding.key().target().equals(target))
                .forEach(finding -> found.put(finding.key(), finding));
        return found;
    }

    public Optional<Target> target(String name) {
        return targets.stream().filter(target -> target.name().equals(name)).findFirst();
    }
}
