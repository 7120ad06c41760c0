package dev.migrator.kit.objects;

import dev.migrator.core.canonical.Digest;
import java.util.List;

/** Objects that are written once and checked on every read. Thread-safe; every call blocks and is bounded. */
public interface ObjectStore {
    /** Largest object that is written or read, in bytes. */
    int MOST_BYTES = 64 << 20;

    /**
     * Writes an object that is not there yet. Writing the same bytes again is fine.
     *
     * @return digest of the bytes
     * @throws dev.migrator.core.error.ProblemException {@code OBJ-OVERWRITE} if the key holds other bytes, {@code
     *     OBJ-SIZE} above {@link #MOST_BYTES}, {@code OBJ-KEY} for a key that cannot be
     * @throws ObjectStoreUnavailable if there is no answer
     */
    Digest put(String key, byte[] bytes);

    /**
     * @throws dev.migrator.core.error.ProblemException {@code OBJ-MISSING} if there is no such object, {@code OBJ-DIGEST}
     *     if it holds other bytes than expected, {@code OBJ-SIZE} above {@link #MOST_BYTES}
     * @throws ObjectStoreUnavailable if there is no answer
     */
    byte[] get(String key, Digest expected);

    /**
     * Keys of objects in a folder and below, ascending.
     *
     * @param folder ends with a slash
     * @param atMost further ones are left out, 1 to 1,000
     * @throws dev.migrator.core.error.ProblemException {@code OBJ-KEY} for a folder that cannot be
     * @throws ObjectStoreUnavailable if there is no answer
     */
    List<String> list(String folder, int atMost);

    /** @throws ObjectStoreUnavailable if there is no answer */
    boolean exists(String key);

    /** Returns if the store answers and lets us in. @throws ObjectStoreUnavailable if not */
    void probe();
}
