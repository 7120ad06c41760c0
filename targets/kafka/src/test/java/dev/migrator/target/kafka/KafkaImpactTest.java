package dev.migrator.target.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.impact.Impact;
import dev.migrator.core.impact.Unknown;
import dev.migrator.core.impact.Use;
import dev.migrator.core.kinds.AclTuple;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Outcome;
import dev.migrator.core.plan.Removal;
import dev.migrator.target.TargetException;
import dev.migrator.target.TargetReader;
import dev.migrator.target.TargetWriter;
import dev.migrator.target.WriteGuard;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Real groups with real lag, records with old times, real rules; read with a client that cannot write. */
class KafkaImpactTest {
    private static final Instant NOW = Instant.now().minusSeconds(30);
    private static TargetWriter writer;
    private static Admin admin;

    private final String topic = Entries.fresh();
    private final List<Operation> made = new ArrayList<>();
    private TargetReader reader;

    @BeforeAll
    static void openWriter() throws TargetException {
        writer = Entries.writer();
        admin = TestCluster.independentAdmin();
    }

    @AfterAll
    static void closeWriter() {
        admin.close();
        writer.close();
    }

    @BeforeEach
    void open() throws TargetException {
        reader = new KafkaProvider().openReader(TestCluster.config(), TestCluster.admin(), TestCluster.CALL_TIMEOUT);
        make(create("-1"));
    }

    @AfterEach
    void close() throws TargetException {
        reader.close();
        var _ = writer.apply(
                made.stream()
                        .filter(operation -> operation.key().kind().equals(Kinds.ACL))
                        .map(Operation::inverse)
                        .toList(),
                Map.of(),
                WriteGuard.ALWAYS);
        Entries.settle(writer);
    }

    @Test
    void groupsAreNamedWithTheirLagAndWhetherTheyAreThere() throws Exception {
        write(0, 10, NOW);
        write(1, 10, NOW);
        commit(topic + "-idle", 0, 4);
        commit(topic + "-idle", 1, 10);
        try (var consumer = member(topic + "-active")) {
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
                var _ = consumer.poll(Duration.ofMillis(100));
                return groups().size() == 2 && groups().getFirst().members() == 1;
            });

