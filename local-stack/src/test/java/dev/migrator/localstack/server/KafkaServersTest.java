package dev.migrator.localstack.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.localstack.server.LocalStackException.Code;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaServersTest {
    private static final String GIVEN_ID = "bWlncmF0b3ItbG9jYWwtMQ";

    @TempDir
    static Path folder;

    static KafkaServers servers;

    @BeforeAll
    static void start() {
        servers = KafkaServers.start(
                folder, List.of(KafkaSpec.of("one").withUsers("nobody").withClusterId(GIVEN_ID), KafkaSpec.of("two")));
    }

    @AfterAll
    static void stop() {
        if (servers != null) {
            servers.close();
        }
    }

    @Test
    void eachClusterIsOnItsOwnAndAdminMayCreateTopicsThere() throws Exception {
        try (Admin one = admin(servers.adminConfig("one"));
                Admin two = admin(servers.adminConfig("two"))) {
            create(one, "only-in-one");

            Awaitility.await()
                    .atMost(15, TimeUnit.SECONDS)
                    .untilAsserted(
                            () -> assertThat(one.listTopics().names().get()).contains("only-in-one"));
            assertThat(two.listTopics().names().get()).doesNotContain("only-in-one");
            assertThat(one.describeCluster().clusterId().get())
                    .isEqualTo(GIVEN_ID)
                    .isEqualTo(servers.clusterId("one"));
            assertThat(two.describeCluster().clusterId().get()).isEqualTo(servers.clusterId("two"));
        }
    }

    @Test
    void aUserWithoutAclMayDoNothing() {
        try (Admin nobody = admin(servers.clientConfig("one", "nobody"))) {
            assertThatThrownBy(() -> create(nobody, "refused"))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(AuthorizationException.class);
        }
    }

    @Test
    void aWrongPasswordIsRefused() {
        Map<String, String> config = new HashMap<>(servers.adminConfig("one"));
        config.compute("sasl.jaas.config", (_, jaas) -> jaas.replaceAll("password=\"[^\"]*\"", "password=\"wrong\""));
        try (Admin stranger = admin(config)) {
            assertThatThrownBy(() -> stranger.describeCluster().clusterId().get())
                    .hasCauseInstanceOf(SaslAuthenticationException.class);
        }
    }

    @Test
    void aPortInUseIsAnErrorThatNamesIt() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> KafkaServers.start(
                            folder.resolve("other"), List.of(KafkaSpec.of("x").withPort(taken.getLocalPort()))))
                    .isInstanceOfSatisfying(
                            LocalStackException.class, e -> assertThat(e.code()).isEqualTo(Code.LST_PORT))
                    .hasMessageContaining("port " + taken.getLocalPort() + " of kafka x");
        }
    }

    @Test
    void dataOfAnotherClusterIsReportedByNameWithTheLastLines(@TempDir Path other) throws Exception {
        KafkaSpec spec = KafkaSpec.of("broken");
        Files.createDirectories(other.resolve("broken"));
        Files.writeString(
                other.resolve("broken").resolve("meta.properties"),
                "version=1\nnode.id=1\ncluster.id=" + GIVEN_ID + "\n");

        assertThatThrownBy(() -> KafkaServers.start(other, List.of(spec)))
                .isInstanceOfSatisfying(
                        LocalStackException.class, e -> assertThat(e.code()).isEqualTo(Code.LST_CRASHED))
                .hasMessageContaining("kafka (broken)")
                .hasMessageContaining(
                        "expected storage of cluster " + spec.clusterId() + ", found that of cluster " + GIVEN_ID);
    }

    private static void create(Admin admin, String topic) throws Exception {
        admin.createTopics(List.of(new NewTopic(topic, Optional.of(1), Optional.empty())))
                .all()
                .get(15, TimeUnit.SECONDS);
    }

    private static Admin admin(Map<String, String> config) {
        return Admin.create(new HashMap<>(config));
    }
}
