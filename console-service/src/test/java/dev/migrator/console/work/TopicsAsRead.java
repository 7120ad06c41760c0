package dev.migrator.console.work;

import dev.migrator.kit.avro.Wire;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** Topics of one partition with what a test puts there, read by assignment as {@link ReportLog} does. */
public final class TopicsAsRead {
    private final Wire wire;
    private final Map<String, List<ConsumerRecord<String, byte[]>>> topics = new HashMap<>();
    /** Topics that say they have an end that is never reached. */
    private final List<String> stuck = new ArrayList<>();

    public TopicsAsRead(Wire wire) {
        this.wire = wire;
    }

    public TopicsAsRead put(String topic, String key, long atMillis, SpecificRecord value) {
        return put(topic, key, atMillis, wire.encode(value));
    }

    TopicsAsRead put(String topic, String key, long atMillis, byte[] value) {
        var records = topics.computeIfAbsent(topic, _ -> new ArrayList<>());
        records.add(new ConsumerRecord<>(
                topic,
                0,
                records.size(),
                atMillis,
                TimestampType.CREATE_TIME,
                0,
                value.length,
                key,
                value,
                new RecordHeaders(),
                java.util.Optional.empty()));
        return this;
    }

    TopicsAsRead stuck(String topic) {
        stuck.add(topic);
        return this;
    }

    public MockConsumer<String, byte[]> consumer() {
        return new MockConsumer<>("earliest") {
            @Override
            public synchronized List<PartitionInfo> partitionsFor(String topic) {
                return List.of(new PartitionInfo(topic, 0, Node.noNode(), new Node[0], new Node[0]));
            }

            @Override
            public synchronized void assign(Collection<TopicPartition> partitions) {
                super.assign(partitions);
                for (var partition : partitions) {
                    var records = topics.getOrDefault(partition.topic(), List.of());
                    updateBeginningOffsets(Map.of(partition, 0L));
                    updateEndOffsets(
                            Map.of(partition, (long) records.size() + (stuck.contains(partition.topic()) ? 1 : 0)));
                    records.forEach(this::addRecord);
                }
            }

            @Override
            public synchronized Map<TopicPartition, OffsetAndTimestamp> offsetsForTimes(
                    Map<TopicPartition, Long> times) {
                var found = new HashMap<TopicPartition, OffsetAndTimestamp>();
                times.forEach((partition, since) -> found.put(
                        partition,
                        topics.getOrDefault(partition.topic(), List.of()).stream()
                                .filter(record -> record.timestamp() >= since)
                                .map(record -> new OffsetAndTimestamp(record.offset(), record.timestamp()))
                                .findFirst()
                                .orElse(null)));
                return found;
            }
        };
    }
}
