package dev.migrator.kit.kafka;

import dev.migrator.core.error.Problem;
import dev.migrator.kit.Unavailable;

/** The broker does not answer, or does not let us in for now. */
public final class KafkaUnavailable extends Unavailable {
    private static final long serialVersionUID = 1L;

    /** @param doing what was tried, e.g. {@code send to migration.plans} */
    public KafkaUnavailable(String doing, Throwable cause) {
        super(
                Problem.of("KFK-UNAVAILABLE", "the broker does not answer")
                        .about(doing)
                        .expected("an answer in time")
                        .found(cause.getClass().getSimpleName() + ": " + cause.getMessage())
                        .todo("nothing: it is tried again until the broker is back"),
                cause);
    }
}
