package dev.migrator.kit.objects;

import dev.migrator.core.canonical.Digest;
import io.minio.BucketExistsArgs;
import io.minio.GetObjectArgs;
import io.minio.HeadObjectResponse;
import io.minio.ListObjectsArgs;
import io.minio.MakeBucketArgs;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import io.minio.RemoveObjectArgs;
import io.minio.SetObjectRetentionArgs;
import io.minio.StatObjectArgs;
import io.minio.errors.ErrorResponseException;
import io.minio.errors.MinioException;
import io.minio.errors.ServerException;
import io.minio.errors.XmlParserException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import okhttp3.OkHttpClient;

/** Objects in a bucket of any S3 server. The bucket is made at the first write if it is missing. */
public final class MinioObjectStore implements Bucket, AutoCloseable {
    /** Longest wait for one call, if nothing else is said. */
    public static final Duration CALL = Duration.ofSeconds(30);

    private static final Duration CONNECT = Duration.ofSeconds(5);
    /** How servers that have no room left say so, or that the bucket may take no more. */
    private static final Set<String> FULL =
            Set.of("XMinioStorageFull", "XMinioAdminBucketQuotaExceeded", "QuotaExceeded");

    private static final int INSUFFICIENT_STORAGE = 507;
    private static final Set<String> NO_OBJECT = Set.of("NoSuchKey", "NoSuchObject", "NotFound");
    private static final String NO_BUCKET = "NoSuchBucket";
    private static final String PRECONDITION = "PreconditionFailed";

    private final OkHttpClient http;
    private final MinioClient client;
    private final String bucket;
    private volatile boolean bucketSeen;

    /** @param endpoint e.g. {@code http://objects:9000} */
    public MinioObjectStore(
            String endpoint, String bucket, String accessKey, String secretKey, Optional<String> region) {
        this(endpoint, bucket, accessKey, secretKey, region, CALL);
    }

    /** @param callTimeout longest wait for one call before the store counts as unavailable */
    public MinioObjectStore(
            String endpoint,
            String bucket,
            String accessKey,
            String secretKey,
            Optional<String> region,
            Duration callTimeout) {
        this.http = new OkHttpClient.Builder()
                .callTimeout(callTimeout)
                .connectTimeout(CONNECT)
                .readTimeout(callTimeout)
                .writeTimeout(callTimeout)
                .build();
        this.client = MinioClient.builder()
                .endpoint(endpoint)
                .credentials(accessKey, secretKey)
                .region(region.orElse("us-east-1")) // stated, so that the client need not ask for it
                .httpClient(http)
                .build();
        this.bucket = bucket;
    }

    @Override
    public Digest put(String key, byte[] bytes) {
        return put(key, bytes, Optional.empty());
    }

    @Override
    public Digest putLocked(String key, byte[] bytes, Instant until) {
        return put(key, bytes, Optional.of(until));
    }

    private Digest put(String key, byte[] bytes, Optional<Instant> lockedUntil) {
        ObjectKeys.checked(key);
        if (bytes.length > MOST_BYTES) {
            throw ObjectProblems.tooLarge(key, bytes.length);
        }
        ensureBucket();
        var digest = Digest.of(bytes);
        if (isThere(key, digest)) {
            lockedUntil.ifPresent(until -> lockUntil(key, until));
            return digest;
        }
        var request = PutObjectArgs.builder()
                .bucket(bucket)
                .object(key)
                .contentType("application/octet-stream")
                .extraHeaders(Map.of("If-None-Match", "*")) // where the server knows it, two writers cannot both win
                .data(bytes, bytes.length);
        lockedUntil.ifPresent(until -> request.retention(ObjectLock.until(until)));
        try {
            call("put " + key, () -> client.putObject(request.build()));
        } catch (Answered e) {
            if (!PRECONDITION.equals(e.code)) {
                throw e.asUnavailable("put " + key);
            }
        }
        if (!isThere(key, digest)) {
            throw new ObjectStoreUnavailable("put " + key, "the object is not there after it was written", null);
        }
        return digest;
    }

