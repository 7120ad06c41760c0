package dev.migrator.kit.worker;

/**
 * Does the work of a record, on a virtual thread: it may block. The same record may come again at any time, so doing it
 * twice must be as doing it once.
 */
@FunctionalInterface
public interface TaskHandler {
    /**
     * @throws dev.migrator.kit.Unavailable or {@link dev.migrator.target.TargetException.Unavailable} or {@code Fenced}:
     *     tried again until it works
     * @throws dev.migrator.core.error.ProblemException the record is bad input: it goes to the dead letters
     * @throws Exception anything else is a fault of ours: after three starts the record is {@code POISON}
     */
    void handle(Task task) throws Exception;
}
