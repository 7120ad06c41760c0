package dev.migrator.core.lifecycle;

/** What the lifecycle asks of others. At most one question of a migration is open at a time. */
sealed interface Question {
    record Plan() implements Question {}

    /** What the targets would say. Goes to the worker, which alone may write, and needs no position: it writes nothing. */
    record DryRun() implements Question {}

    record Snapshot() implements Question {}

    /**
     * What comes of the plan elsewhere. Goes to the worker, and needs no position: nothing is written where the plan will be.
     *
     * @param environment name of the one to rehearse in
     */
    record Rehearsal(String environment) implements Question {}

    /** Whether the monitoring that the environment declares is connected. Asked at the head of the queue. */
    record Monitoring() implements Question {}

    record CheckScope() implements Question {}

    record Apply(int batch) implements Question {}

    record Verify(int phase) implements Question {}

    record Revert(int batch) implements Question {}

    record Close(boolean rolledBack) implements Question {}

    /** Whether it goes to the worker, under a position of its own. */
    default boolean isCommand() {
        return switch (this) {
            case Plan _, DryRun _, Snapshot _, Rehearsal _, Monitoring _, Verify _ -> false;
            case CheckScope _, Apply _, Revert _, Close _ -> true;
        };
    }

    /** Who answers, in the words of the status. */
    default String answeredBy() {
        return switch (this) {
            case Plan _ -> "planner";
            case Snapshot _ -> "snapshotter";
            case Monitoring _, Verify _ -> "verifier";
            case DryRun _, Rehearsal _, CheckScope _, Apply _, Revert _, Close _ -> "executor";
        };
    }
}
