package dev.migrator.kit;

import dev.migrator.core.error.Problem;

/** A part that we need does not answer for now. Trying again helps; nothing is thrown away because of it. */
public class Unavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    public Unavailable(Problem problem, Throwable cause) {
        super(problem.toString(), cause);
        this.problem = problem;
    }

    /** What does not answer; never a secret, never content. */
    public Problem problem() {
        return problem;
    }
}
