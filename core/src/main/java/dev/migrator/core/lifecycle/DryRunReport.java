package dev.migrator.core.lifecycle;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.error.Problem;
import java.util.List;
import java.util.Optional;

/**
 * What the targets themselves said to a plan, asked without writing.
 *
 * @param accepted operations that nothing speaks against
 * @param refused operations that would be refused; {@code problems} then says why
 * @param unchecked operations that a target could not judge; {@code notChecked} then says why
 * @param problems one for each kind of refusal, at most {@value #MOST_PROBLEMS}; none means that nothing was refused
 * @param notChecked one line for each reason, at most {@value #MOST_REASONS}
 * @param uri where what was said to each operation lies in the bucket; may be empty only with problems
 * @param digest of the bytes that lie there
 */
public record DryRunReport(
        int accepted,
        int refused,
        int unchecked,
        List<Problem> problems,
        List<String> notChecked,
        String uri,
        Optional<Digest> digest) {
    public static final int MOST_PROBLEMS = 100;
    public static final int MOST_REASONS = 20;
    private static final int LONGEST_REASON = 300;

    public DryRunReport {
        problems = List.copyOf(problems);
        notChecked = List.copyOf(notChecked);
    }

    /** Nothing was asked, because of one problem with all of it. */
    public static DryRunReport impossible(Problem problem) {
        return new DryRunReport(0, 0, 0, List.of(problem), List.of(), "", Optional.empty());
    }

    public boolean isRefused() {
        return !problems.isEmpty() || refused > 0;
    }

    /** Within its bounds, whatever came from outside. */
    DryRunReport bounded() {
        return new DryRunReport(
                accepted,
                refused,
                unchecked,
                problems.stream().limit(MOST_PROBLEMS).toList(),
                notChecked.stream()
                        .limit(MOST_REASONS)
                        .map(DryRunReport::clipped)
                        .toList(),
                uri,
                digest);
    }

    private static String clipped(String reason) {
        return reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON - 1) + "…";
    }
}
