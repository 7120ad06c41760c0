package dev.migrator.chaos.model;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One migration of a run.
 *
 * @param startsAfter from the run's start
 * @param check what its smoke check finds
 * @param steering what a person commands while it is under way
 * @param refused a topic of the changes that the target refuses to create once writing has begun
 */
public record PlannedMigration(
        String id,
        Duration startsAfter,
        List<Change> changes,
        Check check,
        Optional<Steering> steering,
        Optional<String> refused) {

    /** What the smoke check of a migration finds once everything is applied. */
    public enum Check {
        NONE,
        GOOD,
        BAD
    }

    /** What a person commands. */
    public enum Command {
        CANCEL,
        ROLL_BACK,
        PAUSE_AND_RESUME
    }

    /**
     * @param after from when the migration was asked for
     * @param pause between pausing and resuming
     */
    public record Steering(Command command, Duration after, Duration pause) {}

    public PlannedMigration {
        changes = List.copyOf(changes);
    }

    /** Whether it has to succeed, whatever happens to the services meanwhile. */
    public boolean mustSucceed() {
        return check != Check.BAD && refused.isEmpty() && !mayBeUndone();
    }

    /** Whether it has to be put back, unless a person ends it earlier. */
    public boolean mustNotSucceed() {
        return check == Check.BAD;
    }

    /** Whether a person may end it before it is done. */
    public boolean mayBeUndone() {
        return steering.filter(one -> one.command() != Command.PAUSE_AND_RESUME).isPresent();
    }

    /** For people. */
    public String title() {
        return id + " at " + startsAfter.toMillis() + " ms: " + changes.size() + " changes, check " + check
                + steering.map(one ->
                                ", " + one.command() + " after " + one.after().toMillis() + " ms")
                        .orElse("")
                + refused.map(topic -> ", refused at " + topic).orElse("");
    }
}
