package dev.migrator.demo;

import dev.migrator.core.error.Problem;
import java.util.List;

/** The demo was about to say something that is not so. */
final class ClaimFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    private ClaimFailed(Problem problem) {
        super(problem.toString());
        this.problem = problem;
    }

    Problem problem() {
        return problem;
    }

    /** @param claim the sentence that does not hold */
    static void unless(boolean holds, String claim, String thing, String expected, String found) {
        if (!holds) {
            throw new ClaimFailed(problem(claim, thing, expected, found));
        }
    }

    /** Fails with the first of them. */
    static void unlessNone(List<Comparison.Difference> differences, String claim) {
        if (!differences.isEmpty()) {
            var first = differences.getFirst();
            var more = differences.size() > 1 ? "   (and " + (differences.size() - 1) + " more differences)" : "";
            throw new ClaimFailed(problem(claim, first.thing(), first.expected(), first.found() + more));
        }
    }

    private static Problem problem(String claim, String thing, String expected, String found) {
        return Problem.of("DEM-CLAIM", "not as claimed: " + claim)
                .about(thing)
                .expected(expected)
                .found(found)
                .todo("the stack is still up: ./migrator status --all, ./migrator stack status, .local-stack/logs");
    }
}
