package dev.migrator.target.kafka;

import dev.migrator.target.TargetException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.LogDirDescription;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;

/** Bytes that partitions take on disk: of the copies, the largest. */
final class LogSizes {
    private static final String DOING = "describe log directories";

    private final KafkaConnection connection;

    LogSizes(KafkaConnection connection) {
        this.connection = connection;
    }

    /** @throws TargetException.Refused if a broker or one of its disks does not tell: then a size could be too small */
    Map<TopicPartition, Long> of(Set<TopicPartition> partitions) throws TargetException {
        var brokers = connection
                .await(
                        "describe the cluster",
                        connection.admin().describeCluster().nodes())
                .stream()
                .map(Node::id)
                .toList();
        var answers = connection.await(
                DOING, connection.admin().describeLogDirs(brokers).allDescriptions());
        for (var folder : answers.values().stream()
                .flatMap(folders -> folders.values().stream())
                .toList()) {
            if (folder.error() != null) {
                throw Faults.of(DOING, new ExecutionException(folder.error()));
            }
        }
        var sizes = new HashMap<TopicPartition, Long>();
        answers.values().stream()
                .flatMap(folders -> folders.values().stream())
                .map(LogDirDescription::replicaInfos)
                .forEach(replicas -> replicas.forEach((partition, replica) -> {
                    if (!replica.isFuture() && partitions.contains(partition)) {
                        sizes.merge(partition, replica.size(), Math::max);
                    }
                }));
        return sizes;
    }
}
