package dev.migrator.localstack.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.migrator.localstack.server.LocalStackException.Code;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectServerTest {
    private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");

    @TempDir
    static Path kafkaFolder;

    @TempDir
    Path folder;

    private static KafkaServers kafka;

    @BeforeAll
    static void startBroker() {
        kafka = KafkaServers.start(kafkaFolder, List.of(KafkaSpec.of("test")));
    }

    @AfterAll
    static void stopBroker() {
        kafka.close();
    }

    @Test
    void aWorkerRunsAConnectorAndFindsItAgainAfterItWasKilled() throws Exception {
        var spec = ConnectSpec.of("runs", kafka.adminConfig("test"));
        Path lines = folder.resolve("lines.txt");
        Files.writeString(lines, "one\ntwo\n");
        try (ConnectServer worker = ConnectServer.start(folder, spec)) {
            Files.writeString(worker.secrets().resolve("source.properties"), "file=" + lines + "\n");
            var made =
                    Http.send("PUT", worker.url() + "/connectors/lines/config", """
                    {"connector.class": "org.apache.kafka.connect.file.FileStreamSourceConnector", "tasks.max": "1",
                     "topic": "lines", "topic.creation.default.partitions": "1",
                     "topic.creation.default.replication.factor": "1",
                     "file": "${file:%s/source.properties:file}"}
                    """.formatted(worker.secrets()), JSON);
            assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(Http.get(worker.url() + "/connectors/lines/offsets")
                                    .body())
                            .contains("\"position\":8"));
            worker.process().kill();
        }
        try (ConnectServer worker = ConnectServer.start(folder, spec)) {
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(Http.get(worker.url() + "/connectors/lines/status")
                                    .body())
                            .contains("\"tasks\":[{\"id\":0,\"state\":\"RUNNING\""));
        }
    }

    @Test
    void withUsersItAsksWhoIsThere() throws Exception {
        var spec = ConnectSpec.of("asks", kafka.adminConfig("test")).withUsers(Map.of("writer", "a:b=c"));
        try (ConnectServer worker = ConnectServer.start(folder, spec)) {
            assertThat(Http.get(worker.url() + "/connectors").statusCode()).isEqualTo(401);
            var credential = Base64.getEncoder().encodeToString("writer:a:b=c".getBytes(StandardCharsets.UTF_8));
            assertThat(Http.send(
                                    "GET",
                                    worker.url() + "/connectors",
                                    "",
                                    Map.of("Authorization", "Basic " + credential))
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void aPortInUseIsAnErrorThatNamesIt() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var spec = ConnectSpec.of("test", kafka.adminConfig("test")).withPort(taken.getLocalPort());
            assertThatThrownBy(() -> ConnectServer.start(folder, spec))
                    .isInstanceOfSatisfying(
                            LocalStackException.class, e -> assertThat(e.code()).isEqualTo(Code.LST_PORT))
                    .hasMessageContaining("port " + taken.getLocalPort() + " of connect test");
        }
    }
}
