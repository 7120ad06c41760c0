package dev.migrator.kit.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.lifecycle.Fact;
import dev.migrator.core.lifecycle.MigrationId;
import dev.migrator.events.v1.PlanRequested;
import dev.migrator.kit.Servers;
import dev.migrator.kit.audit.Audit;
import dev.migrator.kit.avro.Decoded;
import dev.migrator.kit.avro.FakeSchemas;
import dev.migrator.kit.avro.Messages;
import dev.migrator.kit.avro.RegistryUnavailable;
import dev.migrator.kit.kafka.KafkaUnavailable;
import dev.migrator.kit.topics.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class PublisherTest {
    private final FakeSchemas registry = new FakeSchemas();

    @Test
    void aRecordIsInTheLogWithKeyValueAndHeaders() throws Exception {
        try (var bench = new Bench(1, registry)) {
            bench.publisher().send(bench.topic, "m-1", Bench.event("m-1"));
            assertThat(Bench.read(bench.topic)).singleElement().satisfies(record -> {
                assertThat(new String(record.key(), StandardCharsets.UTF_8)).isEqualTo("m-1");
                assertThat(bench.wire.decode(record.value())).isEqualTo(new Decoded.Message(Bench.event("m-1")));
                assertThat(Bench.header(record, "ce_type")).isEqualTo("dev.migrator.events.v1.PhaseVerified");
                assertThat(Bench.header(record, "ce_source")).isEqualTo("bench");
                assertThat(UUID.fromString(Bench.header(record, "ce_id"))).isNotNull();
                assertThat(Instant.parse(Bench.header(record, "ce_time"))).isBefore(Instant.now());
            });
        }
    }

    @Test
    void aRecordThatIsTooLargeIsAClearErrorAndTheNextIsSent() throws Exception {
        try (var bench = new Bench(1, registry)) {
            var publisher = bench.publisher();
            for (int bytes : new int[] {4_000_000, 8_000_000}) { // refused by the broker, and by the client
                assertThatThrownBy(() -> publisher.send(bench.topic, "key", Bench.event("x".repeat(bytes))))
                        .isInstanceOfSatisfying(
                                ProblemException.class,
                                e -> assertThat(e.problem().code()).isEqualTo("PUB-OVERSIZED"));
            }
            publisher.send(bench.topic, "key", Bench.event("m-1"));
            assertThat(Bench.read(bench.topic)).hasSize(1);
        }
    }

    @Test
    void aBrokerThatIsAwayIsToldFromARefusal() {
        var config = new java.util.HashMap<>(Servers.kafka().producer());
        config.put("bootstrap.servers", "127.0.0.1:9"); // nobody listens there
        config.put("max.block.ms", 300);
        try (var publisher = new Publisher(
                config, new dev.migrator.kit.avro.Wire(registry, Servers.workDir()), "x", Clock.systemUTC())) {
            assertThatThrownBy(() -> publisher.send("topic", "key", Bench.event("m-1")))
                    .isInstanceOf(KafkaUnavailable.class);
        }
    }

    @Test
    void aRegistryThatIsAwayIsToldFromARefusal() throws Exception {
        try (var bench = new Bench(1, registry)) {
            registry.goAway();
            assertThatThrownBy(() -> bench.publisher().send(bench.topic, "key", Bench.event("m-1")))
                    .isInstanceOf(RegistryUnavailable.class);
        }
    }

    @Test
    void anAuditEntryIsInTheLogWhenTheCallReturns() throws Exception {
        try (var bench = new Bench(1, registry)) {
            String decision = "tested-" + UUID.randomUUID();
            new Audit(bench.publisher(), "bench", Clock.systemUTC())
                    .record(
                            "test",
                            Optional.of(new MigrationId("m-1")),
                            decision,
                            "ann",
                            Optional.empty(),
                            Optional.of(Problem.of("TST-ONE", "one")),
                            List.of("line"));
            assertThat(Bench.read(Topics.AUDIT))
                    .anySatisfy(record -> assertThat(bench.wire.decode(record.value()))
                            .asString()
                            .contains(decision));
        }
    }

    @Test
    void aDelayIsPublishedForTheMigrationAndEnvironmentOfTheRecord() throws Exception {
        try (var bench = new Bench(1, registry)) {
            var value =
                    new PlanRequested("m-delayed", 1, "production", "c1", "0".repeat(64), null, "c1/b", null, false);
            var task = new Task(Topics.TASKS, 0, 0, "m-delayed", value, Map.of(), 1, () -> true, () -> Duration.ZERO);
            var problem = Problem.of("OBJ-UNAVAILABLE", "away");
            new WorkDelays(bench.publisher(), bench.topic, "planner").delayed(task, problem);
            Awaitility.await().until(() -> !Bench.read(bench.topic).isEmpty());
            var record = Bench.read(bench.topic).getFirst();
            assertThat(record.key()).isEqualTo("production".getBytes(StandardCharsets.UTF_8));
            assertThat(bench.wire.decode(record.value()))
                    .isEqualTo(new Decoded.Message(
                            Messages.of(new Fact.WorkDelayed(new MigrationId("m-delayed"), "planner", problem))));
        }
    }
}
