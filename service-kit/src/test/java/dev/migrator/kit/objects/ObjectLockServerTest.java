package dev.migrator.kit.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minio.ListObjectsArgs;
import io.minio.MakeBucketArgs;
import io.minio.MinioClient;
import io.minio.RemoveObjectArgs;
import io.minio.SetBucketVersioningArgs;
import io.minio.errors.ErrorResponseException;
import io.minio.messages.VersioningConfiguration;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * On a real server that has object lock, which that of the local stack has not: {@code -Dobjects.endpoint=http://HOST:PORT
 * -Dobjects.access=KEY -Dobjects.secret=SECRET}. Makes buckets of its own; what is locked stays in them.
 */
@EnabledIfSystemProperty(named = "objects.endpoint", matches = "http.+")
class ObjectLockServerTest {
    private static final byte[] ONE = "one".getBytes(StandardCharsets.UTF_8);
    private static final String KEY = "chunks/one";

    private final String endpoint = System.getProperty("objects.endpoint");
    private final String access = System.getProperty("objects.access");
    private final String secret = System.getProperty("objects.secret");
    private final String bucket = "lock-" + UUID.randomUUID();
    private final MinioClient other = MinioClient.builder()
            .endpoint(endpoint)
            .credentials(access, secret)
            .region("us-east-1")
            .build();
    private final MinioObjectStore store = new MinioObjectStore(endpoint, bucket, access, secret, Optional.empty());
    private final Instant soon = Instant.now().plus(Duration.ofHours(1)).truncatedTo(ChronoUnit.SECONDS);

    @Test
    void eachKindOfBucketIsToldFromTheOthers() throws Exception {
        assertThat(store.protection()).isEqualTo(BucketProtection.NONE);
        other.setBucketVersioning(SetBucketVersioningArgs.builder()
                .bucket(bucket)
                .config(new VersioningConfiguration(VersioningConfiguration.Status.ENABLED, null, null, null))
                .build());
        assertThat(store.protection()).isEqualTo(BucketProtection.VERSIONING);
        var locking = bucket + "-l";
        other.makeBucket(
                MakeBucketArgs.builder().bucket(locking).objectLock(true).build());
        try (var locked = new MinioObjectStore(endpoint, locking, access, secret, Optional.empty())) {
            assertThat(locked.protection()).isEqualTo(BucketProtection.OBJECT_LOCK);
        }
    }

    @Test
    void whatIsLockedIsKeptByTheServerAndByUs() throws Exception {
        other.makeBucket(
                MakeBucketArgs.builder().bucket(bucket).objectLock(true).build());
        store.putLocked(KEY, ONE, soon);

        assertThat(store.removeUnlessLocked(KEY)).isFalse();
        assertThat(store.find(KEY)).hasValue(ONE);
        assertThatThrownBy(() -> other.removeObject(RemoveObjectArgs.builder()
                        .bucket(bucket)
                        .object(KEY)
                        .versionId(version())
                        .build()))
                .isInstanceOf(ErrorResponseException.class);

        store.lockUntil(KEY, soon.plusSeconds(60));
        store.lockUntil(KEY, soon);
        store.putLocked(KEY, ONE, soon);
        assertThat(store.removeUnlessLocked(KEY)).isFalse();
    }

    @Test
    void whatWasNotLockedOrIsSoNoMoreGoes() throws Exception {
        other.makeBucket(
                MakeBucketArgs.builder().bucket(bucket).objectLock(true).build());
        var end = Instant.now().plusSeconds(2).truncatedTo(ChronoUnit.SECONDS);
        store.put("chunks/free", ONE);
        store.putLocked(KEY, ONE, end);

        assertThat(store.removeUnlessLocked("chunks/free")).isTrue();
        var gone = false;
        for (int look = 0; look < 100 && !gone; look++) {
            Thread.sleep(200);
            gone = store.removeUnlessLocked(KEY);
        }
        assertThat(gone).isTrue();
        assertThat(store.exists(KEY)).isFalse();
        store.putLocked(KEY, ONE, soon);
        assertThat(store.find(KEY)).as("written again over its older version").hasValue(ONE);
    }

    private String version() throws Exception {
        for (var found : other.listObjects(ListObjectsArgs.builder()
                .bucket(bucket)
                .recursive(true)
                .includeVersions(true)
                .build())) {
            if (found.get().objectName().equals(KEY)) {
                return found.get().versionId();
            }
        }
        throw new AssertionError("no version of " + KEY);
    }
}
