package dev.migrator.target;

import dev.migrator.core.error.Problem;

/** A call to a target failed as a whole. Says whether trying again can help. */
public abstract sealed class TargetException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    private TargetException(Problem problem, Throwable cause) {
        super(problem.toString(), cause);
        this.problem = problem;
    }

    /** Stable code, what was asked, what was found. Never a secret, never content. */
    public Problem problem() {
        return problem;
    }

    /** Time-out, throttling, connection lost: try again. The write may have taken effect; probe before judging. */
    public static final class Unavailable extends TargetException {
        private static final long serialVersionUID = 1L;

        public Unavailable(Problem problem, Throwable cause) {
            super(problem, cause);
        }
    }

    /** Permission, wrong cluster, wrong credentials, bad content: stop. */
    public static final class Refused extends TargetException {
        private static final long serialVersionUID = 1L;

        public Refused(Problem problem, Throwable cause) {
            super(problem, cause);
        }
    }

    /** The caller's right to write ended (lease lost, superseded): no further call was started. */
    public static final class Fenced extends TargetException {
        private static final long serialVersionUID = 1L;

        public Fenced(Problem problem) {
            super(problem, null);
        }
    }
}
