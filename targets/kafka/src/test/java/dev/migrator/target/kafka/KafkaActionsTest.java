package dev.migrator.target.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.core.kinds.ActionAddress;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Outcome;
import dev.migrator.target.TargetException;
import dev.migrator.target.TargetWriter;
import dev.migrator.target.WriteGuard;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records and the newest of their key on a real broker, read and written by clients of the test's own as well. */
class KafkaActionsTest {
    private static KafkaActionsHarness harness;

    @BeforeAll
    static void open() throws Exception {
        harness = new KafkaActionsHarness();
    }

    @AfterAll
    static void close() {
        harness.close();
    }

    private static Outcome apply(Operation operation) throws TargetException {
        return harness.writer()
                .apply(List.of(operation), Map.of(), WriteGuard.ALWAYS)
                .getFirst();
    }

    private static EntryState read(Operation operation) throws TargetException {
        return harness.writer().readAll(Set.of(operation.key())).get(operation.key());
    }

    /** By the partitioner of Kafka's own client. */
    private static void write(String key, String value) throws Exception {
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>copyOf(TestCluster.admin()), new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(harness.topic(), key, value)).get();
        }
    }

    private static List<ConsumerRecord<String, String>> records(String key) {
        var found = new ArrayList<ConsumerRecord<String, String>>();
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>copyOf(TestCluster.admin()), new StringDeserializer(), new StringDeserializer())) {
            var partitions = IntStream.range(0, 3)
                    .mapToObj(number -> new TopicPartition(harness.topic(), number))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(one -> consumer.position(one) < ends.get(one))) {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> {
                    if (key.equals(record.key())) {
                        found.add(record);
                    }
                });
            }
        }
        return found;
    }

    @Test
    void theRecordCarriesItsKeyValueHeadersAndTheKeyOfTheAction() throws Exception {
        var tell = harness.tell("prices");

        assertThat(apply(tell)).isInstanceOf(Outcome.Applied.class);

        assertThat(records("prices")).singleElement().satisfies(record -> {
            assertThat(record.value()).isEqualTo("flush");
            assertThat(new String(record.headers().lastHeader("from").value(), StandardCharsets.UTF_8))
                    .isEqualTo("a test");
            assertThat(new String(record.headers().lastHeader("migrator-action").value(), StandardCharsets.UTF_8))
                    .isEqualTo(ActionAddress.idempotencyKey(tell.key(), false));
        });
    }

    @Test
    void itIsUndoneByATombstoneOrAnotherRecord() throws Exception {
        var tell = harness.tell("stock");
        assertThat(apply(tell)).isInstanceOf(Outcome.Applied.class);
        assertThat(apply(tell.inverse())).isInstanceOf(Outcome.Applied.class);
        var other = harness.operation("routes", """
                {"kafka":{"do":{"topic":"%2$s","key":"%1$s","value":"on"},"undo":{"value":"off"}}}
                """);
        assertThat(apply(other)).isInstanceOf(Outcome.Applied.class);
        assertThat(apply(other.inverse())).isInstanceOf(Outcome.Applied.class);

        assertThat(records("stock")).extracting(ConsumerRecord::value).containsExactly("flush", null);
        assertThat(records("routes")).extracting(ConsumerRecord::value).containsExactly("on", "off");
    }

    @Test
    void theNewestRecordOfTheKeySaysWhetherItIsDone() throws Exception {
        var tell = harness.tell("newest");
        write("newest", "flush");
        assertThat(read(tell).exists()).isTrue();
        write("newest", "warm");
        assertThat(read(tell)).isEqualTo(EntryState.ABSENT);
        write("another-key", "flush");

        assertThat(read(tell)).isEqualTo(EntryState.ABSENT);
    }

    @Test
    void withoutItsTopicItIsNotDoneAndCannotBeDone() throws Exception {
        var nowhere = harness.operation("nowhere", """
                {"kafka":{"do":{"topic":"no.such.topic","key":"%1$s","value":"on"}}}
                """);

        assertThat(read(nowhere)).isEqualTo(EntryState.ABSENT);
        assertThat(apply(nowhere))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.problem().code()).isEqualTo("ACT-REFUSED"));
    }

    @Test
    void howFarBackItLiesItIsFoundAndUndone() throws Exception {
        // a topic of its own: it is full afterwards
        try (var full = new KafkaActionsHarness()) {
            var tell = full.tell("buried");
            assertThat(full.writer().apply(List.of(tell), Map.of(), WriteGuard.ALWAYS))
                    .singleElement()
                    .isInstanceOf(Outcome.Applied.class);
            fill(full.topic(), 25_000);

            // one that was not there when it was written
            try (var other = new KafkaActionsProvider()
                    .openWriter(KafkaActionsHarness.config(), TestCluster.admin(), TestCluster.CALL_TIMEOUT)) {
                assertThat(other.readAll(Set.of(tell.key())).get(tell.key()).exists())
                        .isTrue();
                assertThat(other.apply(List.of(tell.inverse()), Map.of(), WriteGuard.ALWAYS))
                        .singleElement()
                        .isInstanceOf(Outcome.Applied.class);
                assertThat(other.readAll(Set.of(tell.key())).get(tell.key())).isEqualTo(EntryState.ABSENT);
            }
            assertThat(full.writer().readAll(Set.of(tell.key())).get(tell.key()))
                    .as("by who remembers the record that was undone")
                    .isEqualTo(EntryState.ABSENT);
        }
    }

    @Test
    void whatAnOpenTransactionHidesIsInDoubtAndNotUndone() throws Exception {
        var tell = harness.tell("hidden");
        try (var others = transactions("others");
                var writer = hasty()) {
            // begun after the probe before, and before the record is sent
            WriteGuard guard = () -> {
                others.beginTransaction();
                var _ = others.send(new ProducerRecord<>(harness.topic(), "hidden", "warm"));
                others.flush();
            };

            assertThat(writer.apply(List.of(tell), Map.of(), guard))
                    .singleElement()
                    .isInstanceOf(Outcome.Unknown.class);
            assertThatThrownBy(() -> writer.readAll(Set.of(tell.key())))
                    .isInstanceOf(TargetException.Unavailable.class)
                    .hasMessageContaining("transaction");
            others.abortTransaction();

            writer.settle(TestCluster.CALL_TIMEOUT, WriteGuard.ALWAYS);
            assertThat(writer.apply(List.of(tell), Map.of(), WriteGuard.ALWAYS))
                    .singleElement()
                    .isInstanceOf(Outcome.AlreadyApplied.class);
        }
    }

    @Test
    void aRecordThatWasAbortedIsNoneAndOneThatWasCommittedIs() throws Exception {
        var tell = harness.tell("decided");
        assertThat(apply(tell)).isInstanceOf(Outcome.Applied.class);
        try (var others = transactions("decided")) {
            others.beginTransaction();
            var _ = others.send(new ProducerRecord<>(harness.topic(), "decided", "warm"));
            others.flush();
            others.abortTransaction();
            assertThat(read(tell).exists()).isTrue();

            others.beginTransaction();
            var _ = others.send(new ProducerRecord<>(harness.topic(), "decided", "warm"));
            others.commitTransaction();
        }

        assertThat(read(tell)).isEqualTo(EntryState.ABSENT);
    }

    private static KafkaProducer<String, String> transactions(String id) {
        var settings = new HashMap<String, Object>(TestCluster.admin());
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, harness.topic() + "-" + id);
        var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
        producer.initTransactions();
        return producer;
    }

    /** One that does not wait long. */
    private static TargetWriter hasty() throws TargetException {
        return new KafkaActionsProvider()
                .openWriter(KafkaActionsHarness.config(), TestCluster.admin(), Duration.ofSeconds(4));
    }

    @ParameterizedTest
    @ValueSource(longs = {2, 999, 20_000, 60_001})
    void lookingForTheTopicAndSendingAreOneCallTogether(long millis) throws TargetException {
        var settings = KafkaActions.settings(ClientSettings.of(
                KafkaActionsHarness.config(), TestCluster.admin(), Duration.ofMillis(millis), "write"));

        assertThat(Stream.of(ProducerConfig.MAX_BLOCK_MS_CONFIG, ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG)
                        .mapToLong(name -> Long.parseLong(String.valueOf(settings.get(name))))
                        .sum())
                .isLessThanOrEqualTo(millis);
    }

    /** So many records of other keys in each partition. */
    private static void fill(String topic, int records) {
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>copyOf(TestCluster.admin()), new StringSerializer(), new StringSerializer())) {
            for (int i = 0; i < 3 * records; i++) {
                var _ = producer.send(new ProducerRecord<>(topic, i % 3, "other", "x"));
            }
        }
    }
}
