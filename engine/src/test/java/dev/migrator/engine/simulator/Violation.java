package dev.migrator.engine.simulator;

/** A promise was broken. An error, because what is thrown under the engine must not pass for a fault of the target. */
final class Violation extends AssertionError {
    private static final long serialVersionUID = 1L;

    private final String promise;

    /** @param promise stable words, e.g. {@code compare-and-set} */
    Violation(String promise, String what) {
        super(promise + ": " + what);
        this.promise = promise;
    }

    String promise() {
        return promise;
    }
}
