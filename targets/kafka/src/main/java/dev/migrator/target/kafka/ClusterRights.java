package dev.migrator.target.kafka;

import dev.migrator.core.error.Problem;
import dev.migrator.core.model.EntryKey;
import dev.migrator.target.DryRunOutcome;
import dev.migrator.target.TargetException;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.common.acl.AclOperation;

/**
 * What the credential may do to the cluster itself. {@code ALTER} is behind every write: ACLs need it, and so do retiring
 * and the ACL that {@link Settlement} writes before and after each batch.
 *
 * @param granted on the cluster; empty if the brokers do not tell
 */
record ClusterRights(boolean authorizer, Optional<Set<AclOperation>> granted) {
    private static final String UNKNOWN = "the brokers do not tell whether the credential may alter ACLs";

    static ClusterRights of(KafkaConnection connection, ClusterReads reads) throws TargetException {
        if (!reads.hasAuthorizer()) {
            return new ClusterRights(false, Optional.empty());
        }
        var options = new DescribeClusterOptions().includeAuthorizedOperations(true);
        var granted = connection.await(
                "describe the rights on the cluster",
                connection.admin().describeCluster(options).authorizedOperations());
        return new ClusterRights(true, Optional.ofNullable(granted));
    }

    /** Why nothing can be written with this credential; empty if this does not stand in the way. */
    Optional<DryRunOutcome> obstacle(EntryKey key) {
        if (!authorizer
                || granted.filter(rights -> rights.contains(AclOperation.ALTER)).isPresent()) {
            return Optional.empty();
        }
        return Optional.of(
                granted.isEmpty()
                        ? new DryRunOutcome.Unchecked(key, UNKNOWN)
                        : new DryRunOutcome.Refused(
                                key,
                                Problem.of(
                                                Refusals.PERMISSION,
                                                "the credential for writing lacks a right on the cluster")
                                        .about(key.toString())
                                        .expected("ALTER on the cluster: settling, ACLs and retiring need it")
                                        .found("granted: "
                                                + granted.get().stream()
                                                        .map(Enum::name)
                                                        .sorted()
                                                        .toList())
                                        .todo("grant it to the executor's principal")));
    }
}
