package dev.migrator.console.api;

import dev.migrator.core.error.Problem;

/** A request that is answered with a problem and an HTTP status. */
public final class ApiProblem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient Problem problem;

    public ApiProblem(int status, Problem problem) {
        super(problem.toString());
        this.status = status;
        this.problem = problem;
    }

    public int status() {
        return status;
    }

    public Problem problem() {
        return problem;
    }
}
