package dev.migrator.target.kafka;

import dev.migrator.core.model.EntryKey;
import dev.migrator.target.TargetException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/** Whether topics hold records: earliest and latest offset of every partition are the same, or they are not. */
final class EmptyTopics {
    sealed interface Look {
        record Empty() implements Look {}

        record HoldsData() implements Look {}

        /** A partition gave no answer; as long as that is so, the topic does not count as empty. */
        record Unproven(Throwable error) implements Look {}
    }

    private final KafkaConnection connection;

    EmptyTopics(KafkaConnection connection) {
        this.connection = connection;
    }

    /** @param partitions number of partitions by topic */
    Map<EntryKey, Look> look(Map<EntryKey, Integer> partitions) throws TargetException {
        var all = new LinkedHashMap<TopicPartition, EntryKey>();
        partitions.forEach((key, count) -> {
            for (int partition = 0; partition < count; partition++) {
                all.put(new TopicPartition(key.address(), partition), key);
            }
        });
        var looks = new HashMap<EntryKey, Look>();
        if (all.isEmpty()) {
            return looks;
        }
        var earliest = offsets(all, OffsetSpec.earliest());
        var latest = offsets(all, OffsetSpec.latest());
        all.forEach((partition, key) ->
                looks.merge(key, compare(earliest.get(partition), latest.get(partition)), EmptyTopics::worse));
        return looks;
    }

    private Map<TopicPartition, Answer<Long>> offsets(Map<TopicPartition, EntryKey> partitions, OffsetSpec spec)
            throws TargetException {
        Map<TopicPartition, OffsetSpec> request =
                partitions.keySet().stream().collect(Collectors.toMap(partition -> partition, _ -> spec));
        var sent = connection.admin().listOffsets(request);
        var asked = new LinkedHashMap<TopicPartition, KafkaFuture<Long>>();
        partitions
                .keySet()
                .forEach(partition -> asked.put(
                        partition,
                        sent.partitionResult(partition).thenApply(ListOffsetsResult.ListOffsetsResultInfo::offset)));
        return connection.awaitEach("look for records in " + partitions.size() + " partitions", asked);
    }

    private static Look compare(Answer<Long> earliest, Answer<Long> latest) {
        if (earliest instanceof Answer.Err<Long>(var error)) {
            return new Look.Unproven(error);
        }
        return switch (latest) {
            case Answer.Err<Long>(var error) -> new Look.Unproven(error);
            case Answer.Ok<Long> _ -> earliest.equals(latest) ? new Look.Empty() : new Look.HoldsData();
        };
    }

    private static Look worse(Look one, Look other) {
        return rank(one) >= rank(other) ? one : other;
    }

    private static int rank(Look look) {
        return switch (look) {
            case Look.Empty _ -> 0;
            case Look.Unproven _ -> 1;
            case Look.HoldsData _ -> 2;
        };
    }
}
