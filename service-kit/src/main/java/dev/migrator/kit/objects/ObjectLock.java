package dev.migrator.kit.objects;

import io.minio.GetBucketVersioningArgs;
import io.minio.GetObjectLockConfigurationArgs;
import io.minio.HeadObjectResponse;
import io.minio.MinioClient;
import io.minio.errors.MinioException;
import io.minio.messages.Retention;
import io.minio.messages.RetentionMode;
import io.minio.messages.VersioningConfiguration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Optional;

/** Object lock and versions as an S3 server has them. */
final class ObjectLock {
    private ObjectLock() {}

    /** Of a bucket without it a server answers an error. */
    static boolean isOn(MinioClient client, String bucket) throws MinioException {
        return client.getObjectLockConfiguration(
                        GetObjectLockConfigurationArgs.builder().bucket(bucket).build())
                != null;
    }

    static boolean keepsVersions(MinioClient client, String bucket) throws MinioException {
        return client.getBucketVersioning(
                                GetBucketVersioningArgs.builder().bucket(bucket).build())
                        .status()
                == VersioningConfiguration.Status.ENABLED;
    }

    /** In governance mode: whoever has a right of their own to it can still make an end of it, nobody else. */
    static Retention until(Instant end) {
        return new Retention(RetentionMode.GOVERNANCE, end.atZone(ZoneOffset.UTC));
    }

    /** In the mode that it has: a server refuses to turn compliance into less. */
    static Retention prolonged(Optional<HeadObjectResponse> object, Instant end) {
        var mode = object.flatMap(found -> Optional.ofNullable(found.lockMode()));
        return new Retention(mode.orElse(RetentionMode.GOVERNANCE), end.atZone(ZoneOffset.UTC));
    }

    /** Until when it is kept; empty for one that is not, or if this credential may not see it. */
    static Optional<Instant> end(HeadObjectResponse object) {
        return Optional.ofNullable(object.lockRetainUntilDate()).map(ZonedDateTime::toInstant);
    }

    /** By its time, told by the server's clock, or by a legal hold that somebody has put on it. */
    static boolean holds(HeadObjectResponse object) {
        boolean held = object.lockLegalHold() != null && object.lockLegalHold().status();
        return held || end(object).stream().anyMatch(end -> end.isAfter(now(object)));
    }

    private static Instant now(HeadObjectResponse object) {
        var date = object.headers().getDate("Date");
        return date == null ? Instant.EPOCH : date.toInstant();
    }
}
