package dev.migrator.target.kafka;

import java.util.Optional;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.Resource;
import org.apache.kafka.common.resource.ResourceType;

/**
 * What a controller asks of an ACL before it stores it. Kafka cannot be asked without storing: there is no
 * {@code validateOnly} for ACLs.
 */
final class AclShape {
    /** @param expected and {@code found} as a problem tells them */
    record Flaw(String expected, String found) {}

    private AclShape() {}

    /** Why no cluster stores this ACL; empty if any does. */
    static Optional<Flaw> flaw(AclBinding binding) {
        var pattern = binding.pattern();
        var entry = binding.entry();
        if (pattern.resourceType() == ResourceType.ANY) {
            return flaw("one type of resource", "ANY, which is for searches");
        }
        if (pattern.patternType() != PatternType.LITERAL && pattern.patternType() != PatternType.PREFIXED) {
            return flaw("LITERAL or PREFIXED", pattern.patternType() + ", which is for searches");
        }
        if (entry.operation() == AclOperation.ANY) {
            return flaw("an operation, or ALL", "ANY, which is for searches");
        }
        if (entry.permissionType() == AclPermissionType.ANY) {
            return flaw("ALLOW or DENY", "ANY, which is for searches");
        }
        if (pattern.name().isEmpty()) {
            return flaw("the name of a resource", "an empty name");
        }
        if (pattern.resourceType() == ResourceType.CLUSTER && !pattern.name().equals(Resource.CLUSTER_NAME)) {
            return flaw("the one cluster resource, " + Resource.CLUSTER_NAME, pattern.name());
        }
        if (entry.principal().indexOf(':') < 0) {
            return flaw("a principal with its type, e.g. User:alice", entry.principal());
        }
        return Optional.empty();
    }

    private static Optional<Flaw> flaw(String expected, String found) {
        return Optional.of(new Flaw(expected, found));
    }
}
