package dev.migrator.target.kafka;

import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.kinds.AclTuple;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AccessControlEntryFilter;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourcePatternFilter;
import org.apache.kafka.common.resource.ResourceType;

/** ACL tuples and Kafka's own form of them. */
final class Acls {
    /** Every rule that can mark a topic as retired, or as being removed. */
    static final AclBindingFilter RETIREMENTS = new AclBindingFilter(
            new ResourcePatternFilter(ResourceType.TOPIC, null, PatternType.LITERAL),
            new AccessControlEntryFilter(null, "*", AclOperation.ANY, AclPermissionType.DENY));

    /** Nobody's name: a rule about it changes nobody's rights. */
    private static final String REMOVER = "User:migrator.removal.marker";

    private Acls() {}

    static AclTuple tuple(AclBinding binding) {
        return new AclTuple(
                binding.entry().principal(),
                binding.entry().host(),
                binding.entry().operation().name(),
                binding.entry().permissionType().name(),
                binding.pattern().resourceType().name(),
                binding.pattern().patternType().name(),
                binding.pattern().name());
    }

    /** @throws ProblemException {@code ACL-ADDRESS} if the address is none of a rule that a cluster can hold */
    static AclBinding binding(String address) {
        return binding(AclTuple.parse(address));
    }

    static AclBinding binding(AclTuple tuple) {
        try {
            var binding = new AclBinding(
                    new ResourcePattern(
                            ResourceType.valueOf(tuple.resourceType()),
                            tuple.resourceName(),
                            PatternType.valueOf(tuple.patternType())),
                    new AccessControlEntry(
                            tuple.principal(),
                            tuple.host(),
                            AclOperation.valueOf(tuple.operation()),
                            AclPermissionType.valueOf(tuple.permission())));
            if (!binding.isUnknown()) {
                return binding;
            }
        } catch (IllegalArgumentException _) {
            // a word that Kafka does not know, or one for filters only
        }
        throw new ProblemException(Problem.of("ACL-ADDRESS", "no cluster can hold this ACL")
                .about(tuple.address())
                .expected("operation, permission, resource type and pattern type in Kafka's words")
                .found(String.join(
                        ", ", tuple.operation(), tuple.permission(), tuple.resourceType(), tuple.patternType())));
    }

    /** What a topic carries, besides the marks of retirement, from when its removal begins until it is decided. */
    static AclTuple removalOf(String topic) {
        return new AclTuple(REMOVER, "*", "DESCRIBE", "DENY", "TOPIC", "LITERAL", topic);
    }

    static boolean marksRemoval(AclTuple tuple) {
        return tuple.principal().equals(REMOVER);
    }

    /**
     * Topics that are out of use for good: one whose removal was cut off is not, so that whoever repeats the removal
     * finds it as it was, and finishes it.
     */
    static Set<String> outOfUse(Collection<AclTuple> tuples) {
        var topics = new TreeSet<>(retiredTopics(tuples));
        tuples.stream().filter(Acls::marksRemoval).map(AclTuple::resourceName).forEach(topics::remove);
        return topics;
    }

    /** Topics that carry both marks. */
    static Set<String> retiredTopics(Collection<AclTuple> tuples) {
        var marks = new HashMap<String, Set<String>>();
        for (var tuple : tuples) {
            if (tuple.marksRetiredTopic()) {
                marks.computeIfAbsent(tuple.resourceName(), _ -> new HashSet<>())
                        .add(tuple.operation());
            }
        }
        var retired = new TreeSet<String>();
        marks.forEach((topic, operations) -> {
            if (operations.size() == AclTuple.retirementOf(topic).size()) {
                retired.add(topic);
            }
        });
        return retired;
    }
}
