package dev.migrator.adoption;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/** A server with a certificate that it signed itself; shakes hands and says nothing. */
final class TlsServer implements AutoCloseable {
    private static final char[] PASSWORD = "changeit".toCharArray();

    private final SSLServerSocket socket;

    private TlsServer(SSLServerSocket socket) {
        this.socket = socket;
    }

    static TlsServer start(Path folder) throws Exception {
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(selfSigned(folder.resolve("server.p12")), PASSWORD);
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        var server = new TlsServer((SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress()));
        Thread.ofVirtual().start(server::serve);
        return server;
    }

    /** Made by the JDK's own tool: there is no public API for certificates. */
    private static KeyStore selfSigned(Path file) throws Exception {
        if (Files.notExists(file)) {
            var keytool = new ProcessBuilder(List.of(
                            Path.of(System.getProperty("java.home"), "bin", "keytool")
                                    .toString(),
                            "-genkeypair",
                            "-keystore",
                            file.toString(),
                            "-storetype",
                            "PKCS12",
                            "-storepass",
                            new String(PASSWORD),
                            "-alias",
                            "server",
                            "-keyalg",
                            "EC",
                            "-dname",
                            "CN=localhost",
                            "-ext",
                            "san=ip:127.0.0.1"))
                    .redirectErrorStream(true)
                    .start();
            keytool.getInputStream().readAllBytes();
            if (!keytool.waitFor(60, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
                throw new IOException("keytool made no certificate");
            }
        }
        return KeyStore.getInstance(file.toFile(), PASSWORD);
    }

    String address() {
        return "127.0.0.1:" + socket.getLocalPort();
    }

    private void serve() {
        while (!socket.isClosed()) {
            try {
                var client = (SSLSocket) socket.accept();
                Thread.ofVirtual().start(() -> shakeHands(client));
            } catch (IOException _) {
                // closed, or a client that went away
            }
        }
    }

    private static void shakeHands(SSLSocket client) {
        try (client) {
            client.setSoTimeout(5_000);
            client.startHandshake();
            client.getInputStream().read();
        } catch (IOException _) {
            // a client without TLS, or one that does not trust us
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
