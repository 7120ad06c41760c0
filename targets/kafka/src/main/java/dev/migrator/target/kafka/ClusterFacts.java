package dev.migrator.target.kafka;

import dev.migrator.core.error.Problem;
import dev.migrator.target.SystemFacts;
import dev.migrator.target.TargetException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.admin.DescribeClusterResult;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.acl.AclOperation;

/** What a cluster runs on: its release, features, authorizer, and the brokers' defaults that metadata relies on. */
final class ClusterFacts {
    /** Rights on the cluster that change nothing. */
    private static final Set<AclOperation> READING = Set.of(AclOperation.DESCRIBE, AclOperation.DESCRIBE_CONFIGS);

    private final KafkaConnection connection;
    private final ClusterReads reads;
    private final SortedMap<String, String> values = new TreeMap<>();
    private final List<Problem> unread = new ArrayList<>();

    ClusterFacts(KafkaConnection connection, ClusterReads reads) {
        this.connection = connection;
        this.reads = reads;
    }

    SystemFacts read() throws TargetException {
        versions();
        var cluster =
                connection.admin().describeCluster(new DescribeClusterOptions().includeAuthorizedOperations(true));
        var brokers = brokers(cluster);
        values.put("brokers", String.valueOf(brokers.size()));
        var rights = rights(cluster);
        unlessDenied(this::authorizer);
        unlessDenied(() -> values.putAll(new BrokerDefaults(connection).read(brokers)));
        return new SystemFacts(values, rights, unread);
    }

    private void versions() throws TargetException {
        var features = connection.await(
                "describe features", connection.admin().describeFeatures().featureMetadata());
        var software = Optional.ofNullable(features.supportedFeatures().get(Releases.FEATURE));
        values.put(
                SystemFacts.VERSION,
                software.map(range -> Releases.ofLevel(range.maxVersion()))
                        .orElse("unknown, the cluster tells no " + Releases.FEATURE));
        features.finalizedFeatures()
                .forEach((name, range) -> values.put("feature." + name, String.valueOf(range.maxVersionLevel())));
    }

    private Collection<Node> brokers(DescribeClusterResult cluster) throws TargetException {
        return connection.await("describe the cluster", cluster.nodes());
    }

    private Optional<SystemFacts.Rights> rights(DescribeClusterResult cluster) throws TargetException {
        var operations = connection.await("describe the cluster", cluster.authorizedOperations());
        if (operations == null) {
            return Optional.empty();
        }
        var byUse = operations.stream()
                .collect(Collectors.partitioningBy(
                        READING::contains,
                        Collectors.mapping(AclOperation::name, Collectors.toCollection(TreeSet::new))));
        return Optional.of(new SystemFacts.Rights(byUse.get(true), byUse.get(false)));
    }

    private void authorizer() throws TargetException {
        values.put("authorizer", reads.hasAuthorizer() ? "present" : "none");
    }

    private interface Read {
        void run() throws TargetException;
    }

    private void unlessDenied(Read read) throws TargetException {
        try {
            read.run();
        } catch (TargetException.Refused e) {
            if (!e.problem().code().equals(Faults.DENIED)) {
                throw e;
            }
            unread.add(e.problem());
        }
    }
}
