package dev.migrator.localstack.server;

/** Something local could not be started or used; it carries what a person needs to put it right. */
public final class LocalStackException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Stable and documented: what went wrong. */
    public enum Code {
        /** A given port is taken by another process. */
        LST_PORT,
        /** A file that the build makes is not there. */
        LST_MISSING,
        /** A process ended by itself. */
        LST_CRASHED,
        /** A process is there, but did not answer in time. */
        LST_NOT_READY,
        /** A name, setting or file that makes no sense here. */
        LST_INPUT,
        /** A process could not be started or stopped, or a file could not be written. */
        LST_SYSTEM;

        /** The code as people see it, such as {@code LST-PORT}. */
        public String text() {
            return name().replace('_', '-');
        }
    }

    private final Code code;

    /**
     * @param thing what it is about
     * @param expected what was needed
     * @param found what was there instead; may have several lines
     * @param remedy what a person can do about it
     */
    public LocalStackException(Code code, String thing, String expected, String found, String remedy) {
        this(code, thing, expected, found, remedy, null);
    }

    /** As the other one, with the cause. */
    public LocalStackException(Code code, String thing, String expected, String found, String remedy, Throwable cause) {
        super(
                "error %s  %s%n  expected  %s%n  found     %s%n  do        %s"
                        .formatted(code.text(), thing, expected, found, remedy),
                cause);
        this.code = code;
    }

    public Code code() {
        return code;
    }
}
