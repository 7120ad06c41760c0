package dev.migrator.adoption;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.cli.ExitCode;
import dev.migrator.localstack.server.KafkaSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each tool's files against a real broker that holds what that tool makes of them: written down here by hand, from the
 * tools' documentation, so that a misread format shows as a difference.
 */
class ImportTest {
    private static final Path FIXTURES = Path.of("src/test/resources/imports");

    @TempDir
    Path folder;

    /**
     * @param prefix of all names of this case, which keeps the cases apart in one broker
     * @param topics as the tool makes them: name, partitions, configs
     * @param rules as the tool makes them: permission, principal, host, operations, type, pattern, name
     * @param notUnderstood what has to be said
     */
    record Case(
            String format,
            String file,
            String prefix,
            List<Topic> topics,
            List<String> rules,
            List<String> notUnderstood) {
        @Override
        public String toString() {
            return format;
        }
    }

    record Topic(String name, int partitions, Map<String, String> configs) {}

    static Stream<Case> cases() {
        return Stream.of(
                new Case(
                        "jikkou",
                        "jikkou.yaml",
                        "jk",
                        List.of(
                                new Topic(
                                        "jk.orders",
                                        3,
                                        Map.of(
                                                "retention.ms",
                                                "2592000000",
                                                "cleanup.policy",
                                                "delete",
                                                "max.message.bytes",
                                                "2097152")),
                                new Topic("jk.defaults", 1, Map.of())),
                        List.of(
                                "ALLOW User:jk-billing * READ,DESCRIBE TOPIC PREFIXED jk.",
                                "ALLOW User:jk-billing * READ GROUP LITERAL jk-billing",
                                "DENY User:jk-billing 10.0.0.7 WRITE TOPIC LITERAL jk.orders"),
                        List.of("marked for deletion", "pattern MATCH", "KafkaClientQuota")),
                new Case(
                        "julie",
                        "julie.yaml",
                        "jl",
                        List.of(
                                new Topic("jl.shop.billing.invoices", 2, Map.of("retention.ms", "604800000")),
                                new Topic("jl.shop.billing.payments.avro", 1, Map.of())),
                        List.of(
                                "ALLOW User:jl-reader * READ,DESCRIBE TOPIC LITERAL jl.shop.billing.invoices",
                                "ALLOW User:jl-reader * READ,DESCRIBE TOPIC LITERAL jl.shop.billing.payments.avro",
                                "ALLOW User:jl-reader * READ GROUP PREFIXED jl-readers",
                                "ALLOW User:jl-anyone * READ,DESCRIBE TOPIC LITERAL jl.shop.billing.invoices",
                                "ALLOW User:jl-anyone * READ,DESCRIBE TOPIC LITERAL jl.shop.billing.payments.avro",
                                "ALLOW User:jl-anyone * READ GROUP LITERAL *",
                                "ALLOW User:jl-writer * WRITE,DESCRIBE TOPIC LITERAL jl.shop.billing.invoices",
                                "ALLOW User:jl-writer * WRITE,DESCRIBE TOPIC LITERAL jl.shop.billing.payments.avro",
                                "ALLOW User:jl-writer * WRITE,DESCRIBE TRANSACTIONAL_ID LITERAL jl-tx",
                                "ALLOW User:jl-writer * IDEMPOTENT_WRITE CLUSTER LITERAL kafka-cluster",
                                "ALLOW User:jl-stream * READ TOPIC LITERAL jl.in",
                                "ALLOW User:jl-stream * WRITE TOPIC LITERAL jl.out",
                                "ALLOW User:jl-stream * ALL TOPIC PREFIXED jl-app",
                                "ALLOW User:jl-stream * READ GROUP PREFIXED jl-app",
                                "ALLOW User:jl-connect * READ TOPIC LITERAL jl.sink",
                                "ALLOW User:jl-connect * READ,WRITE TOPIC LITERAL jl-status",
                                "ALLOW User:jl-connect * READ,WRITE TOPIC LITERAL jl-offsets",
                                "ALLOW User:jl-connect * READ,WRITE TOPIC LITERAL jl-configs",
                                "ALLOW User:jl-connect * CREATE CLUSTER LITERAL kafka-cluster",
                                "ALLOW User:jl-connect * READ GROUP LITERAL jl-connect-group"),
                        List.of("projects.0.rbac", "projects.0.topics.1.schemas")),
                new Case(
                        "kafka-gitops",
                        "kafka-gitops.yaml",
                        "kg",
                        List.of(
                                new Topic(
                                        "kg.orders",
                                        2,
                                        Map.of("cleanup.policy", "compact", "segment.bytes", "2097152")),
                                new Topic("kg.payments", 1, Map.of())),
                        List.of(
                                "ALLOW User:kg-app * WRITE TOPIC LITERAL kg.orders",
                                "ALLOW User:kg-app * READ TOPIC LITERAL kg.payments",
                                "ALLOW User:kg-app * READ GROUP LITERAL kg-app",
                                "ALLOW User:kg-app * READ TOPIC PREFIXED kg.",
                                "ALLOW User:kg-stream * READ TOPIC LITERAL kg.orders",
                                "ALLOW User:kg-stream * WRITE TOPIC LITERAL kg.payments",
                                "ALLOW User:kg-stream * READ,WRITE,DESCRIBE,DELETE,CREATE,ALTER,ALTER_CONFIGS,DESCRIBE_CONFIGS"
                                        + " TOPIC PREFIXED kg-stream",
                                "ALLOW User:kg-stream * READ,DESCRIBE GROUP LITERAL kg-stream",
                                "ALLOW User:kg-connect * READ,WRITE TOPIC LITERAL connect-configs-kg-connect",
                                "ALLOW User:kg-connect * READ,WRITE TOPIC LITERAL connect-offsets-kg-connect",
                                "ALLOW User:kg-connect * READ,WRITE TOPIC LITERAL connect-status-kg-connect",
                                "ALLOW User:kg-connect * READ GROUP LITERAL kg-connect",
                                "ALLOW User:kg-connect * READ TOPIC LITERAL kg.orders",
                                "ALLOW User:kg-connect * READ GROUP LITERAL connect-kg-sink",
                                "ALLOW User:kg-admin * DESCRIBE CLUSTER LITERAL kafka-cluster",
                                "ALLOW User:kg-admin * DESCRIBE,DESCRIBE_CONFIGS,WRITE TOPIC LITERAL *",
                                "ALLOW User:kg-admin * READ,DESCRIBE GROUP LITERAL *",
                                "DENY User:kg-admin * DELETE TOPIC LITERAL kg.orders"),
                        List.of("a service without a principal", "this role is not known")),
                new Case(
                        "strimzi",
                        "strimzi.yaml",
                        "st",
                        List.of(
                                new Topic(
                                        "st.Orders_2",
                                        3,
                                        Map.of("retention.ms", "7200000", "segment.bytes", "1073741824")),
                                new Topic("st-defaults", 1, Map.of())),
                        List.of(
                                "ALLOW User:CN=st-tls * READ,DESCRIBE,DESCRIBE_CONFIGS TOPIC PREFIXED st.",
                                "ALLOW User:CN=st-tls * READ GROUP LITERAL st-group",
                                "ALLOW User:CN=st-tls * IDEMPOTENT_WRITE CLUSTER LITERAL kafka-cluster",
                                "DENY User:st-scram 10.0.0.9 WRITE TOPIC LITERAL st.Orders_2",
                                "ALLOW User:st-scram * DESCRIBE,WRITE TRANSACTIONAL_ID LITERAL st-tx"),
                        List.of("the operator does not manage this topic", "quotas are no kind", "KafkaConnector")),
                new Case(
                        "terraform-json",
                        "terraform.json",
                        "tf",
                        List.of(new Topic(
                                "tf.orders", 4, Map.of("retention.ms", "86400000", "cleanup.policy", "delete"))),
                        List.of(
                                "ALLOW User:CN=tf-reader,O=Shop * READ TOPIC PREFIXED tf.",
                                "DENY User:tf-bad 10.1.2.3 ALTER_CONFIGS TOPIC LITERAL tf.orders",
                                "ALLOW User:sa-tf-1 * WRITE TRANSACTIONAL_ID LITERAL tf-tx"),
                        List.of("kafka_quota.q is of type kafka_quota", "1 resources of type random_password")));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void whatAToolHasMadeIsNoChangeOnceItIsImported(Case tool) throws Exception {
        setUp(tool);
        var targets = RealTargets.targetsFile(folder, RealTargets.PRODUCTION, KafkaSpec.ADMIN);
        var meta = folder.resolve("meta");

        var imported = Cli.run(
                "import",
                "--from",
                tool.format(),
                FIXTURES.resolve(tool.file()).toString(),
                "-d",
                meta.toString(),
                "--target",
                targets.toString(),
                "--exit-code");

        assertThat(imported.code()).as(imported.all()).isEqualTo(ExitCode.OK);
        assertThat(imported.out()).contains("no differences");
        assertThat(imported.err()).contains(tool.notUnderstood()).doesNotContain("hunter2");
        assertThat(imported.err().lines().filter(line -> line.contains("IMP-NOT-UNDERSTOOD")))
                .as(imported.err())
                .hasSize(tool.notUnderstood().size());

        var planned = Cli.run("plan", meta.toString(), "--target", targets.toString(), "--exit-code");
        assertThat(planned.code()).as(planned.all()).isEqualTo(ExitCode.OK);
        assertThat(planned.out()).contains("nothing to do");
        assertNothingIsMissing(tool, meta);
    }

    /** Nothing to change would also be true of too little: every topic and rule has to be in a manifest. */
    private static void assertNothingIsMissing(Case tool, Path meta) throws Exception {
        try (var admin = RealTargets.admin(RealTargets.PRODUCTION);
                var files = Files.walk(meta)) {
            var written = new TreeSet<String>();
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                written.add(Files.readString(file));
            }
            var topics = written.stream()
                    .filter(text -> text.contains("kind: Topic"))
                    .count();
            assertThat(topics).isEqualTo(tool.topics().size());
            var operations = written.stream()
                    .filter(text -> text.contains("kind: Acl"))
                    .flatMap(String::lines)
                    .filter(line -> line.strip().startsWith("operations: ["))
                    .mapToInt(line -> line.split(",").length)
                    .sum();
            var held = admin.describeAcls(AclBindingFilter.ANY).values().get().stream()
                    .filter(acl -> acl.entry().principal().contains(tool.prefix() + "-"))
                    .count();
            assertThat((long) operations)
                    .isEqualTo(held)
                    .isEqualTo(bindings(tool).size());
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void withoutATargetWhatIsLeftToTheBrokerIsSaidAndTheRestIsValid(Case tool) throws Exception {
        var meta = folder.resolve("meta");

        var imported = Cli.run(
                "import", "--from", tool.format(), FIXTURES.resolve(tool.file()).toString(), "-d", meta.toString());

        assertThat(imported.code()).as(imported.all()).isEqualTo(ExitCode.OK);
        assertThat(Cli.run("validate", meta.toString()).code()).isEqualTo(ExitCode.OK);
        var left = tool.topics().stream()
                .filter(topic -> topic.name().endsWith("defaults"))
                .count();
        assertThat(imported.err().lines().filter(line -> line.contains("IMP-INCOMPLETE")))
                .hasSize((int) left);
    }

    private static void setUp(Case tool) throws Exception {
        try (var admin = RealTargets.admin(RealTargets.PRODUCTION)) {
            admin.createTopics(tool.topics().stream()
                            .map(topic ->
                                    new NewTopic(topic.name(), topic.partitions(), (short) 1).configs(topic.configs()))
                            .toList())
                    .all()
                    .get();
            var bindings = bindings(tool);
            admin.createAcls(bindings).all().get();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> admin.describeAcls(AclBindingFilter.ANY)
                            .values()
                            .get()
                            .containsAll(bindings));
        }
    }

    private static List<AclBinding> bindings(Case tool) {
        var bindings = new ArrayList<AclBinding>();
        for (String rule : tool.rules()) {
            var words = rule.split(" ");
            for (String operation : words[3].split(",")) {
                bindings.add(new AclBinding(
                        new ResourcePattern(ResourceType.valueOf(words[4]), words[6], PatternType.valueOf(words[5])),
                        new AccessControlEntry(
                                words[1],
                                words[2],
                                AclOperation.valueOf(operation),
                                AclPermissionType.valueOf(words[0]))));
            }
        }
        return bindings;
    }
}
