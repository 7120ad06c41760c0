package dev.migrator.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.localstack.server.KafkaServers;
import dev.migrator.localstack.server.KafkaSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What each user may and may not do, asked of real brokers. */
class GrantsTest {
    @TempDir
    static Path folder;

    static KafkaServers servers;

    @BeforeAll
    static void start() {
        KafkaSpec control = KafkaSpec.of("control")
                .withUsers(StackSettings.controlUsers().toArray(String[]::new))
                .withClaimedPorts();
        KafkaSpec test = KafkaSpec.of("test")
                .withUsers(StackSettings.targetUsers().toArray(String[]::new))
                .withClaimedPorts();
        servers = KafkaServers.start(folder, List.of(control, test));
        GrantWriter.write(control, Grants.control());
        GrantWriter.write(test, Grants.target());
    }

    @AfterAll
    static void stop() {
        if (servers != null) {
            servers.close();
        }
    }

    @Test
    void onControlEachServiceMayCreateTheTopicsAndOnlyTheStatedWriterMayWrite() throws Exception {
        create("control", "planner", "migration.plans");
        create("control", "verifier", "migration.changes");

        write("control", "planner", "migration.plans", "a plan");
        write("control", StackSettings.REQUESTER, "migration.changes", "a change");

        assertThatThrownBy(() -> write("control", "executor", "migration.plans", "forged"))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(AuthorizationException.class);
        assertThatThrownBy(() -> write("control", StackSettings.REQUESTER, "migration.plans", "forged"))
                .hasCauseInstanceOf(AuthorizationException.class);
        assertThatThrownBy(() -> create("control", StackSettings.REQUESTER, "migration.commands"))
                .hasCauseInstanceOf(AuthorizationException.class);
        assertThat(firstRecord("control", "executor", "migration-lifecycle", "migration.changes"))
                .isEqualTo("a change");
    }

    @Test
    void theRequesterReadsStatusButNothingElse() throws Exception {
        create("control", "executor", "migration.status");
        create("control", "console", "migration.approvals");
        write("control", "executor", "migration.status", "a status");

        assertThat(firstRecord("control", StackSettings.REQUESTER, "requester-1", "migration.status"))
                .isEqualTo("a status");
        assertThatThrownBy(() -> firstRecord("control", StackSettings.REQUESTER, "requester-1", "migration.approvals"))
                .isInstanceOf(AuthorizationException.class);
    }

    @Test
    void theRequesterStartsFleetsAndOnlyTheExecutorSaysHowTheyGetOn() throws Exception {
        for (String topic : List.of("migration.fleets", "migration.fleet-status")) {
            create("control", "executor", topic);
        }
        write("control", StackSettings.REQUESTER, "migration.fleets", "a request");
        write("control", "executor", "migration.fleet-status", "a run");

        assertThat(firstRecord("control", "executor", "migration-executor-fleets", "migration.fleets"))
                .isEqualTo("a request");
        assertThat(firstRecord("control", StackSettings.REQUESTER, "requester-2", "migration.fleet-status"))
                .isEqualTo("a run");
        assertThatThrownBy(() -> write("control", StackSettings.REQUESTER, "migration.fleet-status", "forged"))
                .hasCauseInstanceOf(AuthorizationException.class);
        assertThatThrownBy(() -> write("control", "planner", "migration.fleets", "forged"))
                .hasCauseInstanceOf(AuthorizationException.class);
    }

    @Test
    void theExecutorMayUseTransactionsAndTopicsOfTheLifecycle() throws Exception {
        create("control", "executor", "migration-lifecycle-store-changelog");
        Map<String, Object> config = new HashMap<>(servers.clientConfig("control", "executor"));
        config.put("transactional.id", "migration-lifecycle-0");
        try (var producer = new KafkaProducer<>(config, new StringSerializer(), new StringSerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>("migration-lifecycle-store-changelog", "k", "v"));
            producer.commitTransaction();
        }
        assertThat(firstRecord("control", "executor", "migration-x", "migration-lifecycle-store-changelog"))
                .isEqualTo("v");
    }

    @Test
    void onATargetReadingWritingAndCheckingAreThreeUsers() throws Exception {
        assertThatThrownBy(() -> create("test", "migrator-read", "orders"))
                .hasCauseInstanceOf(AuthorizationException.class);
        assertThatThrownBy(() -> create("test", "migrator-check", "orders"))
                .hasCauseInstanceOf(AuthorizationException.class);
        create("test", "migrator-write", "orders");

        ConfigResource orders = new ConfigResource(ConfigResource.Type.TOPIC, "orders");
        try (Admin reader = admin("test", "migrator-read")) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(15))
                    .until(() -> reader.listTopics().names().get().contains("orders"));
            assertThat(reader.describeConfigs(List.of(orders)).all().get()).containsKey(orders);
            assertThat(reader.describeAcls(AclBindingFilter.ANY).values().get()).containsAll(Grants.target());
            assertThatThrownBy(() -> alter(reader, orders)).hasCauseInstanceOf(AuthorizationException.class);
        }
        try (Admin writer = admin("test", "migrator-write")) {
            alter(writer, orders);
            AclBinding some = Grants.target().getFirst();
            writer.createAcls(List.of(some)).all().get();
            assertThatThrownBy(() -> write("test", "migrator-write", "orders", "forged"))
                    .hasCauseInstanceOf(AuthorizationException.class);
            write("test", "migrator-check", "orders", "probe");
            assertThat(firstRecord("test", "migrator-check", "smoke", "orders")).isEqualTo("probe");
            writer.deleteTopics(List.of("orders")).all().get();
        }
    }

    private static void alter(Admin admin, ConfigResource topic) throws Exception {
        var op = new AlterConfigOp(new ConfigEntry("retention.ms", "1000"), AlterConfigOp.OpType.SET);
        admin.incrementalAlterConfigs(Map.of(topic, List.of(op))).all().get(15, TimeUnit.SECONDS);
    }

    private static void create(String cluster, String user, String topic) throws Exception {
        try (Admin admin = admin(cluster, user)) {
            admin.createTopics(List.of(new NewTopic(topic, Optional.of(1), Optional.empty())))
                    .all()
                    .get(15, TimeUnit.SECONDS);
        }
    }

    private static void write(String cluster, String user, String topic, String value) throws Exception {
        Map<String, Object> config = new HashMap<>(servers.clientConfig(cluster, user));
        config.put("max.block.ms", "15000");
        try (var producer = new KafkaProducer<>(config, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, "key", value)).get(15, TimeUnit.SECONDS);
        }
    }

    private static String firstRecord(String cluster, String user, String group, String topic) {
        Map<String, Object> config = new HashMap<>(servers.clientConfig(cluster, user));
        config.put("group.id", group);
        config.put("auto.offset.reset", "earliest");
        config.put("isolation.level", "read_committed");
        try (var consumer = new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of(topic));
            long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            while (System.nanoTime() - deadline < 0) {
                ConsumerRecords<String, String> records = consumer.poll(Duration.ofMillis(200));
                if (!records.isEmpty()) {
                    return records.iterator().next().value();
                }
            }
        }
        throw new AssertionError("no record in " + topic);
    }

    private static Admin admin(String cluster, String user) {
        return Admin.create(new HashMap<>(servers.clientConfig(cluster, user)));
    }
}
