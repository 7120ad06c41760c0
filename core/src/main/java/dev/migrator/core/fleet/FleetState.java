package dev.migrator.core.fleet;

/** Where a run of a fleet stands; computed from what is known of it. */
public enum FleetState {
    /** Migrations of the newest wave are under way. */
    RUNNING,
    /** The newest wave has succeeded and is left to itself for a while. */
    BAKING,
    /** No further wave begins; migrations that have begun go on to their own end. */
    STOPPING,
    SUCCEEDED(true),
    STOPPED(true),
    /** It never began. */
    REJECTED(true);

    private final boolean end;

    FleetState() {
        this(false);
    }

    FleetState(boolean end) {
        this.end = end;
    }

    /** Whether nothing more happens by itself. */
    public boolean isEnd() {
        return end;
    }
}
