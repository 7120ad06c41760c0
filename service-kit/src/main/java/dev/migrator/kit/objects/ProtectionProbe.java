package dev.migrator.kit.objects;

import dev.migrator.kit.objects.MinioObjectStore.Answered;
import java.util.Set;

/** Finds out what a bucket has by asking the server; what it answers with an error it does not have, or does not tell. */
record ProtectionProbe(Question lock, Question versions) {
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

    BucketProtection ask() {
        var locking = answer(lock);
        if (locking == Said.YES) {
            return BucketProtection.OBJECT_LOCK;
        }
        return switch (answer(versions)) {
            case YES -> BucketProtection.VERSIONING;
            case NO -> locking == Said.NO ? BucketProtection.NONE : BucketProtection.UNKNOWN;
            case NOTHING -> BucketProtection.UNKNOWN;
        };
    }

    private static Said answer(Question question) {
        try {
            return question.ask() ? Said.YES : Said.NO;
        } catch (Answered e) {
            return NOT_TOLD.contains(e.code()) ? Said.NOTHING : Said.NO;
        }
    }
}
