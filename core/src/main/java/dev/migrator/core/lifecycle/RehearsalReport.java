package dev.migrator.core.lifecycle;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.error.Problem;
import java.util.List;
import java.util.Optional;

/**
 * What came of doing and undoing a plan in a rehearsal environment.
 *
 * @param operations of the plan that were rehearsed
 * @param asPredicted those among them that led to what the plan says, and went back as far as it says
 * @param notProven operations and checks of the plan that were not rehearsed; {@code reasons} then says why
 * @param reasons what it cannot prove, one line each, at most {@value #MOST_REASONS}
 * @param problem why it failed; empty if it passed
 * @param uri where all of it lies in the bucket; may be empty only with a problem
 * @param digest of the bytes that lie there
 */
public record RehearsalReport(
        int operations,
        int asPredicted,
        int notProven,
        List<String> reasons,
        Optional<Problem> problem,
        String uri,
        Optional<Digest> digest) {
    public static final int MOST_REASONS = 20;
    private static final int LONGEST_REASON = 300;

    public RehearsalReport {
        reasons = List.copyOf(reasons);
    }

    /** Nothing was rehearsed, because of one problem with all of it. */
    public static RehearsalReport impossible(Problem problem) {
        return new RehearsalReport(0, 0, 0, List.of(), Optional.of(problem), "", Optional.empty());
    }

    public boolean isPassed() {
        return problem.isEmpty();
    }

    /** Operations that came out as predicted, of a hundred; rounded down, so that 100 means all. */
    public int score() {
        return operations == 0 ? 0 : (int) (asPredicted * 100L / operations);
    }

    /** Within its bounds, whatever came from outside. */
    RehearsalReport bounded() {
        return new RehearsalReport(
                operations,
                asPredicted,
                notProven,
                reasons.stream()
                        .limit(MOST_REASONS)
                        .map(RehearsalReport::clipped)
                        .toList(),
                problem,
                uri,
                digest);
    }

    private static String clipped(String reason) {
        return reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON - 1) + "…";
    }
}
