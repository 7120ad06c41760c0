package dev.migrator.kit.avro;

import dev.migrator.core.error.Problem;
import dev.migrator.kit.Unavailable;

/** The control registry does not answer. Says nothing about any record: wait and try again. */
public final class RegistryUnavailable extends Unavailable {
    private static final long serialVersionUID = 1L;

    public RegistryUnavailable(String doing, String found, Throwable cause) {
        super(
                Problem.of("REG-UNAVAILABLE", "the schema registry does not answer")
                        .about(doing)
                        .expected("an answer in time")
                        .found(found)
                        .todo("nothing: it is tried again until the registry is back"),
                cause);
    }
}
