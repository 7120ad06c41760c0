package dev.migrator.engine;

import dev.migrator.core.error.Problem;

/**
 * A part that the engine needs did not answer for as long as it may try. Nothing is known to be wrong: keep the command,
 * show the problem, execute it again later.
 */
public final class EngineUnavailable extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    public EngineUnavailable(Problem problem, Throwable cause) {
        super(problem.toString(), cause);
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }
}
