package dev.migrator.snapshot.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.snapshot.Retention;
import dev.migrator.core.snapshot.SnapshotOrder;
import dev.migrator.kit.audit.Audit;
import dev.migrator.kit.objects.BucketProtection;
import dev.migrator.kit.objects.MinioObjectStore;
import dev.migrator.kit.snapshots.SnapshotCatalog;
import dev.migrator.kit.testkit.Desk;
import dev.migrator.kit.testkit.MemoryProvider;
import dev.migrator.kit.testkit.Plans;
import dev.migrator.target.testkit.InMemoryTarget;
import io.minio.MakeBucketArgs;
import io.minio.MinioClient;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Snapshots in a bucket with object lock, on a real server that has it: {@code -Dobjects.endpoint=http://HOST:PORT
 * -Dobjects.access=KEY -Dobjects.secret=SECRET}. Makes a bucket of its own; what is locked stays in it.
 */
@EnabledIfSystemProperty(named = "objects.endpoint", matches = "http.+")
class LockedSnapshotTest {
    @TempDir
    Path folder;

    private final String endpoint = System.getProperty("objects.endpoint");
    private final String access = System.getProperty("objects.access");
    private final String secret = System.getProperty("objects.secret");

    @Test
    void aLockedSnapshotOutlivesItsRetentionAndSharesItsChunksWithTheNext() throws Exception {
        var name = "snapshots-" + UUID.randomUUID();
        MinioClient.builder()
                .endpoint(endpoint)
                .credentials(access, secret)
                .region("us-east-1")
                .build()
                .makeBucket(
                        MakeBucketArgs.builder().bucket(name).objectLock(true).build());
        try (var bucket = new MinioObjectStore(endpoint, name, access, secret, Optional.empty())) {
            assertThat(bucket.protection()).isEqualTo(BucketProtection.OBJECT_LOCK);
            var target = InMemoryTarget.ofAllKinds(Plans.TARGET);
            for (int i = 0; i < 5_000; i++) {
                target.outsiderSets(Plans.topic("topic-" + i), Plans.retention(String.valueOf(i)));
            }
            take(bucket, target, "first");
            target.outsiderSets(Plans.topic("topic-4321"), Plans.retention("other"));
            take(bucket, target, "second");

            var swept = new Sweeper(
                            bucket,
                            new Traffic(bucket, Duration.ofDays(1)),
                            new Retention(Duration.ofDays(1), 0, Duration.ofDays(1)),
                            Duration.ofDays(1),
                            Clock.offset(Clock.systemUTC(), Duration.ofDays(30)))
                    .sweep(List.of("test"), Set.of());

            assertThat(swept).isEqualTo(new Sweeper.Swept(0, 0, 2));
            var catalog = new SnapshotCatalog(bucket);
            assertThat(catalog.list("test"))
                    .hasSize(2)
                    .allSatisfy(kept ->
                            assertThat(catalog.open(kept).verify(_ -> {})).isEmpty());
        }
    }

    private void take(MinioObjectStore bucket, InMemoryTarget target, String request) throws Exception {
        var clock = Clock.systemUTC();
        var environments = MemoryProvider.environments(Plans.TARGET, "kafka");
        new OrderWork(
                        environments,
                        new MemoryProvider("kafka", target).pool(environments),
                        1_000,
                        bucket,
                        new Recorder(
                                bucket,
                                new Traffic(bucket, Duration.ofDays(1)),
                                new LockRule(bucket, Duration.ofHours(1)),
                                clock,
                                "0.1.0"),
                        new Audit(new Desk(folder).publisher(), "snapshotter", clock),
                        clock)
                .take(
                        new SnapshotOrder("test", request, Optional.empty(), "ann", Desk.NOW),
                        environments.find("test").orElseThrow().targets());
    }
}
