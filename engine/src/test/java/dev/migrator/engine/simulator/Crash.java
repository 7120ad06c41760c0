package dev.migrator.engine.simulator;

/** The process ends here. No code may handle it, so it is no exception. */
final class Crash extends Error {
    private static final long serialVersionUID = 1L;

    Crash() {
        super("crash", null, false, false);
    }
}
