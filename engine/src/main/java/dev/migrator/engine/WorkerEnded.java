package dev.migrator.engine;

/** Ends an engine in the middle of a call, as the end of its process does: no error, so nothing in it answers to it. */
final class WorkerEnded extends Error {
    private static final long serialVersionUID = 1L;

    WorkerEnded() {
        super("the worker ends here, for a drill", null, false, false);
    }
}
