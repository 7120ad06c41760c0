package dev.migrator.target.connect;

/** Settings of ours in a connector's configuration. No content shows them; connectors pass over what they do not know. */
final class Marks {
    /** Begins them all. */
    static final String OWN = "migrator.";

    /**
     * What it did before it was to be retired: {@code RUNNING}, {@code PAUSED}, {@code STOPPED} or {@code FAILED}. Out of
     * use is a connector that has this mark and is stopped.
     */
    static final String RETIRED = OWN + "retired";

    /** It was out of use before, so its configuration is older than whoever took it into use again. */
    static final String RETURNED = OWN + "returned";

    private Marks() {}
}
