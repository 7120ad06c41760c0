package dev.migrator.kit.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.drift.Acknowledgement;
import dev.migrator.core.drift.DriftFinding;
import dev.migrator.core.drift.DriftReport;
import dev.migrator.core.model.EntryKey;
import dev.migrator.events.v1.DriftCheckRequested;
import dev.migrator.kit.Unavailable;
import dev.migrator.kit.avro.DriftMessages;
import dev.migrator.kit.avro.FakeSchemas;
import dev.migrator.kit.avro.Wire;
import dev.migrator.kit.topics.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each of the two topics as it is read; a test reads one of them. */
class DriftFeedTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @TempDir
    Path folder;

    private final MockConsumer<String, byte[]> consumer = new MockConsumer<>("earliest");
    private final Map<TopicPartition, Long> ends = new HashMap<>();
    private Wire wire;
    private DriftFeed feed;

    @BeforeEach
    void open() {
        wire = new Wire(new FakeSchemas(), folder);
        feed = new DriftFeed(() -> consumer, wire);
        for (var topic : List.of(Topics.DRIFT, Topics.DRIFT_ORDERS)) {
            var node = Node.noNode();
            consumer.updatePartitions(topic, List.of(new PartitionInfo(topic, 0, node, new Node[0], new Node[0])));
            ends.put(new TopicPartition(topic, 0), 0L);
        }
        consumer.updateBeginningOffsets(Map.copyOf(ends));
        consumer.updateEndOffsets(ends);
    }

    @AfterEach
    void close() {
        feed.close();
    }

    @Test
    void theNewestReportOfEachEnvironmentCounts() {
        put(report("test", 1));
        put(report("test", 2));
        put(report("production", 3));
        read(Topics.DRIFT);

        assertThat(feed.report("test").orElseThrow().drifted()).isEqualTo(2);
        assertThat(feed.report("production").orElseThrow().drifted()).isEqualTo(3);
        assertThat(feed.report("staging")).isEmpty();
    }

    @Test
    void aReportThatNobodyCanReadIsNotNoneUntilTheNextOneTakesItsPlace() {
        raw(Topics.DRIFT, "test", "no avro".getBytes(StandardCharsets.UTF_8));
        raw(Topics.DRIFT, "production", "no avro".getBytes(StandardCharsets.UTF_8));
        put(report("production", 3));
        read(Topics.DRIFT);

        assertThatExceptionOfType(Unavailable.class)
                .isThrownBy(() -> feed.report("test"))
                .satisfies(e -> assertThat(e.problem().code()).isEqualTo("DRF-UNREADABLE"));
        assertThat(feed.report("production")).isPresent();
    }

    @Test
    void requestsAndAcknowledgementsAreKeptApart() {
        for (var id : List.of("r-1", "r-2")) {
            raw(Topics.DRIFT_ORDERS, "test", wire.encode(new DriftCheckRequested("test", id, "alice", NOW)));
        }
        raw(Topics.DRIFT_ORDERS, "test/u-1/topic", wire.encode(DriftMessages.of(acknowledgement())));
        read(Topics.DRIFT_ORDERS);

        assertThat(feed.asked("test")).contains("r-2");
        assertThat(feed.asked("production")).isEmpty();
        assertThat(feed.acknowledged("test", finding("1"), NOW)).isPresent();
        assertThat(feed.acknowledged("test", finding("2"), NOW)).isEmpty();
        assertThat(feed.acknowledged("test", finding("1"), NOW.plusSeconds(60))).isEmpty();
        assertThat(feed.acknowledged("production", finding("1"), NOW)).isEmpty();
    }

    @Test
    void whatNobodyCanReadSilencesNothing() {
        raw(Topics.DRIFT_ORDERS, "test/u-1/topic", wire.encode(DriftMessages.of(acknowledgement())));
        raw(Topics.DRIFT_ORDERS, "test/u-1/topic", "no avro".getBytes(StandardCharsets.UTF_8));
        read(Topics.DRIFT_ORDERS);

        assertThat(feed.acknowledged("test", finding("1"), NOW)).isEmpty();
    }

    @Test
    void aFeedThatWasNotStartedIsNotReady() {
        assertThat(feed.ready()).isFalse();
    }

    private void read(String topic) {
        feed.of(topic).start().awaitEnd(PATIENCE);
    }

    private void put(DriftReport report) {
        raw(Topics.DRIFT, report.environment(), wire.encode(DriftMessages.of(report)));
    }

    private void raw(String topic, String key, byte[] value) {
        long offset = ends.merge(new TopicPartition(topic, 0), 1L, Long::sum) - 1;
        consumer.updateEndOffsets(ends);
        consumer.schedulePollTask(() -> consumer.addRecord(new ConsumerRecord<>(topic, 0, offset, key, value)));
    }

    private static DriftReport report(String environment, long drifted) {
        return new DriftReport(environment, NOW, NOW, List.of(), drifted, List.of(), Optional.empty(), "");
    }

    private static Acknowledgement acknowledgement() {
        return new Acknowledgement(
                "test", "u-1", "topic", Digest.ofText("1"), "alice", "known", NOW, NOW.plusSeconds(60));
    }

    private static DriftFinding finding(String found) {
        return new DriftFinding(
                "u-1",
                "default",
                new EntryKey("kafka", "topic", "orders"),
                List.of(),
                1,
                Digest.ofText(found),
                "m-1",
                NOW);
    }
}