            assertThat(groups())
                    .containsExactly(
                            new Use.Group(topic + "-active", 1, "STABLE", OptionalLong.empty()),
                            new Use.Group(topic + "-idle", 0, "EMPTY", OptionalLong.of(6)));
        }
    }

    @Test
    void whereAllGroupsWereSeenNoneMeansNone() throws Exception {
        assertThat(groups()).isEmpty();
        assertThat(impact(removal()).unknown()).extracting("what").doesNotContain("groups");
    }

    @Test
    void recordsThatAShorterRetentionDeletesAreCountedByTheirOwnTime() throws Exception {
        write(0, 5, NOW.minus(Duration.ofDays(3)));
        write(0, 2, NOW);
        write(1, 1, NOW.minus(Duration.ofDays(2)));

        var impact = impact(retention("-1", "86400000"));

        assertThat(impact.first(Use.OlderThanKept.class))
                .contains(new Use.OlderThanKept("retention.ms", 86_400_000, 6, 8));
        assertThat(impact.first(Use.Records.class)).contains(new Use.Records(8, false));
        assertThat(impact.first(Use.LastWrite.class).orElseThrow().at().toEpochMilli())
                .isEqualTo(NOW.toEpochMilli());
    }

    @Test
    void whatIsInheritedOnceTheSettingIsRemovedCountsAsWell() throws Exception {
        write(0, 5, NOW.minus(Duration.ofDays(30)));
        write(0, 5, NOW);
        var broker = new ConfigResource(ConfigResource.Type.BROKER, "");
        set(broker, "log.retention.ms", "604800000");
        try {
            assertThat(impact(removal("config.retention.ms", "-1")).first(Use.OlderThanKept.class))
                    .contains(new Use.OlderThanKept("retention.ms", 604_800_000, 5, 10));
        } finally {
            set(broker, "log.retention.ms", null);
        }
    }

    @Test
    void aDefaultThatTheBrokersDoNotTellIsNotKnownAndNotNothing() throws Exception {
        write(0, 5, NOW.minus(Duration.ofDays(30)));

        var impact = impact(removal("config.retention.ms", "-1"));

        assertThat(impact.first(Use.OlderThanKept.class)).isEmpty();
        assertThat(impact.unknown())
                .contains(new Unknown(
                        "records lost by this change",
                        "the brokers do not tell the retention.ms of a topic that sets none"));
    }

    private static void set(ConfigResource resource, String name, String value) throws Exception {
        var change = new AlterConfigOp(
                new ConfigEntry(name, value), value == null ? AlterConfigOp.OpType.DELETE : AlterConfigOp.OpType.SET);
        admin.incrementalAlterConfigs(Map.of(resource, List.of(change))).all().get();
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> {
            var config = admin.describeConfigs(List.of(new ConfigResource(ConfigResource.Type.BROKER, "1")))
                    .all()
                    .get()
                    .values()
                    .iterator()
                    .next();
            return java.util.Objects.equals(config.get(name).value(), value);
        });
    }

    private Operation removal(String field, String before) {
        return new Operation.Update(key(topic), Content.of(field, Value.of(before)), Content.of(field, Value.NULL));
    }

    @Test
    void aLongerRetentionTakesNothingAway() throws Exception {
        write(0, 5, NOW.minus(Duration.ofDays(30)));
        var update = retention("-1", "3600000");
        assertThat(Entries.apply(writer, retention("-1", "31536000000")).done()).isTrue();
        Entries.settle(writer);

        assertThat(impact(retention("31536000000", "-1")).first(Use.OlderThanKept.class))
                .isEmpty();
        assertThat(impact(update).first(Use.OlderThanKept.class).orElseThrow().older())
                .isEqualTo(5);
    }

    @Test
    void bytesAboveALowerBoundAreCounted() throws Exception {
        write(0, 100, NOW);

        var impact = impact(new Operation.Update(
                key(topic),
                Content.of("config.retention.bytes", Value.NULL),
                Content.of("config.retention.bytes", Value.of("1000"))));

        var size = impact.first(Use.Size.class).orElseThrow().bytes();
        assertThat(size).isGreaterThan(100 * 1_000);
        assertThat(impact.first(Use.AboveKept.class))
                .contains(new Use.AboveKept("retention.bytes", 1_000, size - 1_000));
    }

    @Test
    void startingToDeleteACompactedTopicIsALossToo() throws Exception {
        make(new Operation.Create(
                key(topic + "-compact"),
                Content.of(Map.of(
                        "partitions", Value.of(1),
                        "replicationFactor", Value.of(1),
                        "config.cleanup.policy", Value.of("compact"),
                        "config.retention.ms", Value.of("86400000")))));
        write(topic + "-compact", 0, 3, NOW.minus(Duration.ofDays(3)));

        var impact = reader.impact(List.of(new Operation.Update(
                        key(topic + "-compact"),
                        Content.of("config.cleanup.policy", Value.of("compact")),
                        Content.of("config.cleanup.policy", Value.of("delete")))))
                .get(key(topic + "-compact"));

        assertThat(impact.first(Use.OlderThanKept.class).orElseThrow().older()).isEqualTo(3);
        assertThat(impact.first(Use.Records.class)).contains(new Use.Records(3, true));
    }

    @Test
    void rulesCountByNameByBeginningAndForAllTopics() throws Exception {
        make(Entries.rule("ann", "READ", "LITERAL", topic));
        make(Entries.rule("ann", "DESCRIBE", "LITERAL", topic));
        make(Entries.rule("bob", "WRITE", "PREFIXED", topic.substring(0, 5)));
        make(rule("User:eve", "ALL", "DENY", "LITERAL", "*"));
        make(Entries.rule("not-here", "READ", "LITERAL", topic + "x"));

        assertThat(impact(removal())
                        .first(Use.Access.class)
                        .orElseThrow()
                        .permissions()
                        .first())
                .contains(
                        new Use.Permission("User:ann", "*", false, List.of("DESCRIBE", "READ"), ""),
                        new Use.Permission("User:bob", "*", false, List.of("WRITE"), topic.substring(0, 5) + "*"),
                        new Use.Permission("User:eve", "*", true, List.of("ALL"), "*"))
                .noneMatch(permission -> permission.principal().equals("User:not-here"));
    }

    @Test
    void aRuleTellsWhatItTakesIn() throws Exception {
        make(new Operation.Create(key(topic + "-2"), create("-1").after()));
        var prefixed = Entries.rule("bob", "WRITE", "PREFIXED", topic);

        var covers = reader.impact(List.of(prefixed))
                .get(prefixed.key())
                .first(Use.Covers.class)
                .orElseThrow();

        assertThat(covers.names().first()).containsExactly(topic, topic + "-2");
    }

    @Test
    void withoutPermissionsThePlanIsToldWhatIsNotKnownAndNothingFails() throws Exception {
        make(Entries.rule(TestCluster.LIMITED, "DESCRIBE", "LITERAL", topic));
        write(0, 3, NOW);
        commit(topic + "-hidden", 0, 1);
        try (var limited = new KafkaProvider()
                .openReader(TestCluster.config(), TestCluster.user(TestCluster.LIMITED), TestCluster.CALL_TIMEOUT)) {

            var impact = limited.impact(List.of(retention("-1", "86400000"))).get(key(topic));

            var unknown = new HashMap<String, String>();
            impact.unknown().forEach(one -> unknown.put(one.what(), one.why()));
            assertThat(unknown)
                    .containsKeys("groups", "access", "size", "producers", "records lost by this change")
                    .containsEntry("access", "no permission to describe ACLs")
                    .containsEntry("size", "no permission to describe log directories");
            assertThat(unknown.get("groups")).contains("no permission");
            assertThat(impact.first(Use.Groups.class)).isEmpty();
            assertThat(impact.first(Use.Records.class)).contains(new Use.Records(3, false));
        }
    }

    @Test
    void aTopicThatMayNotBeSeenAndOneThatIsNotThereAreToldApart() throws Exception {
        try (var limited = new KafkaProvider()
                .openReader(TestCluster.config(), TestCluster.user(TestCluster.LIMITED), TestCluster.CALL_TIMEOUT)) {
            assertThat(limited.impact(List.of(removal())).get(key(topic)).unknown())
                    .extracting("what")
                    .containsExactly("who uses it");
        }
        var gone = new Operation.Delete(key(topic + "-gone"), Content.EMPTY, Removal.RETIRE);
        assertThat(reader.impact(List.of(gone)).get(gone.key())).isEqualTo(Impact.NONE);
    }

    @Test
    void aReaderThatWasClosedInventsNoUsers() throws Exception {
        reader.close();

        assertThat(impact(removal()).uses()).isEmpty();
        assertThat(impact(removal()).unknown()).isNotEmpty();
    }

    private List<Use.Group> groups() throws TargetException {
        return impact(removal()).first(Use.Groups.class).orElseThrow().groups().first();
    }

    private Impact impact(Operation change) throws TargetException {
        return reader.impact(List.of(change)).get(change.key());
    }

    private Operation removal() {
        return new Operation.Delete(key(topic), Content.of("partitions", Value.of(2)), Removal.RETIRE);
    }

    private Operation.Update retention(String before, String after) {
        return Entries.retention(topic, before, after);
    }

    private Operation.Create create(String retention) {
        return new Operation.Create(
                key(topic),
                Content.of(Map.of(
                        "partitions", Value.of(2),
                        "replicationFactor", Value.of(1),
                        "config.retention.ms", Value.of(retention))));
    }

    private static EntryKey key(String name) {
        return KafkaHarness.topic(name);
    }

    private static Operation.Create rule(
            String principal, String operation, String permission, String pattern, String name) {
        return new Operation.Create(
                KafkaHarness.acl(new AclTuple(principal, "*", operation, permission, "TOPIC", pattern, name)),
                Content.EMPTY);
    }

    private void make(Operation operation) throws TargetException {
        made.add(operation);
        assertThat(Entries.apply(writer, operation)).matches(Outcome::done);
        Entries.settle(writer);
    }

    private void write(int partition, int records, Instant at) throws Exception {
        write(topic, partition, records, at);
    }

    private static void write(String topic, int partition, int records, Instant at) throws Exception {
        try (var producer = new KafkaProducer<byte[], byte[]>(
                Map.copyOf(TestCluster.admin()), new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < records; i++) {
                var _ = producer.send(new ProducerRecord<>(
                                topic, partition, at.toEpochMilli(), new byte[] {1}, new byte[1_100]))
                        .get();
            }
        }
    }

    private void commit(String group, int partition, long offset) throws Exception {
        admin.alterConsumerGroupOffsets(
                        group, Map.of(new TopicPartition(topic, partition), new OffsetAndMetadata(offset)))
                .all()
                .get();
    }

    private KafkaConsumer<byte[], byte[]> member(String group) {
        var settings = new HashMap<String, Object>(TestCluster.admin());
        settings.put("group.id", group);
        settings.put("enable.auto.commit", "false");
        settings.put("auto.offset.reset", "earliest");
        var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        consumer.subscribe(List.of(topic));
        return consumer;
    }
}
