package dev.migrator.snapshot.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.model.Content;
import dev.migrator.core.snapshot.SnapshotDiff;
import dev.migrator.core.snapshot.SnapshotOrder;
import dev.migrator.kit.audit.Audit;
import dev.migrator.kit.config.Credentials;
import dev.migrator.kit.objects.MinioObjectStore;
import dev.migrator.kit.snapshots.SnapshotCatalog;
import dev.migrator.kit.snapshots.SnapshotName;
import dev.migrator.kit.targets.TargetPool;
import dev.migrator.kit.testkit.Desk;
import dev.migrator.kit.testkit.MemoryProvider;
import dev.migrator.localstack.server.S3Server;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * A measurement, run by hand: {@code -Dsnapshot.entries=1000000}. Takes a snapshot of so many entries in a small heap, into a
 * real S3 server and back, reads it once more, and takes the next one after one entry changed.
 */
@EnabledIfSystemProperty(named = "snapshot.entries", matches = "[0-9]+")
class MillionEntriesTest {
    private static final String HEAP = "256m";
    private static final int SLICE = 2_000;
    private static final String BUCKET = "migrator";

    @TempDir
    Path folder;

    @Test
    void aMillionEntriesGoThroughASmallHeap() throws Exception {
        try (var s3 = S3Server.start(folder.resolve("s3"), BUCKET)) {
            var runtime =
                    Path.of(System.getProperty("java.home"), "bin", "java").toString();
            var output = folder.resolve("output");
            var process = new ProcessBuilder(
                            runtime,
                            "-Xmx" + HEAP,
                            "-cp",
                            System.getProperty("java.class.path"),
                            MillionEntriesTest.class.getName(),
                            folder.toString(),
                            s3.endpoint(),
                            s3.accessKey(),
                            s3.secretKey(),
                            System.getProperty("snapshot.entries"))
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            try {
                assertThat(process.waitFor(2, TimeUnit.HOURS)).isTrue();
            } finally {
                process.destroyForcibly();
            }
            System.out.println(Files.readString(output));
            System.out.printf(Locale.ROOT, "in the bucket: %,d bytes%n", bytes(folder.resolve("s3/objects")));
            assertThat(process.exitValue()).isZero();
        }
    }

    private static long bytes(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    /** In the small process: folder, endpoint, access key, secret key, entries. */
    public static void main(String[] arguments) throws Exception {
        int entries = Integer.parseInt(arguments[4]);
        try (var bucket = new MinioObjectStore(arguments[1], BUCKET, arguments[2], arguments[3], Optional.empty())) {
            var run = new Run(Path.of(arguments[0]), bucket, entries);
            var first = run.take("first", MillionEntriesTest::content);
            run.verify(first);
            var changed = SyntheticProvider.address(entries / 2);
            var second = run.take(
                    "second",
                    address -> address.equals(changed) ? Content.of("config.x", Value.of("1")) : content(address));
            run.compare(first, second);
        }
        System.out.printf(Locale.ROOT, "heap: %,d MiB at most of %s%n", peakHeap() >> 20, HEAP);
    }

    private static long peakHeap() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .mapToLong(pool -> pool.getPeakUsage().getUsed())
                .sum();
    }

    /** Of the size that a topic has with what brokers show of it; no two are alike. */
    private static Content content(String address) {
        int number = address.hashCode();
        return Content.of(Map.of(
                "partitions", Value.of(1 + number % 48),
                "replicationFactor", Value.of(3),
                "config.cleanup.policy", Value.of(number % 3 == 0 ? "compact" : "delete"),
                "config.compression.type", Value.of("producer"),
                "config.max.message.bytes", Value.of(String.valueOf(1_048_588 + number % 1_000)),
                "config.min.insync.replicas", Value.of("2"),
                "config.retention.ms", Value.of(String.valueOf(604_800_000L + number)),
                "config.segment.bytes", Value.of("1073741824"),
                "labels.owner", Value.of("team-" + Integer.toHexString(number * 31))));
    }

    /** Snapshots of made-up entries, and how long they take. */
    private record Run(Path folder, MinioObjectStore bucket, int entries) {
        SnapshotName take(String request, Function<String, Content> content) throws Exception {
            var clock = Clock.systemUTC();
            var environments = MemoryProvider.environments("kafka", SyntheticProvider.TYPE);
            var provider = new SyntheticProvider(entries, SLICE, content);
            try (var pool = new TargetPool(
                    environments, new Credentials(Optional.empty()), Duration.ofSeconds(1), List.of(provider))) {
                var work = new OrderWork(
                        environments,
                        pool,
                        SLICE,
                        bucket,
                        new Recorder(
                                bucket, new Traffic(bucket, Duration.ofDays(1)), LockRule.off(bucket), clock, "0.1.0"),
                        new Audit(new Desk(folder).publisher(), "snapshotter", clock),
                        clock);
                var begun = System.nanoTime();
                var name = work.take(
                        new SnapshotOrder("test", request, Optional.empty(), "ann", Desk.NOW),
                        environments.find("test").orElseThrow().targets());
                tell("taken and read back", begun);
                var contents = new SnapshotCatalog(bucket).open(name).manifest().contents();
                System.out.printf(
                        Locale.ROOT,
                        "%s: %,d chunks, %,d bytes%n",
                        request,
                        contents.chunks().size(),
                        contents.bytes());
                if (contents.entries() != entries) {
                    throw new AssertionError(contents.entries() + " entries");
                }
                return name;
            }
        }

        void verify(SnapshotName name) {
            var begun = System.nanoTime();
            long[] read = {0};
            var problems = new SnapshotCatalog(bucket).open(name).verify(_ -> read[0]++);
            if (!problems.isEmpty() || read[0] != entries) {
                throw new AssertionError(read[0] + " entries, " + problems);
            }
            tell("verified", begun);
        }

        void compare(SnapshotName first, SnapshotName second) {
            var catalog = new SnapshotCatalog(bucket);
            var begun = System.nanoTime();
            var before = catalog.open(first);
            var after = catalog.open(second);
            var keys = new ArrayList<String>();
            SnapshotDiff.between(
                    before, after, difference -> keys.add(difference.key().address()));
            var written = new ArrayList<>(after.manifest().contents().chunks());
            written.removeAll(before.manifest().contents().chunks());
            if (!keys.equals(List.of(SyntheticProvider.address(entries / 2))) || written.size() != 1) {
                throw new AssertionError(keys + ", " + written.size() + " chunks");
            }
            System.out.printf(Locale.ROOT, "second: 1 chunk of its own, compared in %,d ms%n", millis(begun));
        }

        private void tell(String what, long begun) {
            var millis = millis(begun);
            System.out.printf(
                    Locale.ROOT,
                    "%s: %,d entries in %.1f s, %,d a second%n",
                    what,
                    entries,
                    millis / 1_000.0,
                    entries * 1_000L / Math.max(1, millis));
        }

        private static long millis(long begun) {
            return Duration.ofNanos(System.nanoTime() - begun).toMillis();
        }
    }
}
