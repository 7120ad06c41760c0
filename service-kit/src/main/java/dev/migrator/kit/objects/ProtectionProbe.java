package dev.migrator.kit.objects;

import dev.migrator.kit.objects.MinioObjectStore.Answered;
import java.util.Set;

/**
 * Finds out what a bucket has by asking the server. Only what a server says of the bucket is an answer: any other error may pass,
 * and what was written meanwhile as if there were no lock would stay without for good.
 */
record ProtectionProbe(Question lock, Question versions) {
    /** What a bucket without object lock answers. */
    private static final String NO_LOCK = "ObjectLockConfigurationNotFoundError";

    /** A server that does not know the question may answer another one, e.g. with a list of objects. */
    private static final Set<String> NOT_TOLD =
            Set.of("AccessDenied", "Forbidden", "MethodNotAllowed", "NotImplemented", Answered.NOT_UNDERSTOOD);

    interface Question {
        /** @throws Answered if the server answers an error */
        boolean ask() throws Answered;
    }

    private enum Said {
        YES,
        NO,
        NOTHING
    }

    /** @throws ObjectStoreUnavailable if the server answers an error that says nothing of the bucket */
    BucketProtection ask() {
        var locking = answer("look for object lock", lock);
        if (locking == Said.YES) {
            return BucketProtection.OBJECT_LOCK;
        }
        return switch (answer("look for versioning", versions)) {
            case YES -> BucketProtection.VERSIONING;
            case NO -> locking == Said.NO ? BucketProtection.NONE : BucketProtection.UNKNOWN;
            case NOTHING -> BucketProtection.UNKNOWN;
        };
    }

    private static Said answer(String doing, Question question) {
        try {
            return question.ask() ? Said.YES : Said.NO;
        } catch (Answered e) {
            if (NO_LOCK.equals(e.code())) {
                return Said.NO;
            }
            if (NOT_TOLD.contains(e.code())) {
                return Said.NOTHING;
            }
            throw e.asUnavailable(doing);
        }
    }
}
