package dev.migrator.kit.objects;

import dev.migrator.core.canonical.Digest;
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

    /**
     * What the bucket has now.
     *
     * @throws ObjectStoreUnavailable if there is no answer, or an error that says nothing of the bucket
     */
    BucketProtection protection();

    /**
     * As {@link #put(String, byte[])}; nobody without a right of their own removes it before that time. An object that is there
     * already with these bytes is kept as long. Only for a bucket with object lock: elsewhere the server refuses.
     *
     * @param until more than now, in whole seconds
     */
    Digest putLocked(String key, byte[] bytes, Instant until);

    /**
     * Keeps an object at least until then, in a bucket with object lock; one that is kept longer stays so.
     *
     * @throws ObjectStoreUnavailable if there is no answer, no such object, or no right to do it
     */
    void lockUntil(String key, Instant until);

    /**
     * As {@link #remove}, unless object lock keeps it: in such a bucket, {@code remove} would hide it all the same.
     *
     * @return false if it is kept
     */
    boolean removeUnlessLocked(String key);

    /** Removes an object; a bucket with versions hides it. One that is not there is fine. @throws ObjectStoreUnavailable if there is no answer */
    void remove(String key);
}
