package dev.migrator.core.kinds;

import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A Kafka access rule. The tuple is all there is to it: its {@link #address()} is both the entry's name and its identity.
 *
 * @param principal type and name, e.g. {@code User:refund}
 * @param host address the rule holds for, {@code *} for every one
 * @param operation upper case as in Kafka: {@code READ}, {@code DESCRIBE_CONFIGS}, {@code ALL}, …
 * @param permission {@code ALLOW} or {@code DENY}
 * @param resourceType {@code TOPIC}, {@code GROUP}, {@code CLUSTER}, {@code TRANSACTIONAL_ID}, …
 * @param patternType {@code LITERAL} or {@code PREFIXED}
 * @param resourceName name or prefix; {@code kafka-cluster} for the cluster; a literal {@code *} means all
 */
public record AclTuple(
        String principal,
        String host,
        String operation,
        String permission,
        String resourceType,
        String patternType,
        String resourceName)
        implements Comparable<AclTuple> {
    private static final PercentCode CODE = new PercentCode("|");

    public AclTuple {
        for (var part :
                new String[] {principal, host, operation, permission, resourceType, patternType, resourceName}) {
            Objects.requireNonNull(part);
        }
    }

    /** The parts joined with {@code |}; {@code %} and {@code |} inside a part are percent-encoded. */
    public String address() {
        return Stream.of(principal, host, operation, permission, resourceType, patternType, resourceName)
                .map(CODE::encode)
                .collect(Collectors.joining("|"));
    }

    /** @throws ProblemException with code {@code ACL-ADDRESS} if the text is not what {@link #address()} gives */
    public static AclTuple parse(String address) {
        var parts = List.of(address.split("\\|", -1));
        if (parts.size() != 7) {
            throw malformed(address, parts.size() + " parts");
        }
        try {
            var read = parts.stream().map(CODE::decode).toList();
            return new AclTuple(
                    read.get(0), read.get(1), read.get(2), read.get(3), read.get(4), read.get(5), read.get(6));
        } catch (IllegalArgumentException e) {
            throw malformed(address, e.getMessage());
        }
    }

    private static ProblemException malformed(String address, String found) {
        return new ProblemException(Problem.of("ACL-ADDRESS", "the text is not the address of an ACL")
                .about(address)
                .expected("principal|host|operation|permission|resourceType|patternType|resourceName")
                .found(found));
    }

    /** Whether this is one of the two rules that mark the literal topic as retired. See DESIGN section 6. */
    public boolean marksRetiredTopic() {
        return principal.equals("User:*")
                && host.equals("*")
                && permission.equals("DENY")
                && (operation.equals("READ") || operation.equals("WRITE"))
                && resourceType.equals("TOPIC")
                && patternType.equals("LITERAL")
                && !resourceName.equals("*");
    }

    /** The two rules that mark a topic as retired. */
    public static List<AclTuple> retirementOf(String topic) {
        return Stream.of("READ", "WRITE")
                .map(operation -> new AclTuple("User:*", "*", operation, "DENY", "TOPIC", "LITERAL", topic))
                .toList();
    }

    @Override
    public int compareTo(AclTuple other) {
        return address().compareTo(other.address());
    }
}
