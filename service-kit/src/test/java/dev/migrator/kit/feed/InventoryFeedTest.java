package dev.migrator.kit.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.inventory.InventoryChange;
import dev.migrator.core.inventory.KnownEntry;
import dev.migrator.core.model.EntryKey;
import dev.migrator.kit.Unavailable;
import dev.migrator.kit.avro.FakeSchemas;
import dev.migrator.kit.avro.InventoryMessages;
import dev.migrator.kit.avro.Wire;
import dev.migrator.kit.topics.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The inventory as a planner reads it: all of it, or none. */
class InventoryFeedTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final TopicPartition ZERO = new TopicPartition(Topics.INVENTORY, 0);
    private static final TopicPartition ONE = new TopicPartition(Topics.INVENTORY, 1);

    @TempDir
    Path folder;

    private final Map<TopicPartition, Long> ends = new HashMap<>(Map.of(ZERO, 0L, ONE, 0L));
    private final Queue<MockConsumer<String, byte[]>> consumers = new ArrayDeque<>();
    private final MockConsumer<String, byte[]> first = consumer();
    private Wire wire;
    private InventoryFeed feed;

    @BeforeEach
    void open() {
        wire = new Wire(new FakeSchemas(), folder);
        consumers.add(first);
        feed = new InventoryFeed(consumers::remove, wire, Duration.ofSeconds(10));
    }

    @AfterEach
    void close() {
        feed.close();
    }

    @Test
    void whoAsksGetsEverythingThatWasThereWhenTheyAsked() {
        var orders = entry("u-1", "orders", false);
        put(first, ZERO, orders);
        put(first, ONE, entry("u-2", "refunds", true));
        feed.start();

        var inventory = feed.current("production");

        assertThat(inventory.at(orders.key())).contains(orders);
        assertThat(inventory.find("u-2", "topic").orElseThrow().deleted()).isTrue();
        assertThat(feed.current("test").size()).isZero();
    }

    @Test
    void theNewestRecordOfAKeyCountsAndOneWithoutValueForgetsIt() {
        put(first, ZERO, entry("u-1", "orders.v1", false));
        put(first, ZERO, entry("u-1", "orders.v2", false));
        put(first, ZERO, entry("u-2", "gone", false));
        raw(first, ZERO, "production/u-2/topic", null);
        feed.start();

        assertThat(feed.current("production").live().map(known -> known.key().address()))
                .containsExactly("orders.v2");
    }

    @Test
    void aTopicThatCannotBeReadToItsEndIsNotAnEmptyInventory() {
        feed = new InventoryFeed(consumers::remove, wire, Duration.ofMillis(300));
        ends.put(ONE, 1L); // a record that never comes
        first.updateEndOffsets(ends);
        feed.start();

        assertThatExceptionOfType(Unavailable.class).isThrownBy(() -> feed.current("production"));
        assertThat(feed.ready()).isFalse();
    }

    @Test
    void aFeedThatWasNotStartedKnowsNothingAndSaysSo() {
        feed = new InventoryFeed(consumers::remove, wire, Duration.ofMillis(100));

        assertThatExceptionOfType(Unavailable.class).isThrownBy(() -> feed.current("production"));
    }

    @Test
    void aRecordThatNobodyCanReadStopsItsEnvironmentUntilItIsPutRight() {
        put(first, ZERO, entry("u-1", "orders", false));
        raw(first, ZERO, "production/u-9/topic", "no avro".getBytes(StandardCharsets.UTF_8));
        feed.start();

        assertThatExceptionOfType(Unavailable.class)
                .isThrownBy(() -> feed.current("production"))
                .satisfies(e -> assertThat(e.problem().code()).isEqualTo("INV-UNREADABLE"))
                .satisfies(e -> assertThat(e.problem().thing()).contains("production/u-9/topic"));
        assertThat(feed.current("test").size()).isZero();

        first.schedulePollTask(() -> put(first, ZERO, entry("u-9", "refunds", false)));
        await().untilAsserted(
                        () -> assertThat(feed.current("production").live()).hasSize(2));
    }

    @Test
    void anotherConsumerGoesOnWhereTheFirstOneFailed() {
        put(first, ZERO, entry("u-1", "orders.v1", false));
        feed.start();
        assertThat(feed.current("production").size()).isEqualTo(1);
        var second = consumer();
        put(second, ZERO, entry("u-1", "orders.v2", false));
        consumers.add(second);

        first.setPollException(new KafkaException("the broker went away"));

        await().untilAsserted(() -> assertThat(feed.current("production")
                        .live()
                        .map(known -> known.key().address()))
                .containsExactly("orders.v2"));
        assertThat(second.position(ZERO)).isEqualTo(2);
    }

    @Test
    void itIsReadyWhenItHasReadWhatWasThere() {
        put(first, ZERO, entry("u-1", "orders", false));
        assertThat(feed.ready()).isFalse();

        feed.start();

        await().until(feed::ready);
    }

    private MockConsumer<String, byte[]> consumer() {
        var consumer = new MockConsumer<String, byte[]>("earliest");
        var node = Node.noNode();
        consumer.updatePartitions(
                Topics.INVENTORY,
                List.of(
                        new PartitionInfo(Topics.INVENTORY, 0, node, new Node[0], new Node[0]),
                        new PartitionInfo(Topics.INVENTORY, 1, node, new Node[0], new Node[0])));
        consumer.updateBeginningOffsets(Map.of(ZERO, 0L, ONE, 0L));
        consumer.updateEndOffsets(ends);
        return consumer;
    }

    private void put(MockConsumer<String, byte[]> consumer, TopicPartition partition, KnownEntry entry) {
        raw(
                consumer,
                partition,
                InventoryMessages.key("production", entry.uid(), entry.key().kind()),
                wire.encode(InventoryMessages.of(entry, "production", Digest.ofText("plan"), NOW)));
    }

    /** Read once the feed has got its partitions. */
    private void raw(MockConsumer<String, byte[]> consumer, TopicPartition partition, String key, byte[] value) {
        long offset = ends.merge(partition, 1L, Long::sum) - 1;
        consumer.updateEndOffsets(ends);
        Runnable add = () ->
                consumer.addRecord(new ConsumerRecord<>(Topics.INVENTORY, partition.partition(), offset, key, value));
        if (consumer.assignment().isEmpty()) {
            consumer.schedulePollTask(add);
        } else {
            add.run();
        }
    }

    @Test
    void whoOnlyWantsWhatWasRetiredKeepsNothingElseAndForgetsWhatIsInUseAgainOrPurged() {
        feed.close();
        feed = InventoryFeed.ofRetired(consumers::remove, wire, Duration.ofSeconds(10));
        put(first, ZERO, entry("u-1", "orders", false));
        put(first, ZERO, retired("u-2", "refunds"));
        put(first, ZERO, retired("u-3", "returned"));
        put(first, ZERO, retired("u-4", "purged"));
        put(first, ZERO, entry("u-3", "returned", false));
        put(first, ZERO, entry("u-4", "purged", true));
        feed.start();

        assertThat(feed.current("production").size()).isOne();
        assertThat(feed.current("production").find("u-2", "topic")).contains(retired("u-2", "refunds"));
    }

    private static KnownEntry retired(String uid, String address) {
        return new InventoryChange.Gone(uid, "orders", new EntryKey("kafka", "topic", address))
                .retired("life-1", "m-1", NOW);
    }

    private static KnownEntry entry(String uid, String address, boolean deleted) {
        return new KnownEntry(
                uid,
                "orders",
                new EntryKey("kafka", "topic", address),
                "life-1",
                new TreeMap<>(Map.of("partitions", Digest.ofText("3"))),
                true,
                List.of("old"),
                deleted,
                "m-1");
    }
}