    /** Whether the key holds these bytes. @throws ProblemException {@code OBJ-OVERWRITE} if it holds others */
    private boolean isThere(String key, Digest wanted) {
        Optional<byte[]> found = read(key);
        found.map(Digest::of).filter(d -> !d.equals(wanted)).ifPresent(other -> {
            throw ObjectProblems.overwrite(key, wanted, other);
        });
        return found.isPresent();
    }

    @Override
    public byte[] get(String key, Digest expected) {
        ObjectKeys.checked(key);
        byte[] bytes = read(key).orElseThrow(() -> ObjectProblems.missing(key));
        var found = Digest.of(bytes);
        if (!found.equals(expected)) {
            throw ObjectProblems.otherBytes(key, expected, found);
        }
        return bytes;
    }

    @Override
    public List<String> list(String folder, int atMost) {
        ObjectKeys.checked(folder + "x");
        var request = ListObjectsArgs.builder()
                .bucket(bucket)
                .prefix(folder)
                .recursive(true)
                .maxKeys(Math.min(1_000, atMost))
                .build();
        try {
            return call("list " + folder, () -> {
                var keys = new TreeSet<String>();
                for (var found : client.listObjects(request)) {
                    keys.add(found.get().objectName());
                    if (keys.size() >= atMost) {
                        break;
                    }
                }
                return List.copyOf(keys);
            });
        } catch (Answered e) {
            if (e.isNothingThere()) {
                return List.of();
            }
            throw e.asUnavailable("list " + folder);
        }
    }

    @Override
    public Optional<byte[]> find(String key) {
        return read(ObjectKeys.checked(key));
    }

    @Override
    public void each(String folder, Consumer<Listed> each) {
        ObjectKeys.checked(folder + "x");
        var request = ListObjectsArgs.builder()
                .bucket(bucket)
                .prefix(folder)
                .recursive(true)
                .build();
        try {
            call("list " + folder, () -> {
                for (var found : client.listObjects(request)) {
                    var item = found.get();
                    each.accept(
                            new Listed(item.objectName(), item.lastModified().toInstant()));
                }
                return true;
            });
        } catch (Answered e) {
            if (!e.isNothingThere()) {
                throw e.asUnavailable("list " + folder);
            }
        }
    }

    @Override
    public void remove(String key) {
        ObjectKeys.checked(key);
        try {
            call("remove " + key, () -> {
                client.removeObject(
                        RemoveObjectArgs.builder().bucket(bucket).object(key).build());
                return true;
            });
        } catch (Answered e) {
            if (!e.isNothingThere()) {
                throw e.asUnavailable("remove " + key);
            }
        }
    }

    @Override
    public boolean exists(String key) {
        return look(key).isPresent();
    }

    private Optional<HeadObjectResponse> look(String key) {
        ObjectKeys.checked(key);
        try {
            return Optional.of(call(
                    "look for " + key,
                    () -> client.statObject(
                            StatObjectArgs.builder().bucket(bucket).object(key).build())));
        } catch (Answered e) {
            if (e.isNothingThere()) {
                return Optional.empty();
            }
            throw e.asUnavailable("look for " + key);
        }
    }

    @Override
    public BucketProtection protection() {
        ensureBucket();
        return new ProtectionProbe(
                        () -> call("look for object lock", () -> ObjectLock.isOn(client, bucket)),
                        () -> call("look for versioning", () -> ObjectLock.keepsVersions(client, bucket)))
                .ask();
    }

    @Override
    public void lockUntil(String key, Instant until) {
        var found = look(key);
        if (found.flatMap(ObjectLock::end).stream().anyMatch(end -> !end.isBefore(until))) {
            return;
        }
        try {
            call("lock " + key, () -> {
                client.setObjectRetention(SetObjectRetentionArgs.builder()
                        .bucket(bucket)
                        .object(key)
                        .config(ObjectLock.prolonged(found, until))
                        .build());
                return true;
            });
        } catch (Answered e) {
            throw e.asUnavailable("lock " + key);
        }
    }

