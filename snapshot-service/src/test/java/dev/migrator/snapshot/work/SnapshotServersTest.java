package dev.migrator.snapshot.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Digest;
import dev.migrator.core.error.Problem;
import dev.migrator.core.snapshot.ManifestCodec;
import dev.migrator.core.snapshot.Retention;
import dev.migrator.core.snapshot.SnapshotOrder;
import dev.migrator.kit.Unavailable;
import dev.migrator.kit.audit.Audit;
import dev.migrator.kit.objects.MinioObjectStore;
import dev.migrator.kit.objects.ObjectKeys;
import dev.migrator.kit.snapshots.SnapshotCatalog;
import dev.migrator.kit.snapshots.SnapshotName;
import dev.migrator.kit.testkit.Desk;
import dev.migrator.kit.testkit.MemoryProvider;
import dev.migrator.kit.testkit.Plans;
import dev.migrator.localstack.server.S3Server;
import dev.migrator.target.testkit.InMemoryTarget;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Snapshots in a real S3 server. */
class SnapshotServersTest {
    @TempDir
    static Path servers;

    private static S3Server s3;

    @TempDir
    Path folder;

    private final InMemoryTarget target = InMemoryTarget.ofAllKinds(Plans.TARGET);
    private final Clock clock = Clock.systemUTC();
    private MinioObjectStore bucket;
    private SnapshotCatalog catalog;
    private OrderWork work;

    @BeforeAll
    static void start() {
        s3 = S3Server.start(servers, "migrator");
    }

    @AfterAll
    static void stop() {
        s3.close();
    }

    @BeforeEach
    void open() {
        bucket = new MinioObjectStore(s3.endpoint(), "migrator", s3.accessKey(), s3.secretKey(), Optional.empty());
        for (var folderName : List.of(ObjectKeys.CHUNKS, ObjectKeys.SNAPSHOTS)) {
            bucket.each(folderName, listed -> bucket.remove(listed.key()));
        }
        catalog = new SnapshotCatalog(bucket);
        for (int i = 0; i < 5_000; i++) {
            target.outsiderSets(Plans.topic("topic-" + i), Plans.retention(String.valueOf(i)));
        }
        work = work(bucket);
    }

    @Test
    void whatIsReadBackIsWhatWasThereAndTheNextOneWritesOnlyWhatChanged() throws Exception {
        var first = take("first");
        assertThat(catalog.open(first).verify(_ -> {})).isEmpty();
        assertThat(catalog.open(first).manifest().contents().entries()).isEqualTo(5_000);
        var before = chunks();

        target.outsiderSets(Plans.topic("topic-4321"), Plans.retention("other"));
        var second = take("second");

        assertThat(before.size()).isGreaterThan(2);
        assertThat(chunks()).containsAll(before).hasSize(before.size() + 1);
        assertThat(catalog.list("test")).containsExactlyInAnyOrder(first, second);
        assertThat(catalog.resolve(List.of("production", "test"), "second")).isEqualTo(second);
    }

    @Test
    void chunksThatAreMissingAlteredOrAnothersAreEachNamed() throws Exception {
        var name = take("nightly");
        var chunks = catalog.open(name).manifest().contents().chunks();
        var missing = ObjectKeys.chunk(chunks.get(0).digest());
        var altered = ObjectKeys.chunk(chunks.get(1).digest());
        var foreign = ObjectKeys.chunk(chunks.get(2).digest());
        var bytes = bucket.find(altered).orElseThrow();
        bytes[bytes.length / 2] ^= 0x55;
        var other = bucket.find(foreign).orElseThrow();
        var first = bucket.find(missing).orElseThrow();
        bucket.remove(missing);
        replace(altered, bytes);
        replace(foreign, chunks.get(0).bytes() <= chunks.get(2).bytes() ? first : other);

        var problems = catalog.open(name).verify(_ -> {});

        assertThat(problems.getFirst().code()).isEqualTo("SNP-CHUNK-MISSING");
        assertThat(problems.get(1).code()).isEqualTo("SNP-CHUNK-ALTERED");
        assertThat(problems).extracting(Problem::thing).allMatch(thing -> thing.startsWith("chunk sha256:"));
        assertThatThrownBy(() -> catalog.open(name).forEach(_ -> {})).hasMessageContaining("SNP-CHUNK-MISSING");
    }

