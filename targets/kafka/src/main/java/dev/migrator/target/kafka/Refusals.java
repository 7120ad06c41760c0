package dev.migrator.target.kafka;

import dev.migrator.core.error.Problem;
import dev.migrator.core.model.EntryKey;
import dev.migrator.target.DryRunOutcome;
import dev.migrator.target.Judged;
import dev.migrator.target.TargetException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.InvalidPartitionsException;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownServerException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** What a cluster's answer to a question that writes nothing says about the entry. */
final class Refusals {
    static final String PERMISSION = "DRY-PERMISSION";
    static final String CONFIG = "DRY-CONFIG";
    static final String REPLICATION = "DRY-REPLICATION";
    static final String PARTITIONS = "DRY-PARTITIONS";
    static final String NAME = "DRY-NAME";
    static final String COLLISION = "DRY-COLLISION";
    static final String POLICY = "DRY-POLICY";
    static final String ACL = "DRY-ACL";
    static final String REFUSED = "DRY-REFUSED";

    private Refusals() {}

    /** @throws TargetException.Unavailable if the error says nothing about the entry and may pass */
    static DryRunOutcome outcome(EntryKey key, Answer<?> answer) throws TargetException.Unavailable {
        return switch (answer) {
            case null -> new DryRunOutcome.Unchecked(key, "the cluster gave no answer for it");
            case Answer.Ok<?> _ -> new DryRunOutcome.Accepted(key);
            case Answer.Err<?>(var error) -> outcome(key, error);
        };
    }

    private static DryRunOutcome outcome(EntryKey key, Throwable error) throws TargetException.Unavailable {
        return switch (error) {
            // not what was read a moment ago
            case TopicExistsException _, UnknownTopicOrPartitionException _ ->
                new DryRunOutcome.Unchecked(key, Judged.NOT_AS_PLANNED);
            // the broker failed at this very question, and would each time
            case UnknownServerException _ ->
                new DryRunOutcome.Unchecked(key, "the cluster failed to answer: " + Faults.text(error));
            default -> {
                if (Faults.of("dry run of " + key, error) instanceof TargetException.Unavailable later) {
                    throw later;
                }
                yield new DryRunOutcome.Refused(key, problem(key, error));
            }
        };
    }

    private static Problem problem(EntryKey key, Throwable error) {
        var problem = switch (error) {
            case AuthorizationException _ ->
                Problem.of(PERMISSION, "the credential for writing may not do this")
                        .expected("the right to create or alter it")
                        .todo("grant it to the executor's principal");
            case InvalidReplicationFactorException _ ->
                Problem.of(REPLICATION, "the cluster cannot keep that many replicas")
                        .expected("at most as many replicas as there are brokers")
                        .todo("lower replicationFactor for this environment");
            case InvalidPartitionsException _ ->
                Problem.of(PARTITIONS, "the cluster does not take this number of partitions")
                        .expected("a number from 1 up to what the cluster allows")
                        .todo("correct partitions");
            case InvalidTopicException collision
            when String.valueOf(collision.getMessage()).contains("collides") ->
                Problem.of(COLLISION, "a topic is there whose name differs only in '.' and '_'")
                        .expected("names that metrics can tell apart")
                        .todo("choose another name");
            case InvalidTopicException _ ->
                Problem.of(NAME, "the cluster does not take this name")
                        .expected("1 to 249 letters, digits, dots, underscores and hyphens")
                        .todo("correct the name or address");
            // last of its family: the ones above are its special cases
            case InvalidConfigurationException _ ->
                Problem.of(CONFIG, "the cluster does not take this configuration")
                        .expected("a topic configuration and value that the cluster knows")
                        .todo("correct the manifest");
            case PolicyViolationException _ ->
                Problem.of(POLICY, "a policy of the cluster refuses this")
                        .expected("what the cluster's own policy allows")
                        .todo("ask who runs the cluster, or change the manifest");
            default ->
                Problem.of(REFUSED, "the cluster would refuse this")
                        .expected("an operation that the cluster accepts")
                        .todo("correct the manifest");
        };
        return problem.about(key.toString()).found(Faults.text(error));
    }

    static DryRunOutcome acl(EntryKey key, AclShape.Flaw flaw) {
        return new DryRunOutcome.Refused(
                key,
                Problem.of(ACL, "no cluster stores such an ACL")
                        .about(key.toString())
                        .expected(flaw.expected())
                        .found(flaw.found())
                        .todo("correct the manifest"));
    }

    static DryRunOutcome replicas(EntryKey key, int factor, int brokers) {
        return new DryRunOutcome.Refused(
                key,
                Problem.of(REPLICATION, "the cluster cannot keep that many replicas")
                        .about(key.toString())
                        .expected("at most as many replicas as there are brokers, " + brokers)
                        .found(String.valueOf(factor))
                        .todo("lower replicationFactor for this environment"));
    }

    static DryRunOutcome partitions(EntryKey key, PartitionCounts.Growth growth) {
        return new DryRunOutcome.Refused(
                key,
                Problem.of(PARTITIONS, "the cluster does not take this number of partitions")
                        .about(key.toString())
                        .expected("at least the " + growth.from() + " that the topic has")
                        .found(String.valueOf(growth.to()))
                        .todo("correct partitions"));
    }

    static DryRunOutcome noAuthorizer(EntryKey key) {
        return new DryRunOutcome.Refused(
                key,
                Faults.problem(
                                "write " + key,
                                new org.apache.kafka.common.errors.SecurityDisabledException("no authorizer"))
                        .about(key.toString()));
    }

    static DryRunOutcome collision(EntryKey key, EntryKey other) {
        return new DryRunOutcome.Refused(
                key,
                Problem.of(COLLISION, "two topics of the plan differ only in '.' and '_'")
                        .about(key.toString())
                        .expected("names that metrics can tell apart")
                        .found(other.address())
                        .todo("choose another name for one of them"));
    }
}
