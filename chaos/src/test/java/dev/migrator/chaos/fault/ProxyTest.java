package dev.migrator.chaos.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.localstack.server.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** In front of a server that says everything back. */
@Timeout(30)
class ProxyTest {
    private final int port = Ports.claim("proxy", 0);
    private ServerSocket server;
    private Proxy proxy;

    @BeforeEach
    void start() throws IOException {
        server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(() -> {
            while (!server.isClosed()) {
                try {
                    var socket = server.accept();
                    Thread.ofVirtual().start(() -> {
                        try (socket) {
                            socket.getInputStream().transferTo(socket.getOutputStream());
                        } catch (IOException _) {
                            // whoever asked is gone
                        }
                    });
                } catch (IOException _) {
                    return;
                }
            }
        });
        proxy = Proxy.start(port, server.getLocalPort());
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        server.close();
    }

    private Socket connect() throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(5_000);
        return socket;
    }

    private static int said(Socket socket, int word) throws IOException {
        socket.getOutputStream().write(word);
        return socket.getInputStream().read();
    }

    @Test
    void passesOnBothWays() throws IOException {
        try (var socket = connect()) {
            assertThat(said(socket, 7)).isEqualTo(7);
        }
    }

    @Test
    void cutClosesWhatIsThereAndWhatComesUntilItPassesAgain() throws Exception {
        try (var socket = connect()) {
            assertThat(said(socket, 7)).isEqualTo(7);
            proxy.cut();
            assertThatThrownBy(() -> {
                        if (said(socket, 8) == -1) {
                            throw new IOException("closed");
                        }
                    })
                    .isInstanceOf(IOException.class)
                    .isNotInstanceOf(SocketTimeoutException.class);
        }
        try (var socket = connect()) {
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
        proxy.pass();
        try (var socket = connect()) {
            assertThat(said(socket, 9)).isEqualTo(9);
        }
    }

    @Test
    void holdingKeepsConnectionsWithoutAWordAndLosesNothing() throws IOException {
        try (var socket = connect()) {
            assertThat(said(socket, 7)).isEqualTo(7);
            proxy.hold();
            socket.setSoTimeout(300);
            assertThatThrownBy(() -> said(socket, 8)).isInstanceOf(SocketTimeoutException.class);
            proxy.pass();
            socket.setSoTimeout(5_000);
            assertThat(socket.getInputStream().read()).isEqualTo(8);
        }
    }

    @Test
    void delayedIsLate() throws IOException {
        proxy.delay(Duration.ofMillis(200));
        try (var socket = connect()) {
            long start = System.nanoTime();
            assertThat(said(socket, 7)).isEqualTo(7);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(400));
        }
    }

    @Test
    void nothingIsLeftOfConnectionsThatAreOver() throws Exception {
        try (var socket = connect()) {
            assertThat(said(socket, 7)).isEqualTo(7);
        }
        assertThat(proxy.isIdle(Duration.ofSeconds(5))).isTrue();
    }
}
