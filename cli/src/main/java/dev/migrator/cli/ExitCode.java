package dev.migrator.cli;

/** What the shell gets; documented in {@code migrator --help}. */
public final class ExitCode {
    public static final int OK = 0;
    public static final int ERROR = 1;
    /** There are changes; only with {@code --exit-code}, and from {@code fmt --check}. */
    public static final int CHANGES = 2;

    public static final int ROLLED_BACK = 3;
    public static final int ROLLBACK_INCOMPLETE = 4;
    /** Waits for a person. */
    public static final int WAITS = 5;
    /** Validation, policy, stale, held. */
    public static final int REFUSED = 6;

    private ExitCode() {}
}
