package dev.migrator.kit.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.core.lifecycle.Fact;
import dev.migrator.events.v1.PhaseVerified;
import dev.migrator.kit.Servers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WireTest {
    private static final PhaseVerified EVENT = new PhaseVerified("m-1", 1, 0, "c/m-1/evidence-1-0.json");

    @TempDir
    Path folder;

    static Stream<SchemaSource> registries() {
        return Stream.of(new FakeSchemas(), new ApicurioSchemas(Servers.registryUrl()));
    }

    @ParameterizedTest
    @MethodSource("registries")
    void whatOneWritesAnotherReads(SchemaSource registry) {
        var writer = new Wire(registry, folder.resolve("a"));
        writer.register();
        var reader = new Wire(registry, folder.resolve("b"));
        for (Fact.OfMigration fact : new Samples(11).facts()) {
            var event = Messages.of(fact);
            assertThat(reader.decode(writer.encode(event))).isEqualTo(new Decoded.Message(event));
        }
    }

    @ParameterizedTest
    @MethodSource("registries")
    void registeringAgainGivesTheSameIds(SchemaSource registry) {
        int first = registry.register(EVENT.getSchema());
        assertThat(registry.register(EVENT.getSchema())).isEqualTo(first);
        assertThat(registry.find(first).map(t -> new SchemaParser().parse(t).mainSchema()))
                .contains(EVENT.getSchema());
    }

    @ParameterizedTest
    @MethodSource("registries")
    void anIdThatTheRegistryDoesNotKnowIsAFailureOfTheBytes(SchemaSource registry) {
        var wire = new Wire(registry, folder);
        byte[] bytes = wire.encode(EVENT);
        ByteBuffer.wrap(bytes, 1, 4).putInt(987_654_321);
        assertUndecodable(wire.decode(bytes), "WIR-UNKNOWN-ID");
    }

    @ParameterizedTest
    @MethodSource("registries")
    void aRecordThatIsNotOneOfOursIsRefused(SchemaSource registry) {
        Schema foreign = new SchemaParser()
                .parse("{\"type\":\"record\",\"name\":\"Foreign\",\"fields\":[]}")
                .mainSchema();
        byte[] bytes = ByteBuffer.allocate(5)
                .put((byte) 0)
                .putInt(registry.register(foreign))
                .array();
        assertUndecodable(new Wire(registry, folder).decode(bytes), "WIR-TYPE");
    }

    @ParameterizedTest
    @MethodSource("registries")
    void aRecordOfAnOlderVersionIsReadWithDefaults(SchemaSource registry) {
        Schema older = new SchemaParser().parse("""
                {"type":"record","name":"WorkDelayed","namespace":"dev.migrator.events.v1","fields":[
                 {"name":"migrationId","type":"string"},{"name":"service","type":"string"},
                 {"name":"problem","type":{"type":"record","name":"Problem","fields":[
                   {"name":"code","type":"string"},{"name":"message","type":"string"}]}}]}""").mainSchema();
        var bytes = ByteBuffer.allocate(100).put((byte) 0).putInt(registry.register(older));
        for (String text : new String[] {"m-1", "planner", "TST-1", "why"}) {
            bytes.put((byte) (text.length() * 2)).put(text.getBytes(StandardCharsets.US_ASCII));
        }
        var decoded = new Wire(registry, folder).decode(Arrays.copyOf(bytes.array(), bytes.position()));
        assertThat(decoded)
                .isInstanceOfSatisfying(
                        Decoded.Message.class,
                        message -> assertThat(Messages.fact(message.value()).orElseThrow())
                                .isInstanceOfSatisfying(Fact.WorkDelayed.class, fact -> {
                                    assertThat(fact.service()).isEqualTo("planner");
                                    assertThat(fact.problem().todo()).isEmpty();
                                }));
    }

    @Test
    void bytesInAnotherFormatAreRefused() {
        var wire = new Wire(new FakeSchemas(), folder);
        assertUndecodable(wire.decode(null), "WIR-MAGIC");
        assertUndecodable(wire.decode(new byte[0]), "WIR-MAGIC");
        assertUndecodable(wire.decode(new byte[] {0, 0, 0, 1}), "WIR-MAGIC");
        assertUndecodable(wire.decode("{\"json\": true}".getBytes(StandardCharsets.UTF_8)), "WIR-MAGIC");
    }

    @Test
    void everyWayOfCuttingOrLengtheningARecordIsRefused() {
        var wire = new Wire(new FakeSchemas(), folder);
        byte[] bytes = wire.encode(EVENT);
        for (int length = 5; length < bytes.length; length++) {
            assertUndecodable(wire.decode(Arrays.copyOf(bytes, length)), "WIR-PAYLOAD");
        }
        assertUndecodable(wire.decode(Arrays.copyOf(bytes, bytes.length + 1)), "WIR-PAYLOAD");
    }

    @Test
    void noChangeOfBytesEverThrows() {
        var wire = new Wire(new FakeSchemas(), folder);
        var random = new java.util.SplittableRandom(42);
        for (Fact.OfMigration fact : new Samples(5).facts()) {
            byte[] good = wire.encode(Messages.of(fact));
            for (int i = 0; i < 300; i++) {
                byte[] bad = good.clone();
                for (int changes = random.nextInt(1, 4); changes > 0; changes--) {
                    bad[random.nextInt(5, bad.length)] = (byte) random.nextInt();
                }
                assertThat(wire.decode(bad)).isNotNull();
            }
        }
    }

    @Test
    void aRegistryThatIsAwaySaysNothingAboutTheBytes() {
        var registry = new FakeSchemas();
        byte[] bytes = new Wire(registry, folder.resolve("a")).encode(EVENT);
        registry.goAway();
        var reader = new Wire(registry, folder.resolve("b"));
        assertThat(reader.decode(bytes)).isInstanceOf(Decoded.Unresolved.class);
        registry.comeBack();
        org.awaitility.Awaitility.await()
                .untilAsserted(() -> assertThat(reader.decode(bytes)).isEqualTo(new Decoded.Message(EVENT)));
    }

    @Test
    void aServerThatIsNotARegistrySaysNothingAboutTheBytes() {
        byte[] bytes = new Wire(new FakeSchemas(), folder.resolve("a")).encode(EVENT);
        var wrongPath = new Wire(new ApicurioSchemas(Servers.registryUrl() + "/nothing-here"), folder.resolve("b"));
        assertThat(wrongPath.decode(bytes)).isInstanceOf(Decoded.Unresolved.class);
        assertThatThrownBy(() -> wrongPath.encode(EVENT)).isInstanceOf(RegistryUnavailable.class);
    }

    @Test
    void aProcessThatIsStartedAgainWhileTheRegistryIsAwayReadsAndWritesOn() {
        var registry = new FakeSchemas();
        var before = new Wire(registry, folder);
        before.register();
        byte[] bytes = before.encode(EVENT);
        registry.goAway();
        var after = new Wire(registry, folder);
        assertThat(after.usable()).isTrue();
        assertThat(after.encode(EVENT)).isEqualTo(bytes);
        assertThat(after.decode(bytes)).isEqualTo(new Decoded.Message(EVENT));
        assertThat(new Wire(registry, folder.resolve("new")).usable()).isFalse();
    }

    @Test
    void theRegistryIsAskedOnceForEachId() {
        var registry = new FakeSchemas();
        byte[] bytes = new Wire(registry, folder.resolve("a")).encode(EVENT);
        var reader = new Wire(registry, folder.resolve("b"));
        int before = registry.asked();
        for (int i = 0; i < 100; i++) {
            reader.decode(bytes);
        }
        assertThat(registry.asked()).isEqualTo(before + 1);
    }

    private static void assertUndecodable(Decoded decoded, String code) {
        assertThat(decoded)
                .isInstanceOfSatisfying(
                        Decoded.Undecodable.class,
                        bad -> assertThat(bad.problem().code()).isEqualTo(code));
    }
}
