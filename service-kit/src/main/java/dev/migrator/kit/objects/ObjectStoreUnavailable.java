package dev.migrator.kit.objects;

import dev.migrator.core.error.Problem;
import dev.migrator.kit.Unavailable;

/** The object store does not answer, or does not let us in for now. Says nothing about any object. */
public final class ObjectStoreUnavailable extends Unavailable {
    private static final long serialVersionUID = 1L;

    public ObjectStoreUnavailable(String doing, String found, Throwable cause) {
        super(
                Problem.of("OBJ-UNAVAILABLE", "the object store does not answer")
                        .about(doing)
                        .expected("an answer in time")
                        .found(found)
                        .todo("nothing: it is tried again until the store is back"),
                cause);
    }
}
