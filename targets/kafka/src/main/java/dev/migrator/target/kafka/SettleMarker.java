package dev.migrator.target.kafka;

import dev.migrator.core.kinds.AclTuple;
import dev.migrator.core.kinds.QuotaEntity;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.kafka.common.acl.AccessControlEntryFilter;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePatternFilter;
import org.apache.kafka.common.resource.ResourceType;

/**
 * What {@link Settlement} writes last and waits for. It denies a principal that nobody is something on a topic that does
 * not exist, so it changes nobody's rights. The time of its making is in its name: a marker that a crash left behind is
 * told from one in use.
 *
 * @param name reserved name, e.g. {@code __migrator_settle_1767225600000_1f0a…}
 */
record SettleMarker(String name) {
    static final String PREFIX = QuotaEntity.RESERVED;
    static final String PRINCIPAL_NAME = "migrator.settle.marker";
    private static final String PRINCIPAL = "User:" + PRINCIPAL_NAME;
    private static final Pattern NAME = Pattern.compile(Pattern.quote(PREFIX) + "([0-9]{13})_[0-9a-f]{32}");

    /** Every marker that is an ACL, whoever made it. */
    static final AclBindingFilter ANY_ACL = new AclBindingFilter(
            new ResourcePatternFilter(ResourceType.TOPIC, null, PatternType.LITERAL),
            new AccessControlEntryFilter(PRINCIPAL, null, AclOperation.DESCRIBE, AclPermissionType.DENY));

    static SettleMarker at(Instant now) {
        return new SettleMarker(
                PREFIX + now.toEpochMilli() + "_" + UUID.randomUUID().toString().replace("-", ""));
    }

    AclBinding acl() {
        return Acls.binding(new AclTuple(PRINCIPAL, "*", "DESCRIBE", "DENY", "TOPIC", "LITERAL", name));
    }

    static boolean isMarker(AclTuple tuple) {
        return tuple.principal().equals(PRINCIPAL) && tuple.resourceName().startsWith(PREFIX);
    }

    /** When it was made, empty if the name is none of a marker. */
    static Optional<Instant> madeAt(String name) {
        var matcher = NAME.matcher(name);
        return matcher.matches()
                ? Optional.of(Instant.ofEpochMilli(Long.parseLong(matcher.group(1))))
                : Optional.empty();
    }
}
