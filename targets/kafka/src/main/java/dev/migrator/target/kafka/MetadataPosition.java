package dev.migrator.target.kafka;

import dev.migrator.target.TargetException;
import java.util.Optional;

/** Where a cluster is in the log of its metadata, as the leader of its controllers tells it. */
final class MetadataPosition {
    private MetadataPosition() {}

    /** Empty if the credential may not describe the cluster, or the cluster keeps its metadata elsewhere. */
    static Optional<String> read(KafkaConnection connection) throws TargetException.Unavailable {
        var quorum = Reading.of(() -> connection.await(
                "describe the metadata quorum",
                connection.admin().describeMetadataQuorum().quorumInfo()));
        // with the epoch: an offset that a lost leader had told may come again
        return quorum instanceof Reading.Known(var info)
                ? Optional.of("epoch " + info.leaderEpoch() + ", high watermark " + info.highWatermark())
                : Optional.empty();
    }
}
