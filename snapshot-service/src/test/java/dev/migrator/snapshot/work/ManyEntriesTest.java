package dev.migrator.snapshot.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.environment.TargetConfig;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.snapshot.SnapshotOrder;
import dev.migrator.kit.audit.Audit;
import dev.migrator.kit.config.Credentials;
import dev.migrator.kit.snapshots.SnapshotCatalog;
import dev.migrator.kit.targets.TargetPool;
import dev.migrator.kit.testkit.Desk;
import dev.migrator.kit.testkit.MemoryObjects;
import dev.migrator.kit.testkit.MemoryProvider;
import dev.migrator.target.Capability;
import dev.migrator.target.SmokeChecker;
import dev.migrator.target.SystemFacts;
import dev.migrator.target.TargetProvider;
import dev.migrator.target.TargetReader;
import dev.migrator.target.TargetWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** 100,000 entries of 2 KB go through a heap that holds a fifth of them. */
class ManyEntriesTest {
    private static final int ENTRIES = 100_000;

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
        var environments = MemoryProvider.environments("kafka", "synthetic");
        var pool = new TargetPool(
                environments, new Credentials(Optional.empty()), Duration.ofSeconds(1), List.of(new Synthetic()));
        var recorder = new Recorder(objects, new Traffic(objects, Duration.ofDays(1)), clock, "0.1.0");
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

    /** Makes up entries as they are asked for, and holds none. */
    private static final class Synthetic implements TargetProvider {
        @Override
        public String type() {
            return "synthetic";
        }

        @Override
        public List<String> kinds() {
            return List.of("topic");
        }

        @Override
        public TargetReader openReader(TargetConfig config, Map<String, String> credentials, Duration callTimeout) {
            return new Reader();
        }

        @Override
        public TargetWriter openWriter(TargetConfig config, Map<String, String> credentials, Duration callTimeout) {
            throw new UnsupportedOperationException("a snapshot writes no target");
        }

        @Override
        public SmokeChecker openChecker(TargetConfig config, Map<String, String> credentials, Duration callTimeout) {
            throw new UnsupportedOperationException("a snapshot checks no target");
        }
    }

    private static final class Reader implements TargetReader {
        private static final String PADDING = "x".repeat(2_000);

        @Override
        public String identity() {
            return "synthetic";
        }

        @Override
        public Set<Capability> capabilities() {
            return Set.of();
        }

        @Override
        public Stream<EntryKey> list(String kind) {
            return IntStream.range(0, ENTRIES)
                    .mapToObj(number -> new EntryKey("kafka", kind, String.format("topic-%07d", number)));
        }

        @Override
        public Map<EntryKey, EntryState> readAll(Set<EntryKey> keys) {
            if (keys.size() > 1_000) {
                throw new AssertionError("a slice has at most 1,000 entries, found " + keys.size());
            }
            var states = new TreeMap<EntryKey, EntryState>();
            keys.forEach(key ->
                    states.put(key, new EntryState.Present(Content.of("note", Value.of(key.address() + PADDING)), "")));
            return states;
        }

        @Override
        public SystemFacts facts() {
            return new SystemFacts(new TreeMap<>(), Optional.empty(), List.of());
        }

        @Override
        public void close() {
            // nothing is open
        }
    }
}
