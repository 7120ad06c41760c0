package dev.migrator.executor.stream;

import dev.migrator.core.environment.Environments;
import dev.migrator.core.environment.Fleet;
import dev.migrator.core.environment.Grace;
import dev.migrator.core.environment.Protection;
import dev.migrator.core.fleet.FleetRules;
import dev.migrator.core.lifecycle.LifecycleRules;
import dev.migrator.kit.approvals.ApprovalSigner;
import dev.migrator.kit.approvals.ApprovalVerifier;
import dev.migrator.kit.approvals.Ed25519Keys;
import dev.migrator.kit.avro.Decoded;
import dev.migrator.kit.avro.Wire;
import dev.migrator.kit.avro.WireSerdes;
import dev.migrator.kit.testkit.MemorySchemas;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.test.TestRecord;

/** The lifecycle's topology without a broker: records in, records out, time by hand. */
final class LifecycleBench implements AutoCloseable {
    private static final String APPLICATION = "lifecycle";
    /** Two waves with a minute between them. */
    static final Fleet FLEET =
            new Fleet("all", List.of(List.of("test"), List.of("production")), new Grace(1, Grace.Unit.MINUTES));

    private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

    final MemorySchemas registry = new MemorySchemas();
    final ApprovalSigner console = new ApprovalSigner(Ed25519Keys.generate().getPrivate());
    private final Path folder;
    private final Wire outside;
    private final Wire inside;
    private final Map<String, List<TestRecord<String, byte[]>>> published = new HashMap<>();
    private TopologyTestDriver driver;
    private Instant now = START;
    private int lives;

    LifecycleBench(Path folder) {
        this.folder = folder;
        this.outside = new Wire(registry, folder.resolve("ids-outside"));
        this.inside = new Wire(registry, folder.resolve("ids-inside"));
        open(folder.resolve("life-0"));
    }

    Topology topology() {
        var rules =
                LifecycleRules.of(new TreeMap<>(Map.of("test", Protection.OPEN, "production", Protection.PROTECTED)));
        return LifecycleTopology.build(
                rules,
                FleetRules.of(new Environments(List.of(), List.of(FLEET))),
                WireSerdes.decoded(inside),
                Publications.serializer(inside),
                new ApprovalSignatures(new ApprovalVerifier(console.publicKey())));
    }

    private void open(Path state) {
        driver = new TopologyTestDriver(topology(), settings(state), now);
    }

    private static Properties settings(Path state) {
        var settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, APPLICATION);
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere:9");
        settings.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
        return settings;
    }

    /** The process and its disk are gone after the last commit; another one goes on from the changelogs. */
    void crashAndGoOn() {
        collect();
        driver.close(); // also deletes its folder
        var next = folder.resolve("life-" + ++lives);
        restore(LifecycleStores.MIGRATIONS, next);
        restore(LifecycleStores.ENVIRONMENTS, next);
        restore(FleetStore.NAME, next);
        open(next);
    }

    Migration migration(String id, String environment) {
        return new Migration(this, id, environment);
    }

    void send(String topic, String key, SpecificRecord value) {
        sendBytes(topic, key, outside.encode(value));
    }

    /** Somebody outside has registered the record's schema; the lifecycle has not met it yet. */
    void registered(SpecificRecord value) {
        outside.encode(value);
    }

    void sendBytes(String topic, String key, byte[] value) {
        driver.createInputTopic(topic, new StringSerializer(), new ByteArraySerializer())
                .pipeInput(key, value);
    }

    void pass(Duration time) {
        now = now.plus(time);
        driver.advanceWallClockTime(time);
    }

    /** Everything published to a topic so far, over all lives. */
    List<TestRecord<String, byte[]>> raw(String topic) {
        collect();
        return List.copyOf(published.getOrDefault(topic, List.of()));
    }

    List<SpecificRecord> records(String topic) {
        return raw(topic).stream().map(sent -> decoded(sent.value())).toList();
    }

    SpecificRecord decoded(byte[] bytes) {
        if (outside.decode(bytes) instanceof Decoded.Message(var value)) {
            return value;
        }
        throw new AssertionError("published bytes that nobody can read");
    }

    private void collect() {
        for (String topic : driver.producedTopicNames()) {
            published
                    .computeIfAbsent(topic, _ -> new ArrayList<>())
                    .addAll(driver.createOutputTopic(topic, new StringDeserializer(), new ByteArrayDeserializer())
                            .readRecordsToList());
        }
    }

    /** What a takeover does: the store is made anew of its changelog. */
    private void restore(String store, Path into) {
        var context = new MockProcessorContext<Void, Void>(
                settings(into),
                new TaskId(0, 0),
                into.resolve(APPLICATION).resolve("0_0").toFile());
        var restored = Stores.persistentKeyValueStore(store).get();
        restored.init(context.getStateStoreContext(), restored);
        for (var change : published.getOrDefault(APPLICATION + "-" + store + "-changelog", List.of())) {
            restored.put(Bytes.wrap(change.key().getBytes(StandardCharsets.UTF_8)), change.value());
        }
        restored.flush();
        restored.close();
    }

    @Override
    public void close() {
        driver.close();
    }
}
