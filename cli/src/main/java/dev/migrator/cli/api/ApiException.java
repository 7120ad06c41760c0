package dev.migrator.cli.api;

import dev.migrator.core.error.Problem;

/** The console service answered with a problem, or did not answer. */
public final class ApiException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient Problem problem;

    /** @param status HTTP status, 0 when there was no answer */
    public ApiException(int status, Problem problem, Throwable cause) {
        super(problem.toString(), cause);
        this.status = status;
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }

    public int status() {
        return status;
    }

    /** The request was understood and turned down; sending it again does not help. */
    public boolean refused() {
        return status >= 400 && status < 500;
    }
}
