package dev.migrator.adoption;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.cli.ExitCode;
import dev.migrator.localstack.server.KafkaSpec;
import dev.migrator.localstack.server.Ports;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the doctor finds on a real broker and a real registry, and how it says what is wrong. */
class DoctorTest {
    private static final String CLUSTER = RealTargets.TEST;
    private static final String SECRET = "s3cr3t-never-shown";

    @TempDir
    Path folder;

    @Test
    void aTargetThatIsWellIsToldWithIdentityVersionAndRights() {
        var result = doctor(RealTargets.withRegistry(folder, CLUSTER, KafkaSpec.ADMIN));

        assertThat(result.code()).as(result.all()).isEqualTo(ExitCode.OK);
        assertThat(result.out())
                .contains("ok    connection", "ok    version           4.1", "ok    authorizer        present")
                .contains(RealTargets.brokers().clusterId(CLUSTER) + ", as declared")
                .contains("registry (apicurio-registry)", "ok    version           3.3.3")
                .contains("failures 0", "Next: migrator export --target ");
    }

    @Test
    void aCredentialThatMayWriteIsWorthAWarning() {
        var result = doctor(RealTargets.targetsFile(folder, CLUSTER, KafkaSpec.ADMIN));

        assertThat(result.out()).contains("warn  rights", "DOC-MAY-WRITE", "ALTER", "CREATE");
    }

