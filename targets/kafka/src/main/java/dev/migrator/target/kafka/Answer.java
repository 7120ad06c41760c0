package dev.migrator.target.kafka;

/** What a request for many said about one of them. */
sealed interface Answer<R> {
    record Ok<R>(R value) implements Answer<R> {}

    /**
     * It failed.
     *
     * @param error as the broker named it, unwrapped
     */
    record Err<R>(Throwable error) implements Answer<R> {}

    static <R> Answer<R> ok(R value) {
        return new Ok<>(value);
    }

    static <R> Answer<R> err(Throwable error) {
        return new Err<>(error);
    }

    default boolean isOk() {
        return this instanceof Ok<R>;
    }
}
