package dev.migrator.localstack.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.localstack.server.LocalStackException.Code;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryServerTest {
    private static final String ARTIFACT = """
            {"artifactId": "orders", "artifactType": "AVRO", "firstVersion": {"version": "1", "content": {
              "content": "{\\"type\\": \\"string\\"}", "contentType": "application/json"}}}
            """;

    @TempDir
    Path folder;

    @Test
    void onDiskItKeepsWhatItAcknowledgedEvenWhenItIsKilled() throws Exception {
        RegistrySpec spec = RegistrySpec.of("control").keptOnDisk();
        try (RegistryServer registry = RegistryServer.start(folder, spec)) {
            assertThat(create(registry).statusCode()).isEqualTo(200);
            registry.process().kill();
        }
        try (RegistryServer registry = RegistryServer.start(folder, spec)) {
            HttpResponse<String> content = Http.get(artifact(registry) + "/versions/1/content");
            assertThat(content.statusCode()).isEqualTo(200);
            assertThat(content.body()).contains("string");
            assertThat(delete(registry)).as("deletion is off unless asked for").isEqualTo(405);
        }
    }

    @Test
    void withDeletionAllowedAnArtifactCanBeDeleted() throws Exception {
        try (RegistryServer registry =
                RegistryServer.start(folder, RegistrySpec.of("test").withDeletion())) {
            assertThat(create(registry).statusCode()).isEqualTo(200);
            assertThat(delete(registry)).isEqualTo(204);
            assertThat(Http.get(artifact(registry)).statusCode()).isEqualTo(404);
        }
    }

    @Test
    void aPortInUseIsAnErrorThatNamesIt() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() ->
                            RegistryServer.start(folder, RegistrySpec.of("test").withPort(taken.getLocalPort())))
                    .isInstanceOfSatisfying(
                            LocalStackException.class, e -> assertThat(e.code()).isEqualTo(Code.LST_PORT))
                    .hasMessageContaining("port " + taken.getLocalPort() + " of registry test");
        }
    }

    @Test
    void aRegistryThatCannotStartIsReportedByNameWithItsLastLines() throws Exception {
        Files.writeString(folder.resolve("registry.mv.db"), "this is no database");
        assertThatThrownBy(() ->
                        RegistryServer.start(folder, RegistrySpec.of("control").keptOnDisk()))
                .isInstanceOfSatisfying(
                        LocalStackException.class, e -> assertThat(e.code()).isEqualTo(Code.LST_CRASHED))
                .hasMessageContaining("registry (control)")
                .hasMessageContaining("MVStoreException");
    }

    private static HttpResponse<String> create(RegistryServer registry) throws Exception {
        return Http.send(
                "POST",
                registry.url() + "/groups/shop/artifacts",
                ARTIFACT,
                Map.of("Content-Type", "application/json"));
    }

    private static int delete(RegistryServer registry) throws Exception {
        return Http.send("DELETE", artifact(registry), "", Map.of()).statusCode();
    }

    private static String artifact(RegistryServer registry) {
        return registry.url() + "/groups/shop/artifacts/orders";
    }
}
