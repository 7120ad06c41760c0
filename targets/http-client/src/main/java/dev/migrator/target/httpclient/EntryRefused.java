package dev.migrator.target.httpclient;

import dev.migrator.core.error.Problem;
import dev.migrator.core.model.EntryKey;

/** The system, or a look at the operation, refuses one entry; the others are not concerned. */
public final class EntryRefused extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    public EntryRefused(Problem problem) {
        super(problem.toString());
        this.problem = problem;
    }

    /** One of its fields cannot be so. */
    public static EntryRefused field(EntryKey key, String code, String message, String field) {
        return new EntryRefused(Problem.of(code, message).about(key + ", " + field));
    }

    public Problem problem() {
        return problem;
    }
}