    @Override
    public boolean removeUnlessLocked(String key) {
        if (look(key).stream().anyMatch(ObjectLock::holds)) {
            return false;
        }
        remove(key);
        return true;
    }

    @Override
    public void probe() {
        ensureBucket();
        try {
            call("look for bucket " + bucket, this::bucketExists);
        } catch (Answered e) {
            throw e.asUnavailable("look for bucket " + bucket);
        }
    }

    private Optional<byte[]> read(String key) {
        try {
            return Optional.of(call("get " + key, () -> {
                try (var stream = client.getObject(
                        GetObjectArgs.builder().bucket(bucket).object(key).build())) {
                    byte[] bytes = stream.readNBytes(MOST_BYTES + 1);
                    if (bytes.length > MOST_BYTES) {
                        throw ObjectProblems.tooLarge(key, bytes.length);
                    }
                    return bytes;
                }
            }));
        } catch (Answered e) {
            if (e.isNothingThere()) {
                return Optional.empty();
            }
            throw e.asUnavailable("get " + key);
        }
    }

    private void ensureBucket() {
        if (bucketSeen) {
            return;
        }
        try {
            if (!call("look for bucket " + bucket, this::bucketExists)) {
                call("make bucket " + bucket, () -> {
                    client.makeBucket(MakeBucketArgs.builder().bucket(bucket).build());
                    return true;
                });
            }
        } catch (Answered e) {
            if (!Set.of("BucketAlreadyOwnedByYou", "BucketAlreadyExists").contains(e.code)) {
                throw e.asUnavailable("make bucket " + bucket);
            }
        }
        bucketSeen = true;
    }

    private boolean bucketExists() throws MinioException {
        return client.bucketExists(BucketExistsArgs.builder().bucket(bucket).build());
    }

    private interface Call<T> {
        T run() throws MinioException, IOException;
    }

    private static <T> T call(String doing, Call<T> call) throws Answered {
        try {
            return call.run();
        } catch (ErrorResponseException e) {
            throw new Answered(e.errorResponse().code(), e.response().code() == INSUFFICIENT_STORAGE, e);
        } catch (XmlParserException e) {
            throw new Answered(Answered.NOT_UNDERSTOOD, false, e);
        } catch (ServerException e) { // an answer with a status alone
            var found = "answer " + e.statusCode();
            throw e.statusCode() == INSUFFICIENT_STORAGE
                    ? ObjectStoreUnavailable.full(doing, found, e)
                    : new ObjectStoreUnavailable(doing, found, e);
        } catch (MinioException | IOException e) {
            throw new ObjectStoreUnavailable(doing, e.getClass().getSimpleName() + ": " + e.getMessage(), e);
        } catch (IllegalStateException | CompletionException e) { // how the client throws a lost connection
            if (e.getCause() instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            throw new ObjectStoreUnavailable(doing, String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public void close() {
        http.dispatcher().executorService().shutdown();
        http.connectionPool().evictAll();
    }

    /** The store answered with an error code, or with something else than was asked for. */
    static final class Answered extends Exception {
        private static final long serialVersionUID = 1L;

        /** In place of a code. */
        static final String NOT_UNDERSTOOD = "NotUnderstood";

        private final String code;
        private final boolean full;

        Answered(String code, boolean full, Throwable cause) {
            super(code, cause);
            this.code = String.valueOf(code);
            this.full = full || FULL.contains(this.code);
        }

        String code() {
            return code;
        }

        boolean isNothingThere() {
            return NO_OBJECT.contains(code) || NO_BUCKET.equals(code);
        }

        ObjectStoreUnavailable asUnavailable(String doing) {
            return full
                    ? ObjectStoreUnavailable.full(doing, "answer " + code, getCause())
                    : new ObjectStoreUnavailable(doing, "answer " + code, getCause());
        }
    }
}
