package dev.migrator.core.fleet;

import dev.migrator.core.error.Problem;
import java.time.Instant;
import java.util.Optional;

/**
 * The migration of one environment of a run.
 *
 * @param asked when it was asked for first, empty before
 * @param repeated since when its answer is waited for: when it was asked for last, or when somebody looked again after a gap
 * @param attempts how often it was asked for, counting the times that a run that stops lets pass
 * @param seen the newest that it has said
 * @param problem why it is not good, empty if nothing is known against it
 */
record Child(
        Optional<Instant> asked,
        Optional<Instant> repeated,
        int attempts,
        Optional<Seen> seen,
        Optional<Problem> problem) {
    static final Child NONE = new Child(Optional.empty(), Optional.empty(), 0, Optional.empty(), Optional.empty());

    Child askedAt(Instant now) {
        return new Child(asked.or(() -> Optional.of(now)), Optional.of(now), attempts + 1, seen, problem);
    }

    /** What it says takes the place of what was thought of its silence. */
    Child saying(Seen newest, Optional<Problem> against) {
        return new Child(
                asked, repeated, attempts, Optional.of(against.isPresent() ? newest.quiet() : newest), against);
    }

    /** Nobody looked until now: that it said nothing until now means nothing. */
    Child waitedForFrom(Instant now) {
        return new Child(asked, Optional.of(now), attempts, seen, problem);
    }

    /** Asked for, and nothing is known of it. */
    boolean isSilent() {
        return asked.isPresent() && seen.isEmpty() && problem.isEmpty();
    }

    Child with(Problem against) {
        return new Child(asked, repeated, attempts, seen, Optional.of(against));
    }

    boolean isGood() {
        return problem.isEmpty() && seen.filter(Seen::isGood).isPresent();
    }

    boolean isFailed() {
        return problem.isPresent();
    }

    /**
     * Asked for, and without an end that is known. One that failed because somebody else's change stands in its place may
     * go on all the same; it is not this run's to wait for.
     */
    boolean isUnderWay() {
        return asked.isPresent() && !isGood() && !isFailed();
    }
}
