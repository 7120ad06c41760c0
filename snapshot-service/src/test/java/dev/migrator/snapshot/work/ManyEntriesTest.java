package dev.migrator.snapshot.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.model.Content;
import dev.migrator.core.snapshot.SnapshotOrder;
import dev.migrator.kit.audit.Audit;
import dev.migrator.kit.config.Credentials;
import dev.migrator.kit.snapshots.SnapshotCatalog;
import dev.migrator.kit.targets.TargetPool;
import dev.migrator.kit.testkit.Desk;
import dev.migrator.kit.testkit.MemoryObjects;
import dev.migrator.kit.testkit.MemoryProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** 100,000 entries of 2 KB go through a heap that holds a fifth of them. */
class ManyEntriesTest {
    private static final int ENTRIES = 100_000;
    private static final String PADDING = "x".repeat(2_000);

    @TempDir
    Path folder;

    @Test
    void aSnapshotLargerThanTheHeapIsTakenReadBackAndCompared() throws Exception {
        var runtime = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var process = new ProcessBuilder(
                        runtime,
                        "-Xmx48m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ManyEntriesTest.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile())
                .start();

        assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue())
                .as(Files.readString(folder.resolve("output")))
                .isZero();
    }

    /** In the small process. */
    public static void main(String[] arguments) throws Exception {
        var objects = new MemoryObjects();
        var clock = Clock.fixed(Desk.NOW, ZoneOffset.UTC);
        var environments = MemoryProvider.environments("kafka", SyntheticProvider.TYPE);
        var pool = new TargetPool(
                environments,
                new Credentials(Optional.empty()),
                Duration.ofSeconds(1),
                List.of(new SyntheticProvider(ENTRIES, 1_000, ManyEntriesTest::content)));
        var recorder =
                new Recorder(objects, new Traffic(objects, Duration.ofDays(1)), LockRule.off(objects), clock, "0.1.0");
        var audit = new Audit(new Desk(Path.of(arguments[0])).publisher(), "snapshotter", clock);
        var work = new OrderWork(environments, pool, 1_000, objects, recorder, audit, clock);

        var name = work.take(
                new SnapshotOrder("test", "many", Optional.empty(), "ann", Desk.NOW),
                environments.find("test").orElseThrow().targets());

        var manifest = new SnapshotCatalog(objects).open(name).manifest();
        if (manifest.contents().entries() != ENTRIES || manifest.contents().bytes() < 4 * 48L << 20) {
            throw new AssertionError(manifest.contents().entries() + " entries, "
                    + manifest.contents().bytes() + " bytes");
        }
    }

    private static Content content(String address) {
        return Content.of("note", Value.of(address + PADDING));
    }
}
