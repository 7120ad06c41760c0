package dev.migrator.target.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.plan.SmokeCheck;
import dev.migrator.core.verdict.CheckResult;
import dev.migrator.target.SmokeChecker;
import dev.migrator.target.TargetException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class KafkaSmokeCheckerTest {
    private static SmokeChecker checker;
    private static Admin independent;

    @BeforeAll
    static void open() throws TargetException {
        checker = new KafkaProvider().openChecker(TestCluster.config(), TestCluster.admin(), TestCluster.CALL_TIMEOUT);
        independent = TestCluster.independentAdmin();
    }

    @AfterAll
    static void close() {
        checker.close();
        independent.close();
    }

    private static String topic(Map<String, String> configs) throws Exception {
        String name = Entries.fresh();
        independent
                .createTopics(List.of(new NewTopic(name, 1, (short) 1).configs(configs)))
                .all()
                .get();
        // acknowledged by the controller; the broker that is asked learns of it a moment later
        await().until(() -> independent.listTopics().names().get().contains(name));
        return name;
    }

    private static CheckResult run(SmokeChecker by, Object... spec) {
        return by.run(new SmokeCheck("round-trip", "kafka", "topic-round-trip", Value.object(spec)));
    }

    private static long records(String topic) throws Exception {
        var partition = new TopicPartition(topic, 0);
        return independent
                .listOffsets(Map.of(partition, OffsetSpec.latest()))
                .partitionResult(partition)
                .get()
                .offset();
    }

    @Test
    void aRecordGoesOutAndComesBack() throws Exception {
        String topic = topic(Map.of());

        var result = run(checker, "topic", Value.of(topic));

        assertThat(result.problem()).isEmpty();
        assertThat(result.evidence()).contains("256 bytes", topic + "-0", "offset 0");
        assertThat(records(topic)).isEqualTo(1);
    }

    @Test
    void theRecordHasTheSizeAskedForAndTheNameOfTheCheck() throws Exception {
        String topic = topic(Map.of("max.message.bytes", "4000000"));

        var result = run(checker, "topic", Value.of(topic), "recordBytes", Value.of(3_000_000));

        assertThat(result.problem()).isEmpty();
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>copyOf(TestCluster.admin()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            var partition = new TopicPartition(topic, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            var records = consumer.poll(TestCluster.CALL_TIMEOUT).records(partition);
            assertThat(records).hasSize(1);
            assertThat(records.getFirst().value()).hasSize(3_000_000);
            assertThat(new String(records.getFirst().key(), StandardCharsets.UTF_8))
                    .startsWith("migrator-smoke-check-");
        }
    }

    @Test
    void aRecordTooLargeForTheTopicFailsInTheBrokersWords() throws Exception {
        String topic = topic(Map.of("max.message.bytes", "1024"));

        var result = run(checker, "topic", Value.of(topic), "recordBytes", Value.of(2_048));

        assertThat(result.passed()).isFalse();
        assertThat(result.problem().orElseThrow().code()).isEqualTo("CHK-RECORD-TOO-LARGE");
        assertThat(result.problem().orElseThrow().found()).contains("RecordTooLargeException");
        assertThat(result.problem().orElseThrow().thing()).contains(topic);
        assertThat(records(topic)).isZero();
    }

    @Test
    void aRecordLargerThanAClientsOwnLimitIsStillJudgedByTheBroker() throws Exception {
        String topic = topic(Map.of());

        var result = run(checker, "topic", Value.of(topic), "recordBytes", Value.of(2_000_000));

        assertThat(result.problem().orElseThrow().code()).isEqualTo("CHK-RECORD-TOO-LARGE");
        assertThat(result.problem().orElseThrow().found()).contains("larger than the max message size the server");
    }

    @Test
    void aTopicThatIsNotThereFailsAtOnce() {
        var result = run(checker, "topic", Value.of(Entries.fresh()));

        assertThat(result.problem().orElseThrow().code()).isEqualTo("CHK-TOPIC");
    }

    @Test
    void withoutPermissionItFails() throws Exception {
        String topic = topic(Map.of());
        try (var limited = new KafkaProvider()
                .openChecker(TestCluster.config(), TestCluster.user(TestCluster.LIMITED), TestCluster.CALL_TIMEOUT)) {
            var result = run(limited, "topic", Value.of(topic));

            assertThat(result.problem().orElseThrow().code()).isEqualTo("CHK-DENIED");
        }
    }

    @Test
    void aCheckThatCannotBeRunIsAFailedOne() {
        assertThat(code(run(checker))).isEqualTo("CHK-SPEC");
        assertThat(code(run(checker, "topic", Value.of("t"), "recordBytes", Value.of(0))))
                .isEqualTo("CHK-SPEC");
        assertThat(code(run(checker, "topic", Value.of("t"), "recordBytes", Value.of("many"))))
                .isEqualTo("CHK-SPEC");
        var other = new SmokeCheck("x", "kafka", "http", Value.object());
        assertThat(checker.supports("http")).isFalse();
        assertThat(code(checker.run(other))).isEqualTo("CHK-TYPE");
    }

    private static String code(CheckResult result) {
        return result.problem().orElseThrow().code();
    }
}
