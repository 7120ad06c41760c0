package dev.migrator.target.kafka;

import dev.migrator.target.TargetException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/** Where the records of partitions begin, end, and how old they are: one request of a kind for all partitions. */
final class OffsetReads {
    private static final String DOING = "read offsets";

    private final KafkaConnection connection;

    OffsetReads(KafkaConnection connection) {
        this.connection = connection;
    }

    /**
     * @param begins earliest offset
     * @param ends latest offset
     * @param newest largest time of a record by topic, in ms since 1970; topics without a record are missing
     * @param unanswered why the offsets of a topic are not known, by topic
     */
    record Seen(
            Map<TopicPartition, Long> begins,
            Map<TopicPartition, Long> ends,
            Map<String, Long> newest,
            Map<String, String> unanswered) {
        long records(TopicPartition partition) {
            return Math.max(0, ends.getOrDefault(partition, 0L) - begins.getOrDefault(partition, 0L));
        }

        long records(String topic) {
            return ends.keySet().stream()
                    .filter(partition -> partition.topic().equals(topic))
                    .mapToLong(this::records)
                    .sum();
        }
    }

    Seen of(Set<TopicPartition> partitions) throws TargetException {
        var unanswered = new TreeMap<String, String>();
        var begins = offsets(partitions, _ -> OffsetSpec.earliest(), unanswered);
        var ends = offsets(partitions, _ -> OffsetSpec.latest(), unanswered);
        var newest = new HashMap<String, Long>();
        ask(partitions, _ -> OffsetSpec.maxTimestamp()).forEach((partition, answer) -> {
            switch (answer) {
                case Answer.Ok<ListOffsetsResultInfo>(var found) -> {
                    if (found.offset() >= 0 && found.timestamp() >= 0) {
                        newest.merge(partition.topic(), found.timestamp(), Math::max);
                    }
                }
                case Answer.Err<ListOffsetsResultInfo>(var error) ->
                    unanswered.put(partition.topic(), Reading.why(DOING, error));
            }
        });
        return new Seen(values(begins), values(ends), newest, unanswered);
    }

    /**
     * The first offset whose record is not older than a time; -1 where all are older.
     *
     * @param times in ms since 1970; a partition that gives no answer is missing from the result
     */
    Map<TopicPartition, Long> firstSince(Map<TopicPartition, Long> times) throws TargetException {
        return values(
                offsets(times.keySet(), partition -> OffsetSpec.forTimestamp(times.get(partition)), new TreeMap<>()));
    }

    private Map<TopicPartition, ListOffsetsResultInfo> offsets(
            Set<TopicPartition> partitions, Function<TopicPartition, OffsetSpec> spec, Map<String, String> unanswered)
            throws TargetException {
        var found = new HashMap<TopicPartition, ListOffsetsResultInfo>();
        ask(partitions, spec).forEach((partition, answer) -> {
            switch (answer) {
                case Answer.Ok<ListOffsetsResultInfo>(var info) -> found.put(partition, info);
                case Answer.Err<ListOffsetsResultInfo>(var error) ->
                    unanswered.put(partition.topic(), Reading.why(DOING, error));
            }
        });
        return found;
    }

    private Map<TopicPartition, Answer<ListOffsetsResultInfo>> ask(
            Set<TopicPartition> partitions, Function<TopicPartition, OffsetSpec> spec) throws TargetException {
        if (partitions.isEmpty()) {
            return Map.of();
        }
        var sent = connection
                .admin()
                .listOffsets(partitions.stream().collect(Collectors.toMap(partition -> partition, spec)));
        var asked = new LinkedHashMap<TopicPartition, KafkaFuture<ListOffsetsResultInfo>>();
        partitions.forEach(partition -> asked.put(partition, sent.partitionResult(partition)));
        return connection.awaitEach(DOING, asked);
    }

    private static Map<TopicPartition, Long> values(Map<TopicPartition, ListOffsetsResultInfo> found) {
        var values = new HashMap<TopicPartition, Long>();
        found.forEach((partition, info) -> values.put(partition, info.offset()));
        return values;
    }
}
