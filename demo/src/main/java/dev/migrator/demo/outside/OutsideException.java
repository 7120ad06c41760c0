package dev.migrator.demo.outside;

/** An environment could not be filled or read. */
public final class OutsideException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private OutsideException(String message, Throwable cause) {
        super(message, cause);
    }

    static OutsideException of(String system, Throwable cause) {
        return new OutsideException(system + ": " + cause, cause);
    }

    static OutsideException of(String system, String found) {
        return new OutsideException(system + ": " + found, null);
    }
}
