package dev.migrator.core.verdict;

import dev.migrator.core.error.Problem;
import java.util.Optional;

/**
 * What one check found.
 *
 * @param check name of the check
 * @param problem empty when it passed
 * @param evidence one line a person can read, e.g. what was read back and how long it took
 */
public record CheckResult(String check, Optional<Problem> problem, String evidence) {
    public boolean passed() {
        return problem.isEmpty();
    }

    public static CheckResult passed(String check, String evidence) {
        return new CheckResult(check, Optional.empty(), evidence);
    }

    public static CheckResult failed(String check, Problem problem) {
        return new CheckResult(check, Optional.of(problem), "");
    }
}
