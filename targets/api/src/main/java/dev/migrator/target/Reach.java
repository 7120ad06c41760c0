package dev.migrator.target;

import dev.migrator.core.error.Problem;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;

/**
 * Why an address cannot be used, from the outside in: the name, the connection, the encryption. For explaining a failure
 * that a client library tells only as a time-out. Sends nothing but the first message of a TLS handshake.
 */
public final class Reach {
    private static final int TLS_ALERT = 0x15;
    private static final int TLS_HANDSHAKE = 0x16;

    private final Duration atMost;

    /** @param atMost bound of each of the three steps, more than zero */
    public Reach(Duration atMost) {
        this.atMost = atMost;
    }

    /** What stands in the way; empty when nothing was found. Never throws. @param tls whether the client is to encrypt */
    public Optional<Problem> problem(String host, int port, boolean tls) {
        var place = host + ":" + port;
        InetAddress address;
        try {
            address = InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            return Optional.of(Problem.of("TGT-HOST", "the name of the host cannot be resolved")
                    .about(place)
                    .expected("a name that the name service of this machine knows")
                    .found("unknown host")
                    .todo("correct the address; inside a cluster or behind a VPN, run the command from there"));
        }
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), millis());
        } catch (IOException e) {
            return Optional.of(Problem.of("TGT-NOTHING-LISTENS", "nothing accepts a connection there")
                    .about(place)
                    .expected("a server that listens")
                    .found(e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage())
                    .todo("check host and port, that the server runs, and the firewalls on the way"));
        }
        return speaksTls(address, port)
                .filter(speaks -> speaks != tls)
                .map(speaks -> Problem.of("TGT-TLS", "client and server do not agree about encryption")
                        .about(place)
                        .expected(tls ? "a server with TLS, as the client's settings say" : "a server without TLS")
                        .found(speaks ? "a server with TLS" : "a server that does not answer a TLS handshake")
                        .todo(
                                tls
                                        ? "use the port that the server encrypts, or settings without TLS"
                                        : "use settings with TLS (SSL or SASL_SSL, https), or another port"));
    }

    /** Empty when it cannot be said. */
    private Optional<Boolean> speaksTls(InetAddress address, int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), millis());
            socket.setSoTimeout(millis());
            socket.getOutputStream().write(clientHello());
            socket.getOutputStream().flush();
            int first = socket.getInputStream().read();
            return Optional.of(first == TLS_HANDSHAKE || first == TLS_ALERT);
        } catch (NoSuchAlgorithmException e) {
            return Optional.empty();
        } catch (IOException e) {
            // closed, reset or silent: no TLS server does so
            return Optional.of(false);
        }
    }

    private static byte[] clientHello() throws NoSuchAlgorithmException, SSLException {
        var engine = SSLContext.getDefault().createSSLEngine();
        engine.setUseClientMode(true);
        var hello = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        engine.wrap(ByteBuffer.allocate(0), hello);
        var bytes = new byte[hello.flip().remaining()];
        hello.get(bytes);
        return bytes;
    }

    private int millis() {
        return (int) Math.clamp(atMost.toMillis(), 1, 60_000);
    }
}