    @Test
    void aCredentialThatMayOnlyReadIsWell() throws Exception {
        allowReading(RealTargets.READER);

        var file = RealTargets.targetsFile(folder, CLUSTER, RealTargets.READER);
        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            var result = doctor(file);
            assertThat(result.code()).as(result.all()).isEqualTo(ExitCode.OK);
            assertThat(result.out())
                    .contains("ok    rights            DESCRIBE, DESCRIBE_CONFIGS", "ok    acl")
                    .doesNotContain("DOC-MAY-WRITE");
        });
    }

    @Test
    void aCredentialWithoutRightsIsToldWhatItMayNotDo() {
        var result = doctor(RealTargets.targetsFile(folder, CLUSTER, RealTargets.STRANGER));

        assertThat(result.code()).isEqualTo(ExitCode.ERROR);
        assertThat(result.out()).contains("fail  acl", "TGT-DENIED", "describe ACLs", "grant the permission");
    }

    @Test
    void anotherToolThatMayChangeTopicsIsToldByItsNameAndRights() throws Exception {
        var pattern = new ResourcePattern(ResourceType.TOPIC, "shop.", PatternType.PREFIXED);
        var rule = allow("CN=shop-entity-topic-operator,O=io.strimzi", AclOperation.ALTER_CONFIGS, pattern);
        var file = RealTargets.targetsFile(folder, CLUSTER, KafkaSpec.ADMIN);
        try (var admin = RealTargets.admin(CLUSTER)) {
            admin.createAcls(List.of(rule)).all().get();

            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(doctor(file).out())
                            .contains(
                                    "warn  other writers",
                                    "DOC-OTHER-RECONCILER",
                                    "topic-operator",
                                    "ALTER_CONFIGS shop.*"));
            admin.deleteAcls(List.of(rule.toFilter())).all().get();
        }
    }

    @Test
    void aWrongPasswordIsNamedAndNotShown() {
        var credentials = new HashMap<>(RealTargets.brokers().adminConfig(CLUSTER));
        credentials.put(
                "sasl.jaas.config",
                "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"admin\" password=\"%s\";"
                        .formatted(SECRET));

        assertFails(address(), clusterId(), credentials, "TGT-AUTHENTICATION");
    }

    @Test
    void anotherClusterThanDeclaredIsNamedBeforeAnythingIsRead() {
        var result = assertFails(
                address(), "AAAAAAAAAAAAAAAAAAAAAA", RealTargets.brokers().adminConfig(CLUSTER), "TGT-WRONG-CLUSTER");

        assertThat(result.out()).contains(clusterId()).doesNotContain("ok    connection");
    }

    @Test
    void anIdentityThatIsNotDeclaredIsWorthAWarning() {
        var result = doctor(RealTargets.targetsFile(
                folder, CLUSTER, address(), "", RealTargets.brokers().adminConfig(CLUSTER)));

        assertThat(result.out()).contains("DOC-NO-IDENTITY", "clusterId: " + clusterId());
    }

    @Test
    void anAddressWhereNothingListensIsNamed() {
        var nowhere = Ports.HOST + ":" + Ports.claim("nobody", Ports.ANY);

        var result = assertFails(nowhere, "", Map.of(), "TGT-NOTHING-LISTENS");

        assertThat(result.out()).contains(nowhere, "Connection refused");
    }

    @Test
    void aHostThatNobodyKnowsIsNamed() {
        assertFails("no-such-host.invalid:9092", "", Map.of(), "TGT-HOST");
    }

    @Test
    void aClientWithTlsAndABrokerWithoutAreToldApart() {
        assertFails(address(), "", Map.of("security.protocol", "SSL"), "TGT-TLS");
    }

    @Test
    void aClientWithoutTlsAndAServerWithItAreToldApart() throws Exception {
        try (var server = TlsServer.start(folder)) {
            var result = assertFails(server.address(), "", Map.of(), "TGT-TLS");

            assertThat(result.out()).contains("expected  a server without TLS", "found     a server with TLS");
        }
    }

    @Test
    void aServerWhoseCertificateNobodyTrustsIsNamed() throws Exception {
        try (var server = TlsServer.start(folder)) {
            assertFails(server.address(), "", Map.of("security.protocol", "SSL"), "TGT-TLS");
        }
    }

    @Test
    void aCredentialThatOthersCanReadIsWorthAWarning() throws IOException {
        var file = RealTargets.targetsFile(folder, CLUSTER, KafkaSpec.ADMIN);
        java.nio.file.Files.setPosixFilePermissions(
                file.resolveSibling("kafka.properties"),
                java.nio.file.attribute.PosixFilePermissions.fromString("rw-r--r--"));

        assertThat(doctor(file).out()).contains("DOC-CREDENTIAL-EXPOSED", "rw-r--r--");
    }

    @Test
    void machinesGetTheSameAsJson() {
        var json = Cli.run(
                        "doctor",
                        "--target",
                        RealTargets.targetsFile(folder, CLUSTER, RealTargets.STRANGER)
                                .toString(),
                        "-o",
                        "json")
                .json();

        assertThat(json.toString()).contains("level=Text[value=fail]", "TGT-DENIED");
    }

    private Cli.Result assertFails(String address, String clusterId, Map<String, String> credentials, String code) {
        var begun = Instant.now();

        var result = doctor(RealTargets.targetsFile(folder, CLUSTER, address, clusterId, credentials));

        assertThat(result.code()).as(result.all()).isEqualTo(ExitCode.ERROR);
        assertThat(result.out()).contains("fail  ", code, "do  ");
        assertThat(result.all()).doesNotContain(SECRET, "Exception in", "\tat ");
        assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(40));
        return result;
    }

    private static Cli.Result doctor(Path targets) {
        return Cli.run("doctor", "--target", targets.toString(), "--timeout", "6");
    }

    private static String address() {
        return RealTargets.brokers().bootstrap(CLUSTER);
    }

    private static String clusterId() {
        return RealTargets.brokers().clusterId(CLUSTER);
    }

    private static void allowReading(String user) throws Exception {
        var rights = Stream.of(AclOperation.DESCRIBE, AclOperation.DESCRIBE_CONFIGS)
                .flatMap(operation -> Stream.of(
                        allow(
                                user,
                                operation,
                                new ResourcePattern(ResourceType.CLUSTER, "kafka-cluster", PatternType.LITERAL)),
                        allow(user, operation, new ResourcePattern(ResourceType.TOPIC, "*", PatternType.LITERAL))))
                .toList();
        try (var admin = RealTargets.admin(CLUSTER)) {
            admin.createAcls(rights).all().get();
        }
    }

    private static AclBinding allow(String user, AclOperation operation, ResourcePattern pattern) {
        return new AclBinding(pattern, new AccessControlEntry("User:" + user, "*", operation, AclPermissionType.ALLOW));
    }
}
