package dev.migrator.localstack.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.localstack.server.LocalStackException.Code;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class S3ServerTest {
    @TempDir
    static Path folder;

    static S3Server s3;

    @BeforeAll
    static void start() {
        s3 = S3Server.start(folder, "migrator");
    }

    @AfterAll
    static void stop() {
        if (s3 != null) {
            s3.close();
        }
    }

    @Test
    void anObjectThatWasPutIsReadBackAsItWas() throws Exception {
        assertThat(send("PUT", "/migrator/a/b.txt", "content", s3.secretKey()).statusCode())
                .isEqualTo(200);
        HttpResponse<String> read = send("GET", "/migrator/a/b.txt", "", s3.secretKey());
        assertThat(read.statusCode()).isEqualTo(200);
        assertThat(read.body()).isEqualTo("content");
    }

    @Test
    void aWrongSecretIsRefused() throws Exception {
        assertThat(send("PUT", "/migrator/refused", "content", "wrong").statusCode())
                .isEqualTo(403);
        assertThat(send("GET", "/migrator/refused", "", s3.secretKey()).statusCode())
                .isEqualTo(404);
    }

    @Test
    void aPortInUseIsAnErrorThatNamesIt() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            S3Spec spec = S3Spec.of("migrator").withPort(taken.getLocalPort());
            assertThatThrownBy(() -> S3Server.start(folder.resolve("other"), spec))
                    .isInstanceOfSatisfying(
                            LocalStackException.class, e -> assertThat(e.code()).isEqualTo(Code.LST_PORT))
                    .hasMessageContaining("port " + taken.getLocalPort() + " of s3");
        }
    }

    @Test
    void aServerThatWasKilledIsReportedByNameWithItsLog(@TempDir Path other) {
        try (S3Server victim = S3Server.start(other, "b")) {
            victim.process().requireAlive();
            victim.process().kill();
            assertThatThrownBy(() -> victim.process().requireAlive())
                    .isInstanceOfSatisfying(
                            LocalStackException.class, e -> assertThat(e.code()).isEqualTo(Code.LST_CRASHED))
                    .hasMessageContaining("s3")
                    .hasMessageContaining(other.resolve("s3.log").toString());
        }
    }

    private static HttpResponse<String> send(String method, String path, String body, String secretKey)
            throws Exception {
        String url = s3.endpoint() + path;
        return Http.send(method, url, body, S3Signature.headers(method, url, body, s3.accessKey(), secretKey));
    }
}
