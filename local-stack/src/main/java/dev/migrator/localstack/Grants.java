package dev.migrator.localstack;

import static org.apache.kafka.common.acl.AclOperation.ALL;
import static org.apache.kafka.common.acl.AclOperation.ALTER;
import static org.apache.kafka.common.acl.AclOperation.ALTER_CONFIGS;
import static org.apache.kafka.common.acl.AclOperation.CREATE;
import static org.apache.kafka.common.acl.AclOperation.DELETE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE_CONFIGS;
import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclOperation.WRITE;

import dev.migrator.localstack.Environment.Access;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** Who may do what on the brokers. Everything that is not granted here is refused. */
final class Grants {
    private static final String TOPICS = "migration.";
    private static final String INTERNAL = "migration-";
    private static final List<String> SERVICES = List.of("planner", "snapshotter", "executor", "verifier", "console");

    /** The stated writers of each topic; no one else may write it. */
    private record Writers(String topic, List<String> principals) {}

    private static final List<Writers> WRITERS = List.of(
            // the executor asks for the migrations of fleets
            new Writers("changes", List.of("console", "executor", StackSettings.REQUESTER)),
            new Writers("tasks", List.of("executor")),
            new Writers("plans", List.of("planner")),
            new Writers("snapshots", List.of("snapshotter")),
            new Writers("approvals", List.of("console")),
            new Writers("commands", List.of("console")),
            new Writers("batches", List.of("executor")),
            new Writers("results", List.of("executor")),
            new Writers("verdicts", List.of("verifier")),
            new Writers("rollbacks", List.of("verifier")),
            new Writers("signals", List.of(StackSettings.REQUESTER)),
            new Writers("status", List.of("executor")),
            new Writers("inventory", List.of("executor")),
            new Writers("drift", List.of("planner")),
            new Writers("drift-orders", List.of("console")),
            new Writers("drills", List.of("executor")),
            new Writers("fleets", List.of("console", StackSettings.REQUESTER)),
            new Writers("fleet-status", List.of("executor")),
            new Writers("audit", SERVICES),
            new Writers("dead-letters", SERVICES));

    private final List<AclBinding> bindings = new ArrayList<>();

    private Grants() {}

    /** On the cluster that the services talk over: one writer for each topic. */
    static List<AclBinding> control() {
        Grants grants = new Grants();
        ResourcePattern internalGroups = new ResourcePattern(ResourceType.GROUP, INTERNAL, PatternType.PREFIXED);
        for (String service : SERVICES) {
            grants.allow(service, prefixed(TOPICS), CREATE, DESCRIBE, DESCRIBE_CONFIGS, READ);
            grants.allow(service, internalGroups, READ, DESCRIBE, DELETE);
            grants.allow(service, cluster(), DESCRIBE);
        }
        for (Writers writers : WRITERS) {
            writers.principals().forEach(who -> grants.allow(who, topic(TOPICS + writers.topic()), WRITE));
        }
        // what Kafka Streams makes for the lifecycle
        grants.allow("executor", prefixed(INTERNAL), ALL);
        grants.allow(
                "executor",
                new ResourcePattern(ResourceType.TRANSACTIONAL_ID, INTERNAL, PatternType.PREFIXED),
                WRITE,
                DESCRIBE);
        String outside = StackSettings.REQUESTER;
        for (String written : List.of("changes", "fleets")) {
            grants.allow(outside, topic(TOPICS + written), DESCRIBE);
        }
        for (String read : List.of("status", "fleet-status")) {
            grants.allow(outside, topic(TOPICS + read), READ, DESCRIBE);
        }
        grants.allow(outside, new ResourcePattern(ResourceType.GROUP, outside, PatternType.PREFIXED), READ, DESCRIBE);
        return List.copyOf(grants.bindings);
    }

    /** On a cluster whose metadata is migrated: reading, writing and checking are three users. */
    static List<AclBinding> target() {
        Grants grants = new Grants();
        String read = Access.READ.user();
        String write = Access.WRITE.user();
        String check = Access.CHECK.user();
        for (String reader : List.of(read, write)) {
            grants.allow(reader, topic("*"), DESCRIBE, DESCRIBE_CONFIGS);
            grants.allow(reader, cluster(), DESCRIBE, DESCRIBE_CONFIGS);
            grants.allow(reader, groups("*"), DESCRIBE);
        }
        grants.allow(write, topic("*"), CREATE, ALTER, ALTER_CONFIGS, DELETE);
        grants.allow(write, cluster(), ALTER, ALTER_CONFIGS);
        grants.allow(check, topic("*"), DESCRIBE, READ, WRITE);
        grants.allow(check, groups("*"), DESCRIBE, READ);
        for (String admin : List.of(StackSettings.SHOP_ADMIN, StackSettings.CONNECT_WORKER)) {
            grants.allow(admin, topic("*"), ALL);
            grants.allow(admin, groups("*"), ALL);
            grants.allow(admin, cluster(), ALL);
            grants.allow(admin, new ResourcePattern(ResourceType.TRANSACTIONAL_ID, "*", PatternType.LITERAL), ALL);
        }
        return List.copyOf(grants.bindings);
    }

    private void allow(String user, ResourcePattern resource, AclOperation... operations) {
        for (AclOperation operation : operations) {
            bindings.add(new AclBinding(
                    resource, new AccessControlEntry("User:" + user, "*", operation, AclPermissionType.ALLOW)));
        }
    }

    private static ResourcePattern topic(String name) {
        return new ResourcePattern(ResourceType.TOPIC, name, PatternType.LITERAL);
    }

    private static ResourcePattern prefixed(String prefix) {
        return new ResourcePattern(ResourceType.TOPIC, prefix, PatternType.PREFIXED);
    }

    private static ResourcePattern groups(String name) {
        return new ResourcePattern(ResourceType.GROUP, name, PatternType.LITERAL);
    }

    private static ResourcePattern cluster() {
        return new ResourcePattern(ResourceType.CLUSTER, "kafka-cluster", PatternType.LITERAL);
    }
}
