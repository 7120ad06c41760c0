package dev.migrator.kit.objects;

import dev.migrator.core.error.Problem;
import dev.migrator.kit.Unavailable;

/** The object store does not answer, does not let us in or has no room for now. Says nothing about any object. */
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

    private ObjectStoreUnavailable(Problem problem, Throwable cause) {
        super(problem, cause);
    }

    /** It answers, and takes nothing more: somebody has to make room. */
    static ObjectStoreUnavailable full(String doing, String found, Throwable cause) {
        return new ObjectStoreUnavailable(
                Problem.of("OBJ-FULL", "the object store has no room left")
                        .about(doing)
                        .expected("room for the object")
                        .found(found)
                        .todo("make room in the object store, or raise the quota of the bucket; it is tried again until"
                                + " there is some"),
                cause);
    }
}
