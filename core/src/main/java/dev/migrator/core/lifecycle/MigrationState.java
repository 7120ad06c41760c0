package dev.migrator.core.lifecycle;

/** Where a migration stands; computed from its facts. */
public enum MigrationState {
    REQUESTED,
    PLANNED,
    SNAPSHOTTED,
    REHEARSED,
    AWAITING_APPROVAL,
    QUEUED,
    EXECUTING,
    VERIFYING,
    PAUSED,
    ROLLING_BACK,
    SUCCEEDED(true),
    NO_CHANGES(true),
    REJECTED(true),
    CANCELLED(true),
    ROLLED_BACK(true),
    ROLLBACK_INCOMPLETE(true);

    private final boolean end;

    MigrationState() {
        this(false);
    }

    MigrationState(boolean end) {
        this.end = end;
    }

    /** Whether nothing more happens by itself. {@code PLANNED} is also an end when only a plan was asked for. */
    public boolean isEnd() {
        return end;
    }
}
