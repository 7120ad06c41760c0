package dev.migrator.localstack.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.localstack.server.LocalStackException.Code;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What it holds is tried by the tests of the PostgreSQL target, which have a client. */
class PostgresServerTest {
    @TempDir
    Path folder;

    @Test
    void itStartsStopsAndServesWhatIsThereAgain() throws Exception {
        var spec = PostgresSpec.of("orders").withUser("reader", "it's").withClaimedPort();
        try (var server = PostgresServer.start(folder, spec)) {
            server.process().requireAlive();
            assertThat(server.address("orders")).isEqualTo("postgresql://127.0.0.1:" + spec.port() + "/orders");
        }
        assertThat(Ports.isFree(spec.port())).isTrue();
        var made = Files.getLastModifiedTime(folder.resolve("data/PG_VERSION"));

        try (var again = PostgresServer.start(folder, spec)) {
            again.process().requireAlive();
            again.process().kill();
        }
        try (var afterAKill = PostgresServer.start(folder, spec)) {
            afterAKill.process().requireAlive();
        }

        assertThat(Files.getLastModifiedTime(folder.resolve("data/PG_VERSION"))).isEqualTo(made);
        assertThat(folder.resolve("password")).doesNotExist();
    }

    @Test
    void aPortInUseIsAnErrorThatNamesIt() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var spec = PostgresSpec.of().withPort(taken.getLocalPort());

            assertThatThrownBy(() -> PostgresServer.start(folder, spec))
                    .isInstanceOfSatisfying(
                            LocalStackException.class, e -> assertThat(e.code()).isEqualTo(Code.LST_PORT))
                    .hasMessageContaining("port " + taken.getLocalPort() + " of postgres");
        }
    }
}