    @Test
    void oneThatWasKilledInTheMiddleLeavesNoSnapshotAndTheNextOneIsComplete() throws Exception {
        var dying = new Recorder(bucket, new Traffic(bucket, Duration.ofDays(1)), LockRule.off(bucket), clock, "0.1.0");
        assertThatThrownBy(() -> dying.record(
                        "test",
                        "dies",
                        sink -> {
                            for (int i = 1_000; i < 5_000; i++) {
                                sink.accept(new dev.migrator.core.snapshot.SnapshotEntry(
                                        Plans.topic("topic-" + i), dev.migrator.core.model.EntryState.ABSENT));
                            }
                            throw new IllegalStateException("killed");
                        },
                        _ -> {}))
                .hasMessageContaining("killed");

        assertThat(catalog.list("test")).isEmpty();
        assertThat(chunks()).isNotEmpty();
        assertThat(catalog.open(take("after")).verify(_ -> {})).isEmpty();
    }

    @Test
    void retentionRemovesOnlyWhatNobodyNames() throws Exception {
        take("first");
        target.outsiderSets(Plans.topic("topic-4321"), Plans.retention("other"));
        Thread.sleep(1_100); // ids have whole seconds
        var second = take("second");
        var later = Clock.offset(clock, Duration.ofDays(30));
        var sweeper = new Sweeper(
                bucket,
                new Traffic(bucket, Duration.ofDays(1)),
                new Retention(Duration.ofDays(10), 1, Duration.ofDays(7)),
                Duration.ofDays(1),
                later);

        assertThat(sweeper.sweep(List.of("test", "production"), Set.of())).isEqualTo(new Sweeper.Swept(1, 1, 0));

        assertThat(catalog.list("test")).containsExactly(second);
        assertThat(catalog.open(second).verify(_ -> {})).isEmpty();
    }

    @Test
    void aStoreThatIsAwayIsWaitedForAndNothingIsTaken() {
        var away = new MinioObjectStore("http://127.0.0.1:9", "migrator", "a", "b", Optional.empty());

        assertThatThrownBy(() -> work(away).take(order("nightly"), targets())).isInstanceOf(Unavailable.class);
        assertThat(catalog.list("test")).isEmpty();
    }

    @Test
    void itCanBeVerifiedByHand() throws Exception {
        var name = take("by-hand");
        var manifest = catalog.open(name).manifest();
        Files.write(folder.resolve("manifest.json"), ManifestCodec.bytes(manifest));
        for (var chunk : manifest.contents().chunks()) {
            Files.write(
                    folder.resolve(chunk.digest().hex() + ".gz"),
                    bucket.find(ObjectKeys.chunk(chunk.digest())).orElseThrow());
        }
        Files.writeString(
                folder.resolve("level"),
                String.join(
                                "\n",
                                manifest.contents().chunks().stream()
                                        .map(chunk -> chunk.digest().hex())
                                        .toList())
                        + "\n");

        var said = shell("""
                for c in *.gz; do
                  [ $(gzip -dc $c | sha256sum | cut -c1-64) = ${c%.gz} ] || echo broken $c
                done
                while [ $(wc -l < level) -gt 1 ]; do
                  while read a; do
                    if read b; then printf '%s\\n%s\\n' $a $b | sha256sum | cut -c1-64; else echo $a; fi
                  done < level > up; mv up level
                done; cat level
                """);

        assertThat(said.strip()).isEqualTo(manifest.root().hex());
        assertThat(CanonicalJson.text(CanonicalJson.parse(Files.readAllBytes(folder.resolve("manifest.json")))))
                .contains(manifest.root().hex());
        assertThat(Digest.of(Files.readAllBytes(folder.resolve("manifest.json"))))
                .isEqualTo(catalog.digest(name));
    }

    private String shell(String script) throws Exception {
        var process = new ProcessBuilder("bash", "-c", script)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        var said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return said;
    }

    private OrderWork work(MinioObjectStore objects) {
        var environments = MemoryProvider.environments(Plans.TARGET, "kafka");
        return new OrderWork(
                environments,
                new MemoryProvider("kafka", target).pool(environments),
                1_000,
                objects,
                new Recorder(objects, new Traffic(objects, Duration.ofDays(1)), LockRule.off(objects), clock, "0.1.0"),
                new Audit(new Desk(folder).publisher(), "snapshotter", clock),
                clock);
    }

    private SnapshotName take(String request) throws Exception {
        return work.take(order(request), targets());
    }

    private static SnapshotOrder order(String request) {
        return new SnapshotOrder("test", request, Optional.empty(), "ann", Desk.NOW);
    }

    private static List<dev.migrator.core.environment.TargetConfig> targets() {
        return MemoryProvider.environments(Plans.TARGET, "kafka")
                .find("test")
                .orElseThrow()
                .targets();
    }

    private void replace(String key, byte[] bytes) {
        bucket.remove(key);
        bucket.put(key, bytes);
    }

    private Set<String> chunks() {
        var keys = new TreeSet<String>();
        bucket.each(ObjectKeys.CHUNKS, listed -> keys.add(listed.key()));
        return keys;
    }
}
