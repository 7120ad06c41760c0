package dev.migrator.kit.objects;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The bucket itself, without a copy on this machine: also for those who look for objects whose digest they do not know, and
 * for the one who removes what is no longer kept.
 */
public interface Bucket extends ObjectStore {
    /**
     * An object that is there.
     *
     * @param writtenAt by the store's clock
     */
    record Listed(String key, Instant writtenAt) {}

    /**
     * The bytes as they are, for a caller that knows otherwise what they have to be; empty if there is no such object.
     *
     * @throws dev.migrator.core.error.ProblemException {@code OBJ-SIZE} above {@link #MOST_BYTES}, {@code OBJ-KEY}
     * @throws ObjectStoreUnavailable if there is no answer
     */
    Optional<byte[]> find(String key);

    /**
     * All objects in a folder and below, ascending by key, however many they are; those written or removed meanwhile may be
     * among them or not.
     *
     * @param folder ends with a slash
     * @throws ObjectStoreUnavailable if there is no answer; a part may have been handed out
     */
    void each(String folder, Consumer<Listed> each);

    /** Removes an object; one that is not there is fine. @throws ObjectStoreUnavailable if there is no answer */
    void remove(String key);
}
